"""Trying again what could not be read: conversations by their id, everything else with whole walks of its kind."""

from collections import Counter
from collections.abc import Iterable, Mapping

from django.db.models.functions import Length
from django.http import HttpRequest

from integrations import unreadable
from integrations.changes import due_now, locked, record, state_of
from integrations.controls import make_ready, requested
from integrations.models import Connection, DeadLetter, Pending
from integrations.refusals import NotNow
from integrations.sync import poison
from integrations.sync.pending import CHANGED
from sonora.core.upsert import upsert

NAMED = 20  # ids that the audit entry keeps


def try_again(connection: Connection, *, by: str, letter: int | None = None, request: HttpRequest | None = None) -> int:
    """Try to read again what the dead letter with the primary key *letter* is about, or all letters are about.

    Returns how many letters that is. They go when their objects are read well. Raises NotNow when the connection
    cannot sync, or when there is nothing to try.
    """
    with locked(connection) as fresh:
        make_ready(fresh, by=by)
        letters = DeadLetter.objects.filter(connection=fresh, **({} if letter is None else {"pk": letter}))
        chosen = list(letters.order_by("pk").values_list("stream", "external_id", Length("raw")))
        if not chosen:
            raise NotNow("It was read in the meantime. There is nothing to try again.")
        _ask_for(fresh, chosen)
        _walk_again(fresh, {stream for stream, *_ in chosen}, by=by)
        streams = Counter(stream for stream, *_ in chosen)
        ids = [name for _, name, _ in chosen[:NAMED]]
        record("retry_requested", fresh, by=by, request=request, letters=dict(streams), ids=ids)
        due_now(fresh)
    return len(chosen)


def read_soon(connection: Connection, external_id: str) -> None:
    """Put the conversation *external_id* on the list, and let a slice read it at once. Raises NotNow."""
    with locked(connection) as fresh:
        make_ready(fresh, by="")
        _put_on_the_list(fresh, {external_id: 0})
        due_now(fresh)


def _ask_for(connection: Connection, chosen: Iterable[tuple[str, str, int]]) -> None:
    """Put conversations on the list of those to be read. What never came back is tried by itself, and once."""
    tries = {
        one: 0 if size else poison.TRIES
        for stream, name, size in chosen
        if (one := unreadable.conversation_of(stream, name))
    }
    _put_on_the_list(connection, tries)


def _put_on_the_list(connection: Connection, tries: Mapping[str, int]) -> None:
    owner = {"workspace_id": connection.workspace_id, "connection_id": connection.pk}
    rows = [
        {**owner, "external_id": one, "seen_updated_at": 0, "priority": CHANGED, "not_before": 0, "attempts": tried}
        for one, tried in tries.items()
    ]
    upsert(Pending, rows, key=("connection_id", "external_id"), update=("priority", "not_before", "attempts"))


def _walk_again(connection: Connection, streams: set[str], *, by: str) -> None:
    """A run at once reads every list whole; contacts come whole with their own sweep only."""
    state = state_of(connection).get()
    again = {**state.swept, "contacts": 0} if "contacts" in streams else state.swept
    state_of(connection).update(**requested(connection, by=by), swept=again)
