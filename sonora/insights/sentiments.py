"""How customers feel in the conversations of a batch."""

from collections.abc import Collection, Sequence

from sonora.conversations.models import Message
from sonora.core.upsert import Row, upsert
from sonora.insights import keeping
from sonora.insights.models import ConversationSentiment, Correction
from sonora.insights.readings import Batch
from sonora.insights.weighing import Said, weigh


def save(batch: Batch, conversations: Collection[int]) -> None:
    """Store the sentiment of *conversations* (primary keys); what a person said stands. In a transaction."""
    keeping.correct_again(conversations)
    corrections = dict(Correction.objects.filter(pk__in=conversations).values_list("pk", "label"))
    rows = [_row(batch, pk, corrections.get(pk, "")) for pk in conversations]
    upsert(ConversationSentiment, [row for row in rows if row], key=("conversation_id",))
    silent = [pk for pk, row in zip(conversations, rows, strict=True) if row is None]
    ConversationSentiment.objects.filter(pk__in=silent).delete()


def _row(batch: Batch, conversation: int, corrected: str) -> Row | None:
    """None when no customer wrote anything."""
    messages = batch.messages[conversation]
    if not messages:
        return None
    whole = weigh(_said(messages, batch))
    because = batch.readings.get(whole.because) if whole.because else None
    read = [one for one in messages if not batch.readings[one.pk].not_read]
    return {
        "workspace_id": messages[0].workspace_id,
        "conversation_id": conversation,
        "label": corrected or whole.label,
        "found": whole.label,
        "score": whole.score,
        "confidence": whole.confidence,
        "messages": len(read),
        "message_id": whole.because,
        "sentence": because.sentence if because else "",
        "at": (read or messages)[-1].created_at or 0,
        "reader": because.reader if because else batch.reader,
        "analysed_at": batch.at,
    }


def _said(messages: Sequence[Message], batch: Batch) -> list[Said]:
    readings = [batch.readings[one.pk] for one in messages]
    return [
        Said(
            key=one.pk,
            label=one.label,
            score=one.score or 0.0,
            confidence=one.confidence or 0.0,
            courtesy=one.courtesy,
        )
        for one in readings
        if one.label
    ]
