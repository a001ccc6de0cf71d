"""What the actions of the audit trail are called on its page."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """Actions that belong together: the prefixes of their names, and the word that the filter shows."""

    key: str
    word: str
    prefixes: tuple[str, ...]


AREAS = (
    Area(key="integrations", word="Integrations", prefixes=("integration.", "sync.")),
    Area(key="matching", word="Matching", prefixes=("match.", "matching.")),
    Area(key="customers", word="Customers", prefixes=("customer.", "customers.")),
    Area(key="insights", word="Sentiment and requests", prefixes=("sentiment.", "request.", "requests.")),
    Area(key="people", word="People and access", prefixes=("member.", "access.", "person.")),
    Area(key="workspace", word="Workspace", prefixes=("workspace.", "chat.", "canvas.")),
)

PHRASES = {
    "access.refused": "Tried to open a page without the right to",
    "canvas.exported": "Exported a block of a canvas",
    "chat.exported": "Exported an answer of the chat",
    "customer.changed": "Changed a customer",
    "customer.created": "Added a customer",
    "customer.id_added": "Gave a customer an ID",
    "customer.id_removed": "Took an ID from a customer",
    "customer.merged": "Merged two customers",
    "customer.split": "Undid a merge of customers",
    "customers.exported": "Exported customers",
    "customers.imported": "Imported customers",
    "integration.checked": "Checked the token",
    "integration.connected": "Connected",
    "integration.deleted": "Deleted the data",
    "integration.deletion_started": "Disconnected, and began to delete the data",
    "integration.disconnected": "Disconnected, and kept the data",
    "integration.exported": "Exported the data",
    "integration.missing_approved": "Said that what is missing is gone",
    "integration.paused": "Paused the sync",
    "integration.retry_requested": "Asked to read again what could not be read",
    "integration.resumed": "Resumed the sync",
    "integration.resync_requested": "Asked to read again what is held",
    "integration.settings_changed": "Changed the settings",
    "integration.renamed": "Renamed the connection",
    "integration.stopped": "Stopped the sync",
    "integration.sync_requested": "Asked for a sync",
    "integration.token_changed": "Changed the token",
    "match.customer_created": "Made a customer of a company",
    "match.ignored": "Ignored a company",
    "match.linked": "Linked a company to a customer",
    "match.linked_together": "Linked companies together",
    "match.rejected": "Said that a company is not a customer",
    "match.rejected_together": "Said that companies are not the customers suggested for them",
    "match.taken_up": "Gave a company back to matching",
    "match.undone": "Undid a decision about companies",
    "matching.rules_changed": "Changed the rules of matching",
    "member.added": "Added a member",
    "person.champion_chosen": "Said who is a champion",
    "person.decision_undone": "Undid a decision about who is whom",
    "person.engagement_chosen": "Said how engaged somebody is",
    "person.merged": "Merged two people",
    "person.split": "Split a contact off a person",
    "request.accept_quotes": "Said that quotes do ask for something",
    "request.dismiss": "Said that a feature request is none",
    "request.dismiss_quotes": "Said that quotes ask for nothing",
    "request.merge": "Merged feature requests",
    "request.move": "Moved quotes to another feature request",
    "request.names_changed": "Changed which names mean one thing",
    "request.refuse": "Said that feature requests are not the same",
    "request.suggest": "Took back that feature requests are not the same",
    "request.rename": "Renamed a feature request",
    "request.restore": "Took a feature request up again",
    "request.split": "Split quotes off a feature request",
    "request.status": "Changed the status of a feature request",
    "request.undone": "Undid a decision about feature requests",
    "requests.exported": "Exported feature requests",
    "sentiment.corrected": "Corrected the sentiment of a conversation",
    "sentiment.reset": "Took a correction of a sentiment back",
    "sync.watermark_clamped": "Set a watermark back that lay in the future",
}


def phrase(action: str) -> str:
    """*action* in words; one that is not known here is shown by its own name."""
    return PHRASES.get(action) or action.replace(".", ": ").replace("_", " ").capitalize()
