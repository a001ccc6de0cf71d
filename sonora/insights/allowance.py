"""How many texts of a workspace the language model may read in a day."""

from datetime import UTC, datetime

from django.conf import settings
from django.db import transaction

from sonora.core import clock
from sonora.insights.models import SentTexts
from sonora.workspaces.scoping import scoped_workspace


def taken(count: int) -> int:
    """How many of *count* texts of the current workspace may be sent now; they count as sent from here on.

    Counted before they are sent: an endpoint that fails after it has read them costs as well.
    """
    today = datetime.fromtimestamp(clock.now(), UTC).date()
    with transaction.atomic():
        day, is_new = SentTexts.objects.select_for_update().get_or_create(workspace_id=scoped_workspace(), day=today)
        if is_new:
            SentTexts.objects.filter(day__lt=today).delete()
        left: int = settings.INSIGHTS_LLM_DAILY_MESSAGES - day.count
        granted = max(0, min(count, left))
        if granted:
            SentTexts.objects.filter(pk=day.pk).update(count=day.count + granted)
    return granted
