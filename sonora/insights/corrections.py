"""What a person says of a conversation's sentiment, and taking it back."""

from django.db import transaction
from django.http import HttpRequest

from sonora.core import clock
from sonora.insights.models import ConversationSentiment, Correction, Sentiment
from sonora.workspaces import audit
from sonora.workspaces.models import User

CHOICES = (Sentiment.NEGATIVE, Sentiment.NEUTRAL, Sentiment.POSITIVE, Sentiment.MIXED)  # what a person may say


def correct(conversation: int, label: str, *, note: str, by: User, request: HttpRequest | None = None) -> None:
    """*by* says that *conversation* (primary key) is *label*, whatever was or will be read.

    Saying the same again changes nothing. Raises ConversationSentiment.DoesNotExist for one that is not analysed.
    """
    with transaction.atomic():
        row = ConversationSentiment.objects.select_for_update().get(pk=conversation)
        before = Correction.objects.filter(pk=conversation).first()
        if before is not None and (before.label, before.note) == (label, note):
            return
        Correction.objects.update_or_create(
            conversation_id=conversation,
            defaults={
                "workspace_id": row.workspace_id,
                "label": label,
                "note": note,
                "by": by.email,
                "by_name": str(by),
                "at": clock.now(),
            },
        )
        _show(row, label, "sentiment.corrected", by=by, request=request)


def take_back(conversation: int, *, by: User, request: HttpRequest | None = None) -> None:
    """Show again what Sonora read. Of a conversation that nobody corrected nothing changes."""
    with transaction.atomic():
        row = ConversationSentiment.objects.select_for_update().filter(pk=conversation).first()
        if Correction.objects.filter(pk=conversation).delete()[0] and row is not None:
            _show(row, row.found, "sentiment.reset", by=by, request=request)


def _show(row: ConversationSentiment, label: str, action: str, *, by: User, request: HttpRequest | None) -> None:
    told = {"conversation": row.pk, "before": {"sentiment": row.label}, "after": {"sentiment": label}}
    row.label = label
    row.save(update_fields=["label"])
    audit.record(action, detail=told, request=request, workspace=row.workspace_id, actor=by.email)
