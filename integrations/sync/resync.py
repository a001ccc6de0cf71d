"""Reading again what is held, because somebody asked for it. Nothing is deleted by it, and nothing waits for it.

The lists are read by a run at once and people by their own walk. Conversations are put on the list of those to be read
a lot at a time, each when the one before is read, while no run is open: so a run waits for one lot at most.
"""

from integrations.models import SyncRun
from integrations.sync import journal, pending
from integrations.sync.journal import Line
from integrations.sync.slice import Slice
from integrations.sync.sweeps import schedule
from sonora.conversations.models import Conversation
from sonora.core import clock

LOT = 500  # conversations
SWEEPS = ("contacts", "all")  # what else is read again, where it was asked for


def read(work: Slice) -> None:
    """Put the next lot of conversations on the list; the last one empties what is owed."""
    lot = _next_lot(work)
    if lot:
        with work.commit(resync_place=lot[-1], resync_put=work.state.resync_put + len(lot)):
            pending.ask(work, dict.fromkeys(lot, 0), priority=pending.AGAIN)
    else:
        owed = [stream for stream in work.state.resync_owed if stream != "conversations"]
        with work.commit(resync_owed=owed, **schedule.done(work.state)):
            pass


def _next_lot(work: Slice) -> list[str]:
    """By their ids at the provider, in the order of the index: what comes later is new and needs no second reading."""
    mine = Conversation.objects.present().filter(connection_id=work.connection.pk)
    rest = mine.filter(external_id__gt=work.state.resync_place).order_by("external_id")
    return list(rest.values_list("external_id", flat=True)[:LOT])


def is_over(work: Slice) -> bool:
    """Whether everything that was asked for has been read again."""
    state = work.state
    if state.resync_run is None or state.run_id is not None or state.now_requested_at is not None:
        return False
    return "conversations" not in state.resync_owed and all(state.swept.get(name) != 0 for name in SWEEPS)


def finish(work: Slice) -> None:
    """Close the run that tells of it."""
    work.tell()
    run = SyncRun.objects.get(pk=work.state.resync_run or 0)
    run.finished_at, run.result = clock.now(), SyncRun.Result.PARTLY if run.issues else SyncRun.Result.SUCCEEDED
    with work.commit(resync_run=None, resync_owed=[], resync_place="", resync_put=0):
        run.save(update_fields=["finished_at", "result"])
        journal.write(run, [Line("All that was asked for has been read again.")])
