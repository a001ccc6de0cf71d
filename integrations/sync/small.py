"""Teammates, teams and tags: each comes whole in one answer."""

from collections.abc import Callable, Sequence
from typing import Any

from integrations import store
from integrations.errors import PermissionMissing, RequestRefused
from integrations.providers import Source
from integrations.store import Saved
from integrations.sync import dead, streams
from integrations.sync.slice import Slice

Ask = Callable[[Source], Any]
Save = Callable[..., Saved]

LISTS: Sequence[tuple[str, Ask, Save]] = (
    ("teammates", lambda source: source.teammates(), store.save_teammates),
    ("teams", lambda source: source.teams(), store.save_teams),
    ("tags", lambda source: source.tags(), store.save_tags),
)


def read(work: Slice) -> None:
    """Read the three lists; one that may not be read leaves the others alone."""
    for stream, ask, save in LISTS:
        try:
            _read_list(work, stream, ask, save)
        except (PermissionMissing, RequestRefused) as error:
            with work.commit():
                streams.turn_off(work, stream, error)
    with work.commit(owed=streams.paid(work, "small")):
        streams.walked(work, "small")


def _read_list(work: Slice, stream: str, ask: Ask, save: Save) -> None:
    answer = work.ask(ask)
    page = answer.value
    with work.commit():
        saved = save(work.holder, page.rows, at=work.server_time(answer), whole=not page.unreadable)
        work.count(stream, read=saved.read, saved=saved.changed)
        dead.keep_only(work, stream, page.unreadable)
        streams.walked(work, stream)
        streams.said(work, stream, len(page.rows) + len(page.unreadable))
