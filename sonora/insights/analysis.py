"""One batch: conversations whose messages changed are read, and what they say is stored.

Reading happens without a lock, then everything is written in one short transaction; a conversation that changed
meanwhile is left as it is, to be read again. Doing it twice, or dying anywhere, changes nothing: what was read is known
by its content and its reader's version, and a conversation is done only together with its readings.
"""

import time
import traceback
from collections.abc import Callable, Iterable, Sequence

import structlog
from django.db import OperationalError, transaction
from django.db import connection as database

from sonora.insights import analysed, counting, evidence, readings, sentiments, turns
from sonora.insights.models import Analysis, Turn
from sonora.insights.reading import Reader
from sonora.workspaces.scoping import scope

logger = structlog.get_logger(__name__)

REST = 3  # on SQLite, for each second of writing: the sync finds the only write lock free three quarters of the time


def run(reader: Reader, *, seconds: float, stopping: Callable[[], bool]) -> None:
    """Analyse batch after batch until nothing is left, *seconds* are over, or somebody is *stopping* the worker."""
    turns.note_look()
    ends = time.monotonic() + seconds
    while time.monotonic() < ends and not stopping() and step(reader):
        pass


def step(reader: Reader) -> bool:
    """Analyse one batch of whoever is next; False when there is nothing to do.

    A batch that fails is logged and tried again, smaller each time; others go on.
    """
    turn = turns.claim(reader.version)
    if turn is None:
        return False
    with scope(workspace=turn.workspace_id):
        try:
            _take(turn, reader)
        except OperationalError as error:  # the database is busy or away
            _log(turn, error)
            turns.put_back(turn)
        except Exception as error:  # noqa: BLE001  one workspace's trouble is not another's
            _log(turn, error)
        else:
            turns.end(turn)
    return True


def _take(turn: Turn, reader: Reader) -> None:
    conversations = turns.due(turn, reader.version)
    if turn.tries < turns.HOPELESS:
        _analyse(turn, conversations, reader)
        return
    reader.read(["Good morning."])  # if this fails as well, the conversation is not to blame
    _done(turn, conversations, reader.version)


def _analyse(turn: Turn, conversations: Sequence[int], reader: Reader) -> None:
    changes = dict(Analysis.objects.filter(pk__in=conversations).values_list("pk", "changes"))
    batch = readings.read(turn, changes, reader)
    found = evidence.find(batch) if turn.connection.analyse_requests else None
    began = time.monotonic()
    with transaction.atomic():
        now = Analysis.objects.select_for_update().filter(pk__in=changes).order_by("pk").values_list("pk", "changes")
        same = [pk for pk, number in now if number == changes[pk]]
        readings.save(batch, same)
        if turn.connection.analyse_sentiment:
            sentiments.save(batch, same)
        if found:
            evidence.save(found, same, workspace_id=turn.workspace_id)
        _done(turn, same, reader.version)
    counting.settle(turn.workspace_id)
    analysed.settle(turn.connection_id)
    if database.vendor == "sqlite":
        time.sleep(REST * (time.monotonic() - began))


def _done(turn: Turn, conversations: Iterable[int], version: str) -> None:
    Analysis.objects.filter(pk__in=conversations).update(**dict.fromkeys(turns.wanted(turn), version))


def _log(turn: Turn, error: Exception) -> None:
    """Its kind and its place; its text could hold a customer's words."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{place.filename.rsplit('/', 1)[-1]}:{place.lineno}"
    logger.warning("analysis_failed", connection=turn.connection_id, reason=type(error).__name__, where=where)
