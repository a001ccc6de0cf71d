"""What people decided about a conversation outlives its leaving: a shorter lookback, a deletion that was none.

No word of the conversation is kept: it and its messages are known by the provider's ids. Once it is back and analysed,
what was decided holds again.
"""

from collections.abc import Collection, Sequence

from django.db.models import OuterRef, Subquery

from sonora.conversations.models import Conversation, Message
from sonora.core.upsert import upsert
from sonora.insights.models import Correction, Evidence, KeptCorrection, KeptQuote

IDS = ("workspace", "conversation__connection", "conversation__external_id", "message__external_id")
DECIDED = ("state", "decided_by", "request", "moved_by")
SAID = ("label", "note", "by", "by_name", "at")


def keep(conversations: Collection[int]) -> None:
    """Keep what was decided about *conversations* (primary keys), which leave in this transaction."""
    _keep_quotes(conversations)
    _keep_corrections(conversations)


def _keep_quotes(conversations: Collection[int]) -> None:
    decided = Evidence.objects.filter(conversation__in=conversations).exclude(decided_by="", moved_by="")
    rows = decided.order_by("pk").select_related("conversation", "message").only(*IDS, *DECIDED)
    kept = [
        {
            "workspace_id": one.workspace_id,
            "connection_id": one.conversation.connection_id,
            "conversation": one.conversation.external_id,
            "message": one.message.external_id,
            "state": one.state,
            "decided_by": one.decided_by,
            "request_id": one.request_id if one.moved_by else None,
            "moved_by": one.moved_by,
        }
        for one in rows
    ]
    upsert(KeptQuote, kept, key=("connection_id", "conversation", "message"))


def _keep_corrections(conversations: Collection[int]) -> None:
    kept = [
        {
            "workspace_id": one.workspace_id,
            "connection_id": one.conversation.connection_id,
            "conversation": one.conversation.external_id,
            **{name: getattr(one, name) for name in SAID},
        }
        for one in Correction.objects.filter(pk__in=conversations).order_by("pk").select_related("conversation")
    ]
    upsert(KeptCorrection, kept, key=("connection_id", "conversation"))


def hold_again(added: Sequence[Evidence]) -> None:
    """Let *added*, quotes that are about to be stored, be as a person decided when their messages were here before."""
    same = KeptQuote.objects.filter(
        connection=OuterRef("connection"),
        conversation=OuterRef("conversation__external_id"),
        message=OuterRef("external_id"),
    )
    messages = Message.objects.filter(pk__in=[one.message_id for one in added])
    known = dict(messages.annotate(kept=Subquery(same.values("pk"))).exclude(kept=None).values_list("pk", "kept"))
    kept = KeptQuote.objects.select_related("request").in_bulk(known.values()) if known else {}
    for one in added:
        if one.message_id in known:
            _decide(one, kept[known[one.message_id]])
    KeptQuote.objects.filter(pk__in=kept).delete()


def _decide(one: Evidence, kept: KeptQuote) -> None:
    if kept.decided_by:
        one.state, one.decided_by = kept.state, kept.decided_by
    if kept.request is not None:
        one.request_id = kept.request.merged_into_id or kept.request.pk
        one.moved_by = kept.moved_by


def correct_again(conversations: Collection[int]) -> None:
    """Let the sentiment of *conversations* (primary keys) be as a person said when they were here before."""
    same = KeptCorrection.objects.filter(connection=OuterRef("connection"), conversation=OuterRef("external_id"))
    back = Conversation.objects.filter(pk__in=conversations).annotate(kept=Subquery(same.values("pk")))
    known = {kept: pk for pk, kept in back.exclude(kept=None).values_list("pk", "kept")}
    if known:
        kept = KeptCorrection.objects.in_bulk(known)
        Correction.objects.bulk_create(
            [
                Correction(
                    workspace_id=one.workspace_id,
                    conversation_id=known[one.pk],
                    **{name: getattr(one, name) for name in SAID},
                )
                for one in kept.values()
            ],
            ignore_conflicts=True,  # of a conversation that was marked as deleted the correction stayed
        )
        KeptCorrection.objects.filter(pk__in=kept).delete()
