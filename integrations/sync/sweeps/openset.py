"""What is open there beside what is open here: a conversation that was closed without a new `updated_at` stays open in
most connectors for ever.
"""

from django.db.models import Q

from integrations.sync import dead, pending, search
from integrations.sync.search import Found
from integrations.sync.slice import Slice
from integrations.sync.sweeps import schedule
from sonora.conversations.models import Conversation

A_DAY = 86_400
OPEN = Q(open=True) | Q(state__in=[Conversation.State.OPEN, Conversation.State.SNOOZED])


def read(work: Slice) -> None:
    """One window of what is open, by the time of creation; where the two sides differ the conversation is read."""
    state = work.state
    target = state.sweep_target or 0
    frontier = state.sweep_frontier if state.sweep_frontier is not None else target + A_DAY
    found = search.downwards(work, "created_at", frontier=frontier, edge=None, only_open=True)
    over = found.lo is None
    with work.commit(**(schedule.done(state) if over else {"sweep_frontier": (found.lo or 0) - 1})):
        pending.note(work, found.rows, target=target, priority=pending.SWEPT)
        pending.ask(work, _differing(work, found), priority=pending.SWEPT)
        dead.keep(work, "conversations", found.unreadable)


def _differing(work: Slice, found: Found) -> dict[str, int]:
    """Held conversations that are open on one side alone (id → the version held)."""
    there = {row.external_id for row in found.rows}
    rows = Conversation.objects.present().filter(connection_id=work.connection.pk)
    within = rows.filter(created_at__lte=found.hi, **({} if found.lo is None else {"created_at__gte": found.lo}))
    versions = dict(within.filter(OPEN).exclude(external_id__in=there).values_list("external_id", "updated_at"))
    versions |= dict(rows.filter(external_id__in=there).exclude(OPEN).values_list("external_id", "updated_at"))
    return {one: updated or 0 for one, updated in versions.items()}
