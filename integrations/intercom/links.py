"""Links to Intercom's own pages, for people to follow."""

from dataclasses import dataclass

from integrations.intercom.regions import REGIONS, US


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses in one Intercom workspace. *region* is us, eu, au or "" (then the US application, which redirects).

    Each method gives "" while the workspace's id is unknown.
    """

    region: str = ""
    app_id: str = ""

    def conversation(self, external_id: str, *, app_id: str = "") -> str:
        """The conversation in the inbox. *app_id*: where the object names its workspace itself."""
        app = app_id or self.app_id
        return f"{self._app}/a/inbox/{app}/inbox/conversation/{external_id}" if app else ""

    def contact(self, external_id: str, *, app_id: str = "") -> str:
        app = app_id or self.app_id
        return f"{self._app}/a/apps/{app}/users/{external_id}/all-conversations" if app else ""

    def company(self, external_id: str, *, app_id: str = "") -> str:
        app = app_id or self.app_id
        return f"{self._app}/a/apps/{app}/companies/{external_id}/users" if app else ""

    @property
    def _app(self) -> str:
        return REGIONS.get(self.region, US).app
