"""After an outage everybody is due at once: they begin one after the other over an interval instead."""

from django.conf import settings

from integrations.models import Beat, SyncState
from integrations.sync.classes import SliceClass
from integrations.sync.due import due

MANY = 12  # times as many as there are places: what these cannot do in four minutes of whole slices
STEP = 10  # seconds between two lots


def spread(row: Beat, now: int) -> None:
    """Put those off that are due in the background, if they are many: who waits longest begins at once, the others in
    that order before the shortest of their intervals is over. What somebody waits for stays as it is.

    Done once in that time, so that nobody is put off twice. Writes `next_due` of them and *row*'s `spread_until`.
    """
    if now < row.spread_until:
        return
    waiting = due(now).filter(slice_class__gt=SliceClass.NOW).order_by("next_due", "pk")
    herd = list(waiting.values_list("pk", "connection__interval"))
    if len(herd) <= MANY * settings.SYNC_PLACES:
        return
    span = min(interval for _, interval in herd)
    _plan([pk for pk, _ in herd], now, span)
    row.spread_until = now + span


def _plan(herd: list[int], now: int, span: int) -> None:
    for start in range(STEP, span, STEP):
        lot = herd[len(herd) * start // span : len(herd) * (start + STEP) // span]
        as_they_were = SyncState.objects.filter(pk__in=lot, next_due__lte=now, slice_class__gt=SliceClass.NOW)
        as_they_were.update(next_due=now + start)
