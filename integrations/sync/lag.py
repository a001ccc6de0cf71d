"""How late Intercom's search shows a change: the one thing that the sync takes for granted, so it is measured."""

from collections.abc import Mapping

from integrations.models import DeadLetter
from integrations.sync.slice import Slice
from sonora.core import clock

ALARM = 300  # seconds, half the overlap: a search this late is no longer safely within it
KEPT = 86_400  # seconds that the worst lag is remembered


def measure(work: Slice, fresh: Mapping[str, int], *, shown_after: int) -> None:
    """Note how late the search was at least, inside a transaction.

    *fresh* (id → when it changed) is what no earlier answer had shown; the last one to look was given at *shown_after*
    (both the provider's Unix seconds). A change before that time was not in the search then.
    """
    late = {one: shown_after - changed for one, changed in fresh.items() if changed < shown_after}
    if not late or work.state.initial_done_at is None or not work.state.closed_done:
        return
    unreadable = DeadLetter.objects.filter(
        connection_id=work.connection.pk, stream="conversations", external_id__in=list(late)
    )
    known = set(unreadable.values_list("external_id", flat=True))  # shown each time anew, for want of a stored version
    worst = max((seconds for one, seconds in late.items() if one not in known), default=0)
    state = work.state
    if worst and (worst >= state.search_lag or (state.search_lag_at or 0) < clock.now() - KEPT):
        work.lease.save(search_lag=worst, search_lag_at=clock.now())
    if worst > ALARM:
        work.issue(f"Intercom's search showed a change {worst} seconds late. Sonora looks back far enough to see it.")
