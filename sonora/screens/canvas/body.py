"""What a block shows, ready for its template: figures with addresses, pictures, or why there is nothing to show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import DatabaseError

from sonora.canvas import calculating, kinds
from sonora.canvas.before import before
from sonora.canvas.calculating import Result
from sonora.canvas.combining import Both
from sonora.canvas.kinds import Kind
from sonora.chat.answers import answering, sentences
from sonora.chat.answers.rows import Figure
from sonora.chat.answers.talks import TooCommon
from sonora.chat.query import Query
from sonora.filters import names
from sonora.filters.filterset import FilterSet
from sonora.filters.parts import BY_KEY
from sonora.filters.viewer import Viewer
from sonora.screens.canvas import over_time
from sonora.screens.canvas.bars import Bar, bars
from sonora.screens.canvas.change import Change, change
from sonora.screens.canvas.listed import Listed, listed
from sonora.screens.canvas.over_time import Picture
from sonora.screens.chat import addresses, page, sources
from sonora.screens.chat.page import Line
from sonora.screens.chat.sources import Marker

FAILED = "The database gave no answer in time, or none at all."


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearest:
    """The part of the filter (its key, its name) to leave open where nothing is found, and how much there is then."""

    part: str
    name: str
    number: int
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """*problem* says why there is no number; *result* is None where the question itself could not be asked.

    *unapplied* says which parts of the canvas's filter it could not use. *rows_url* opens all that it shows, or counts
    by something.
    """

    kind: str
    result: Result | None = None
    problem: str = ""
    unapplied: str = ""
    can_retry: bool = False
    noun: str = ""
    count_url: str = ""
    rows_url: str = ""
    whole_url: str = ""
    share: str = ""
    change: Change | None = None
    nearest: Nearest | None = None
    lines: Sequence[Line] = ()
    bars: Sequence[Bar] = ()
    picture: Picture | None = None
    caveat: str = ""
    markers: Sequence[Marker] = ()
    listed: Listed | None = None

    @property
    def is_empty(self) -> bool:
        return self.result is not None and self.result.count is not None and not self.result.count.number


def body(
    query: Query,
    kind: Kind,
    canvas: FilterSet,
    viewer: Viewer,
    *,
    place: str,
    held_since: int | None = None,
    feels: bool = True,
) -> Body:
    """What *query* finds within *canvas*. Nothing raises: a block that fails says so in its own place.

    *place* (letters and digits) tells its citations from those of other blocks on the page. *held_since* (Unix
    seconds; None: all) says from when on closed conversations are held, *feels* whether sentiment is analysed.
    """
    try:
        result = calculating.result(query, kind, canvas, viewer)
        if result.both.contradicted:
            return _impossible(result, query.filters, canvas)
        unapplied = _unapplied(result.both, query.filters, canvas)
        rows = listed(result.query, viewer, feels=feels) if kind is Kind.LIST and _number(result) else None
        return replace(_found(result, viewer, place, held_since), unapplied=unapplied, listed=rows)
    except TooCommon as found:
        return Body(kind=kind, problem=sentences.too_common(kinds.fitted(query, kind).narrowed(found.filters)))
    except DatabaseError:
        return Body(kind=kind, problem=FAILED, can_retry=True)
    except ValueError:
        return Body(kind=kind, problem="This kind of block can't show what is asked. Edit the block.")


def _found(result: Result, viewer: Viewer, place: str, held_since: int | None) -> Body:
    number, lines = _number(result), page.lines(result.table) if result.table else []
    return Body(
        kind=result.kind,
        result=result,
        noun=sentences.noun(result.query, result.whole.number if result.whole else number or 0),
        count_url=page.url(result.count) if result.count else "",
        rows_url=addresses.of(result.query),
        whole_url=page.url(result.whole) if result.whole else "",
        share=_share(number or 0, result.whole) if result.whole else "",
        change=_change(result.count, result, viewer, held_since)
        if result.kind is Kind.METRIC and result.count
        else None,
        nearest=_nearest(result.query, viewer) if number == 0 else None,
        lines=lines,
        bars=bars(lines) if result.kind is Kind.BARS else [],
        picture=over_time.picture(result.table) if result.kind is Kind.LINE and result.table else None,
        caveat=sentences.caveat(result.query, result.table) if result.table else "",
        markers=sources.markers(result.passages, result.query.filters, place=place),
    )


def _number(result: Result) -> int | None:
    return result.count.number if result.count else None


def _share(number: int, whole: Figure) -> str:
    return f"{100 * number / whole.number:.1f}%" if whole.number else ""


def _change(count: Figure, result: Result, viewer: Viewer, held_since: int | None) -> Change | None:
    """From the time before; None where there is none, or either is not counted whole."""
    earlier, states = None if count.is_more else before(result.query, viewer), result.query.filters.states
    are_closed = not states or "closed" in states
    return change(count.number, earlier, held_since=held_since if are_closed else None) if earlier else None


def _nearest(query: Query, viewer: Viewer) -> Nearest | None:
    found = answering.nearest(query, viewer)
    if found is None:
        return None
    name = BY_KEY[found.part].label
    return Nearest(part=found.part, name=name, number=found.count.number, url=page.url(found.count))


def _impossible(result: Result, block: FilterSet, canvas: FilterSet) -> Body:
    """The canvas's filter and the block's can't both be met."""
    return Body(kind=result.kind, problem=f"No results: {_both_said(result.both.contradicted, block, canvas)}.")


def _unapplied(both: Both, block: FilterSet, canvas: FilterSet) -> str:
    """Which parts of the canvas's filter the block's own leaves no room for in one list; empty: none."""
    if not both.unsayable:
        return ""
    parts = " and ".join(dict.fromkeys(BY_KEY[part].label for part in both.unsayable))
    said = _both_said(both.unsayable, block, canvas)
    return f"{parts} filter not applied: {said}, and one list can't be both. This is without the canvas's."


def _both_said(parts: Sequence[str], block: FilterSet, canvas: FilterSet) -> str:
    ours, theirs = names.of(canvas), names.of(block)
    return "; ".join(
        f"the canvas says {_said(part, ours)}, this block says {_said(part, theirs) or 'more of the same person'}"
        for part in parts
    )


def _said(part: str, words: Mapping[str, Mapping[Any, str]]) -> str:
    """What is said of *part*; of a field of tags, all that is said of it."""
    keys = [key for key in words if key == part or key.partition(".")[0] == part]
    return " and ".join(f"{BY_KEY[key].label} {' or '.join(dict.fromkeys(words[key].values()))}" for key in keys)
