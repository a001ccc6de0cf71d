"""Records → rows: the only writer of synced rows. Bulk, idempotent, and always inside a fenced transaction.

Each function takes a `Holder` (whose rows these are), records, and when the provider gave them (Unix seconds of its own
clock). Writing the same records twice changes nothing; an older version never replaces a newer one, in any order.
"""

from integrations.store.companies import delete_companies, save_companies
from integrations.store.contacts import save_contacts
from integrations.store.conversations import delete_conversations, remove_conversations, save_conversations
from integrations.store.departed import delete_contacts, merge_contact
from integrations.store.holder import Fetched, Holder, Saved
from integrations.store.small import save_tags, save_teammates, save_teams

__all__ = [
    "Fetched",
    "Holder",
    "Saved",
    "delete_companies",
    "delete_contacts",
    "delete_conversations",
    "merge_contact",
    "remove_conversations",
    "save_companies",
    "save_contacts",
    "save_conversations",
    "save_tags",
    "save_teammates",
    "save_teams",
]
