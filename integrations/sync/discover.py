"""Stage A of a run: which conversations changed between the watermark and the run's target, and since."""

from integrations.errors import SpanUnreadable
from integrations.providers import Range
from integrations.records import Answer, ConversationSeen, Page
from integrations.sync import dead, gaps, lag, pending, search, spans, streams
from integrations.sync.slice import Slice

TAIL_READS = 6


def is_open(work: Slice) -> bool:
    """Whether the run has windows left."""
    return work.state.run_target is not None


def read_window(work: Slice) -> None:
    """Read one window up from the frontier; the frontier and what the window showed are committed together."""
    target, frontier, before = work.state.run_target, work.state.run_frontier, work.state.watermark
    assert target is not None and frontier is not None  # noqa: S101, PT018 - is_open() said so
    try:
        found = search.upwards(work, "updated_at", frontier=frontier, end=target)
    except SpanUnreadable as error:
        _look_past(work, error, now=work.server_time(error))  # the frontier stays
        raise
    # The watermark is the time the run began: not the newest change seen, and not the time the run ended.
    done = {"watermark": target, "run_target": None, "run_frontier": None, "tail_from": target}
    with work.commit(**(done if found.hi >= target else {"run_frontier": found.hi + 1})):
        streams.turn_on(work, "conversations")
        fresh = pending.note(work, found.rows, target=target, priority=pending.CHANGED)
        lag.measure(work, fresh, shown_after=before or 0)
        dead.keep(work, "conversations", found.unreadable)


def read_tail(work: Slice) -> None:
    """What changed since the target, so that a conversation that changes all the time is seen at all.

    Never moves the watermark: what is missed here, also where no search succeeds, belongs to the next run.
    """
    target = work.state.tail_from
    assert target is not None  # noqa: S101 - the caller looked
    try:
        _follow(work, target)
    except SpanUnreadable as error:
        work.issue(error.user_message)
    with work.commit(tail_from=None):
        pass


def _follow(work: Slice, target: int) -> None:
    lo = target + 1
    for _ in range(TAIL_READS):
        answer = _since(work, lo)
        now = work.server_time(answer)
        with work.commit():
            pending.note(work, answer.value.rows, target=max(now, target), priority=pending.CHANGED)
            dead.keep(work, "conversations", answer.value.unreadable)
        if not answer.value.next:
            break
        lo = _look(work, lo, now=now)


def _look_past(work: Slice, error: SpanUnreadable, *, now: int) -> None:
    """Note what changed after the span that could not be told, and after some more of the kind."""
    for _ in range(gaps.IN_A_ROW):
        if work.is_narrowing or error.hi is None:
            return
        try:
            _look(work, error.hi + 1, now=now)
        except SpanUnreadable as another:
            error = another
        else:
            return


def _look(work: Slice, lo: int, *, now: int) -> int:
    """Note what changed from *lo* to *now*; returns the second after it."""
    while lo <= now:
        found = search.upwards(work, "updated_at", frontier=lo, end=now, kind="beyond")
        with work.commit():
            pending.note(work, found.rows, target=now, priority=pending.CHANGED)
        lo = found.hi + 1
    return lo


def _since(work: Slice, lo: int) -> Answer[Page[ConversationSeen]]:
    return spans.page(work, Range(field="updated_at", lo=lo, hi=None))
