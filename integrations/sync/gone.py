"""A conversation that Intercom does not find: when that means it was deleted, and when it means nothing yet."""

from collections.abc import Sequence

from django.db.models import QuerySet

from integrations import store
from integrations.errors import NotFound
from integrations.models import Pending
from integrations.records import ConversationRecord
from integrations.sync import dead, pending, suspects
from integrations.sync.pump import Got
from integrations.sync.slice import Slice
from sonora.conversations.models import Conversation
from sonora.core import clock

ASK_AGAIN = 3_600  # seconds between the two answers that say a conversation is gone
ODD = 600  # seconds until one is asked for again that a server before Intercom does not find

Missing = Sequence[Got[ConversationRecord]]


def missing_of(lot: Missing) -> Missing:
    """Those of *lot* that were not found."""
    return [one for one in lot if isinstance(one.error, NotFound)]


def is_answering(work: Slice, missing: Missing) -> bool:
    """Whether Intercom answers this connection at all just now, asked if *missing* may hold what is gone; one request.

    Raises what that request raises. Call it outside a transaction.
    """
    said = _said(missing)
    if not said or not _mine(work).filter(external_id__in=said, gone_at__lte=_told_at(missing) - ASK_AGAIN).exists():
        return False
    work.ask(lambda source: source.identity())
    return True


def forget(work: Slice, missing: Missing, *, is_answered: bool) -> None:
    """Delete here what Intercom twice did not find, an hour apart, while it answers; inside a transaction.

    A 404 without a code of Intercom's is a page of some server before it, which knows nothing of conversations. The
    hour is one of Intercom's, since our clock may be set anew meanwhile; so an answer without a time says nothing.
    """
    if not missing:
        return
    at = _told_at(missing)
    said = _mine(work).filter(external_id__in=_said(missing))
    twice = list(said.filter(gone_at__lte=at - ASK_AGAIN).values_list("external_id", flat=True))
    said.filter(gone_at__isnull=True).update(gone_at=at)
    now = clock.now()
    for one in _mine(work).filter(external_id__in=[one.external_id for one in missing]):
        _mine(work).filter(pk=one.pk).update(attempts=0, not_before=now + _patience(one, at))
    if twice and is_answered and not _are_too_many(work):
        work.count("deletions", saved=store.delete_conversations(work.holder, twice, at=at))
        pending.drop(work, twice)
        dead.bury(work, twice)


def _are_too_many(work: Slice) -> bool:
    """Counted over all that is suspected, since one fault comes in many lots."""
    suspected = _mine(work).filter(gone_at__isnull=False).values_list("external_id", flat=True)
    held = Conversation.objects.present().filter(connection_id=work.connection.pk)
    return suspects.too_many(work, "conversations", held.filter(external_id__in=suspected).count(), held=held.count())


def _patience(missing: Pending, at: int) -> int:
    """Seconds until it is asked for again: soon, as a replica may not know yet what is new, then less often."""
    if missing.gone_at is None:
        return ODD
    return max(5, min(ASK_AGAIN, at - missing.gone_at))


def _told_at(missing: Missing) -> int:
    """When the last of *missing* was answered, by Intercom's clock; 0 when no answer said."""
    return max((one.error.at or 0 for one in missing if one.error is not None), default=0)


def _said(missing: Missing) -> list[str]:
    return [one.external_id for one in missing if one.error is not None and one.error.code and one.error.at]


def _mine(work: Slice) -> QuerySet[Pending]:
    return Pending.objects.filter(connection_id=work.connection.pk)
