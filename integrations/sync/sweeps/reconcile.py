"""The reconciliation: which conversations are there at all.

Only after the whole range is read is anything believed missing, and even then it is only asked for, one by one.
"""

from collections.abc import Sequence
from typing import Any

from integrations.records import ConversationSeen
from integrations.sync import dead, gaps, heads, pending, search, suspects
from integrations.sync.search import Found
from integrations.sync.slice import Slice
from integrations.sync.sweeps import schedule
from sonora.conversations.models import Conversation

A_DAY = 86_400
LISTED = 20_000  # missing ones that are kept at most; the next reconciliation finds the others


def read(work: Slice) -> None:
    """One window of all there are, by the time of creation, which cannot move; the newest first."""
    state, begun = work.state, work.state.sweep_begun_at
    target = state.sweep_target or 0
    frontier = state.sweep_frontier if state.sweep_frontier is not None else target + A_DAY
    found = search.downwards(work, "created_at", frontier=frontier, edge=None, only_open=False)
    missing = [*state.sweep_missing, *_not_seen(work, found)]
    columns = _done(work) if found.lo is None else {"sweep_frontier": found.lo - 1}
    with work.commit(**{"sweep_missing": missing[:LISTED], **columns}):
        pending.note(work, _in_reach(work, found.rows), target=target, priority=pending.SWEPT)
        pending.ask(work, heads.differing(work, found.rows, target=target), priority=pending.SWEPT)
        dead.keep(work, "conversations", found.unreadable)
        if found.lo is None:
            _ask_for(work, missing)
            dead.expire(work, "conversations", before=begun)


def _done(work: Slice) -> dict[str, Any]:
    still = gaps.younger(work.state.gaps, work.state.sweep_begun_at or 0)
    return {**schedule.done(work.state), "gaps": still}


def _not_seen(work: Slice, found: Found) -> list[str]:
    """What is held of the window's time and was not in it."""
    seen = {row.external_id for row in found.rows} | {one.external_id for one in found.unreadable}
    held = Conversation.objects.present().filter(connection_id=work.connection.pk, created_at__lte=found.hi)
    if found.lo is not None:
        held = held.filter(created_at__gte=found.lo)
    return sorted(set(held.values_list("external_id", flat=True)) - seen)


def _in_reach(work: Slice, rows: Sequence[ConversationSeen]) -> list[ConversationSeen]:
    """*rows* without what lies before the lookback and is not held."""
    edge = work.state.closed_edge
    if edge is None:
        return list(rows)
    old = [row.external_id for row in rows if (row.updated_at or edge) < edge]
    mine = Conversation.objects.filter(connection_id=work.connection.pk)
    held = set(mine.filter(external_id__in=old).values_list("external_id", flat=True))
    return [row for row in rows if (row.updated_at or edge) >= edge or row.external_id in held]


def _ask_for(work: Slice, missing: Sequence[str]) -> None:
    """Put what is missing on the list: only its own answer, twice, says that it is gone."""
    held = Conversation.objects.present().filter(connection_id=work.connection.pk)
    versions: dict[str, int | None] = {}
    for start in range(0, len(missing), pending.LOT):
        lot = held.filter(external_id__in=missing[start : start + pending.LOT])
        versions |= dict(lot.values_list("external_id", "updated_at"))
    if not suspects.too_many(work, "conversations", len(versions), held=held.count()):
        pending.ask(work, {one: updated or 0 for one, updated in versions.items()}, priority=pending.SWEPT)
