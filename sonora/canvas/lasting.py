"""What each block last showed: kept while it can be worked out, shown while it can't.

Only figures are kept, and what they are counted by: no words of customers, and no names of people, who may be gone from
the provider by the time that it is shown.
"""

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256

from django.db import DatabaseError

from sonora.canvas.models import Block, LastResult
from sonora.chat.query import Group
from sonora.core.upsert import upsert
from sonora.filters.viewer import Viewer

AGE = 600  # seconds after which what is kept is written anew
LONGEST = 7 * 86_400  # seconds for which it is worth showing
LINES = 8
NAMELESS = {Group.PERSON, Group.REQUEST}  # counted by people, or by what they said


@dataclass(frozen=True, slots=True, kw_only=True)
class Last:
    """*number* things of the kind *noun*, whose list *url* opens now, where the block says how many there are.

    *lines* are the names and figures that it says; all as of *at* (Unix seconds).
    """

    number: int | None = None
    noun: str = ""
    url: str = ""
    lines: Sequence[tuple[str, int]] = ()
    at: int = 0


def is_due(block: Block, viewer: Viewer) -> bool:
    """Whether what *block*, read with its canvas and last result, shows was not kept a moment ago."""
    kept = _kept(block)
    return not (kept and kept.asked == _digest(block, viewer) and kept.at > viewer.now - AGE)


def keep(block: Block, shown: Last, viewer: Viewer) -> None:
    """Keep what *block* shows now, as far as that may be kept; where nothing may, nothing is written."""
    asked, now, lines = _digest(block, viewer), viewer.now, _nameable(block, shown)
    if shown.number is None and not lines:
        return
    value = {"number": shown.number, "noun": shown.noun, "url": shown.url, "lines": lines}
    row = {"workspace_id": block.workspace_id, "block_id": block.pk, "asked": asked, "shown": value, "at": now}
    with suppress(DatabaseError):  # a page is not refused because its second best could not be kept
        upsert(LastResult, [row], key=("block_id",), newer="at")


def of(block: Block, viewer: Viewer) -> Last | None:
    """What *block*, read in the same way, last showed for what it asks now, if that is no older than a week."""
    kept = _kept(block)
    if kept is None or kept.asked != _digest(block, viewer) or kept.at <= viewer.now - LONGEST:
        return None
    shown = kept.shown
    lines = [(str(name), int(number)) for name, number in shown["lines"]]
    return Last(number=shown["number"], noun=shown["noun"], url=shown["url"], lines=lines, at=kept.at)


def _kept(block: Block) -> LastResult | None:
    return getattr(block, "last", None)  # which raises an AttributeError where there is none


def _nameable(block: Block, shown: Last) -> list[tuple[str, int]]:
    query = block.meant
    return [] if query is None or query.group_by in NAMELESS else list(shown.lines[:LINES])


def _digest(block: Block, viewer: Viewer) -> str:
    """What is asked: the block within its canvas, by whom notes are shown to or not."""
    asked = [block.query, block.kind, block.canvas.shown.as_json(), viewer.notes]
    return sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()
