"""Why a conversation of the provider is here, or why it is not: asked of our own rows first, then of the provider."""

from dataclasses import dataclass
from typing import Literal

from integrations import live, rechecks, retries
from integrations.checks import NotUsable
from integrations.errors import NotFound, ProviderError, UnreadableObject
from integrations.models import Connection, DeadLetter, Pending, SyncState
from integrations.providers import provider_named
from integrations.records import ConversationRecord
from integrations.refusals import NotNow
from integrations.sync import outside
from sonora.conversations.models import Conversation
from sonora.core import words

Key = Literal[
    "no_link",
    "other_workspace",
    "here",
    "deleted",
    "unreadable",
    "waiting",
    "not_given",
    "too_old",
    "coming",
    "no_answer",
]
Way = Literal["", "conversation", "unreadable", "settings", "permissions", "reconnect"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Whereabouts:
    """What was found out. `way` names where to go on; `conversation` is the primary key of one that is here."""

    key: Key
    sentence: str
    way: Way = ""
    conversation: int | None = None
    at: int | None = None  # Unix seconds: when it was read, or deleted


def of(connection: Connection, typed: str) -> Whereabouts:
    """Where the conversation is whose address or number is *typed*; at most one request to the provider.

    One that should be here and is not is put on the list of those to be read.
    """
    provider = provider_named(connection.provider)
    try:
        name = provider.conversation_named(typed)
    except NotUsable as refused:
        return Whereabouts(key="no_link", sentence=refused.user_message)
    if name.app_id and connection.app_id and name.app_id != connection.app_id:
        mine = connection.app_name or connection.app_id
        sentence = f"This conversation is of another {provider.title} workspace ({name.app_id}), not {mine}."
        return Whereabouts(key="other_workspace", sentence=sentence)
    return _held(connection, name.external_id) or _asked(connection, name.external_id)


def _held(connection: Connection, external_id: str) -> Whereabouts | None:
    row = Conversation.objects.filter(connection=connection, external_id=external_id).first()
    title = provider_named(connection.provider).title
    if row is not None and row.deleted_at is not None:
        return Whereabouts(
            key="deleted", sentence=f"It was deleted in {title}, so Sonora let it go.", at=row.deleted_at
        )
    if row is not None and row.fetched_at is not None:
        return Whereabouts(key="here", sentence="Found.", way="conversation", conversation=row.pk, at=row.fetched_at)
    if DeadLetter.objects.filter(connection=connection, stream="conversations", external_id=external_id).exists():
        sentence = "Sonora has seen it and could not read it. It is tried again by itself."
        return Whereabouts(key="unreadable", sentence=sentence, way="unreadable")
    if Pending.objects.filter(connection=connection, external_id=external_id, gone_at__isnull=True).exists():
        return Whereabouts(key="waiting", sentence="Sonora has seen it, and it is waiting to be read.")
    return None


def _asked(connection: Connection, external_id: str) -> Whereabouts:
    provider = provider_named(connection.provider)
    try:
        found = live.conversation(provider, rechecks.stored_access(connection), external_id)
    except NotNow as refused:
        return Whereabouts(key="no_answer", sentence=refused.user_message, way="reconnect")
    except NotFound:
        sentence = (
            f"{provider.title} doesn't return it to this token. Confirm that it belongs to an inbox the app can access:"
            " restricted teams or assignment rules can hide conversations from an app."
        )
        return Whereabouts(key="not_given", sentence=sentence, way="permissions")
    except UnreadableObject:
        return _read_soon(connection, external_id)
    except ProviderError as error:
        return Whereabouts(key="no_answer", sentence=error.user_message, way="permissions")
    return _judged(connection, found)


def _judged(connection: Connection, found: ConversationRecord) -> Whereabouts:
    """It is there and not here: closed before the lookback, or it is still to come."""
    state = SyncState.objects.get(connection=connection)
    edge = outside.edge_of(state) or _edge_to_come(connection, state)
    if not found.open and edge is not None and found.updated_at is not None and found.updated_at < edge:
        days = words.counted(connection.lookback_days or 0, "day")
        sentence = f"It was closed before your lookback of {days}. A longer lookback brings it in."
        return Whereabouts(key="too_old", sentence=sentence, way="settings", at=found.updated_at)
    return _read_soon(connection, found.external_id)


def _edge_to_come(connection: Connection, state: SyncState) -> int | None:
    """Where the lookback ends while the first sync has not come so far."""
    if connection.lookback_days is None or state.backfill_start is None:
        return None
    return state.backfill_start - connection.lookback_days * 86_400


def _read_soon(connection: Connection, external_id: str) -> Whereabouts:
    title = provider_named(connection.provider).title
    try:
        retries.read_soon(connection, external_id)
    except NotNow as refused:
        return Whereabouts(key="no_answer", sentence=f"{title} has it, and Sonora doesn't. {refused.user_message}")
    sentence = f"{title} has it, and Sonora had not seen it yet. It is being read now."
    return Whereabouts(key="coming", sentence=sentence)
