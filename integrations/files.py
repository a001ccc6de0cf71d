"""Where a file that somebody attached lies just now: the addresses that a provider gives run out."""

from urllib.parse import urlsplit

from integrations import live, rechecks
from integrations.errors import ProviderError
from integrations.models import Connection
from integrations.providers import provider_named
from integrations.records import Attachment, ConversationRecord
from integrations.refusals import NotNow
from sonora.conversations.models import Message


class NotThere(Exception):
    """The provider does not give this file now: it is gone, or the provider cannot be asked."""


def address(message: Message, place: int) -> str:
    """The https address of the file number *place* (from 0) of *message*, by one request for its conversation.

    It is what the provider says of this very message now, never what was stored or typed. Raises NotThere.
    """
    connection = message.connection
    if connection.setup != Connection.Setup.OK:
        raise NotThere
    try:
        access = rechecks.stored_access(connection)
        told = live.conversation(provider_named(connection.provider), access, message.conversation.external_id)
    except (ProviderError, NotNow):
        raise NotThere from None
    found = _same(message, place, told)
    if found is None or not _is_safe(found.url):
        raise NotThere
    return found.url


def _same(message: Message, place: int, told: ConversationRecord) -> Attachment | None:
    """The file of that number, if it still has the name under which people saw it; else the one that has."""
    now = [one for each in told.messages if each.external_id == message.external_id for one in each.attachments]
    if place >= len(message.attachments):
        return None
    name = message.attachments[place].get("name", "")
    return next((one for one in [*now[place : place + 1], *now] if one.name == name), None)


def _is_safe(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.hostname) and parts.username is None
