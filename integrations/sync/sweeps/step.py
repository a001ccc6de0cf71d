"""One step of whichever sweep is under way or due: what the engine calls."""

from collections.abc import Callable, Mapping

from integrations.errors import PermissionMissing, RequestRefused, SpanUnreadable
from integrations.sync import resync, streams
from integrations.sync.slice import Slice
from integrations.sync.sweeps import contacts, openset, passes, reconcile, schedule

READ: Mapping[str, Callable[[Slice], None]] = {
    "day": passes.read,
    "week": passes.read,
    "open": openset.read,
    "contacts": contacts.read,
    "all": reconcile.read,
    "resync": resync.read,
}


def is_due(work: Slice) -> bool:
    """Whether a sweep is to go on or to begin; never while a run is open."""
    return work.may_sweep and work.state.run_id is None and bool(schedule.due(work.state))


def take(work: Slice) -> None:
    """Begin it, or read one window or page of it. One that cannot be read now is put off, and nothing else suffers."""
    name = schedule.due(work.state)
    if work.state.sweep != name or schedule.is_stale(work.state):
        schedule.begin(work, name)
    if streams.is_off(work, "contacts" if name == "contacts" else "conversations"):
        return schedule.put_off(work)
    try:
        READ[name](work)
    except (PermissionMissing, RequestRefused):
        schedule.put_off(work)
    except SpanUnreadable as error:
        work.issue(error.user_message)
        schedule.put_off(work)
