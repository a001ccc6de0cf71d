"""The places that every page leads to, in the order in which they stand."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A page of the navigation: its word, its icon, its address, and what of an address belongs to it.

    `needs` is the permission that shows it, as a template's `may` names it; empty: everybody sees it. `thing` is what
    those are called that have pages there.
    """

    word: str
    icon: str
    url: str
    prefix: str = ""
    needs: str = ""
    thing: str = ""

    def holds(self, path: str) -> bool:
        """Whether the page at *path* lies in this place."""
        prefix = self.prefix or self.url
        return path == prefix or path.startswith(f"{prefix}/")


PLACES = (
    Place(word="Chat", icon="chat", url="/chat", thing="question"),
    Place(word="Canvas", icon="canvas", url="/canvas", thing="canvas"),
    Place(word="Customers", icon="customers", url="/customers", thing="customer"),
    Place(word="People", icon="people", url="/people", thing="person"),
    Place(word="Conversations", icon="conversations", url="/conversations", thing="conversation"),
    Place(word="Feature requests", icon="feature-requests", url="/feature-requests", thing="feature request"),
)
AT_HAND = 4  # places that a phone shows at once; the others are behind "More"
SETTINGS = Place(word="Settings", icon="settings", url="/settings/integrations", prefix="/settings")
SETTINGS_PLACES = (
    Place(word="Integrations", icon="link", url="/settings/integrations"),
    Place(word="Notices", icon="bell", url="/settings/notices", needs="integrations_manage"),
    Place(word="Audit trail", icon="list", url="/settings/audit", needs="audit_read"),
)
