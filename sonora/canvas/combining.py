"""A canvas's filter and a block's, both at once: what passes is exactly what passes each of them.

A number opens a list, so both must be said by one filter. Where a conversation has one value of a part (its state, its
customer), both say what they have in common. Where it can have several (its tags, its people), one filter says both
only if one of them implies the other; else the canvas's part is not applied, and the block says so.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sonora.chat.query import Metric
from sonora.filters.dates import Between, Bounds, Dates, Latest
from sonora.filters.filterset import FilterSet
from sonora.filters.parts import SPANS
from sonora.filters.rows import standings, successors
from sonora.filters.tags import Tags
from sonora.filters.viewer import Viewer

TAGGED = ("tags", "message_tags", "contact_tags", "company_tags")
ONE_EACH = ("states", "sentiments", "assignees", "customers", "tiers")
OF_ONE_PERSON = standings.PARTS  # all of them must be true of the same one
OF_SEVERAL_COMPANIES = ("customers", "tiers")  # of people, who may belong to many


class Contradiction(Exception):
    """Nothing can pass both."""


class Unsayable(Exception):
    """No one filter says both."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Both:
    """*filters* say both, but for the parts (by key) of the canvas that are *unsayable* beside the block's own.

    Where parts are *contradicted* nothing can pass both.

    Of tags that contradict each other the whole field is named: what one wants may be what the other rules out.
    """

    filters: FilterSet
    contradicted: tuple[str, ...] = ()
    unsayable: tuple[str, ...] = ()

    @property
    def is_sayable(self) -> bool:
        return not (self.contradicted or self.unsayable)


def both(canvas: FilterSet, block: FilterSet, *, metric: Metric, viewer: Viewer) -> Both:
    """What passes *canvas* and *block*, where *metric* is listed or counted."""
    filters = block
    wrong: dict[type[Exception], list[str]] = {Contradiction: [], Unsayable: []}
    for part in canvas.parts:
        try:
            _hold_to_one_person(part, canvas, block, metric)
            filters = _said(filters, part, canvas.of(part), metric=metric, viewer=viewer)
        except (Contradiction, Unsayable) as error:
            wrong[type(error)].append(part)
    at_odds = [field for field in TAGGED if _at_odds(canvas.of(field), block.of(field), filters.of(field))]
    return Both(
        filters=filters,
        contradicted=(*wrong[Contradiction], *at_odds),
        unsayable=tuple(part for part in wrong[Unsayable] if part.partition(".")[0] not in at_odds),
    )


def _hold_to_one_person(part: str, canvas: FilterSet, block: FilterSet, metric: Metric) -> None:
    """Raises Unsayable where *part* is said of one person who takes part, and each may mean another."""
    if part not in OF_ONE_PERSON or (metric is Metric.PEOPLE and not (canvas.text or block.text)):
        return
    said = [(canvas.of(one), block.of(one)) for one in OF_ONE_PERSON]
    if any(theirs for _, theirs in said) and not all(ours == theirs for ours, theirs in said):
        raise Unsayable


def _at_odds(ours: Tags, theirs: Tags, together: Tags) -> bool:
    """Whether nothing can have the tags of both, though it can have those of each."""
    sets = (ours.any, theirs.any, together.any)
    return not (_excludes(ours) or _excludes(theirs)) and any(_excludes(replace(together, any=one)) for one in sets)


def _excludes(tags: Tags) -> bool:
    """Whether *tags* rule out what they want."""
    wanted = bool(tags.any or tags.all)
    return bool(tags.all & tags.none or (tags.any and tags.any <= tags.none) or (tags.untagged and wanted))


def _said(filters: FilterSet, part: str, ours: Any, *, metric: Metric, viewer: Viewer) -> FilterSet:
    """*filters* with *ours* besides what they say of *part*. Raises Contradiction and Unsayable."""
    theirs, (field, _, how) = filters.of(part), part.partition(".")
    if not theirs:
        return filters.given(part, ours)
    if part in SPANS:
        return filters.given(part, _time(ours, theirs, viewer))
    if how == "any":
        return _any_of_tags(filters, field, ours, theirs)
    if how:
        return filters.given(part, ours | theirs)
    if part == "text":
        return filters.given(part, _same(ours, theirs))
    ours, theirs = (_later(part, one, viewer) for one in (ours, theirs))
    has_many = metric is Metric.PEOPLE and part in OF_SEVERAL_COMPANIES
    has_one = (part in ONE_EACH and not has_many) or part in OF_ONE_PERSON
    return filters.given(part, _common(ours, theirs) if has_one else _implied(ours, theirs))


def _any_of_tags(filters: FilterSet, field: str, ours: frozenset[int], theirs: frozenset[int]) -> FilterSet:
    """A tag that one of them asks for alone is one that all must have."""
    if ours <= theirs or theirs <= ours:
        return filters.given(f"{field}.any", ours & theirs)
    for alone, some in ((ours, theirs), (theirs, ours)):
        if len(alone) == 1:
            must = filters.of(f"{field}.all") | alone
            return filters.given(f"{field}.all", must).given(f"{field}.any", some)
    raise Unsayable


def _common(ours: frozenset[Any], theirs: frozenset[Any]) -> frozenset[Any]:
    if not ours & theirs:
        raise Contradiction
    return ours & theirs


def _implied(ours: frozenset[Any], theirs: frozenset[Any]) -> frozenset[Any]:
    if ours <= theirs or theirs <= ours:
        return ours & theirs
    raise Unsayable


def _same(ours: str, theirs: str) -> str:
    """Words that must stand in one message are no words in two, so only the same text says both."""
    if ours != theirs:
        raise Unsayable
    return ours


def _time(ours: Dates, theirs: Dates, viewer: Viewer) -> Dates:
    """The span in which both overlap."""
    start, end = _overlap(_bounds(ours, viewer), _bounds(theirs, viewer))
    for span in (theirs, ours):
        if _bounds(span, viewer) == (start, end):
            return span
    if any(isinstance(span, Latest) and span.unit == "hour" for span in (ours, theirs)):
        raise Unsayable  # part of a day: a span between two days says whole ones
    day = [None if at is None else datetime.fromtimestamp(at, viewer.zone).date() for at in (start, end and end - 1)]
    return Between(*day)


def _bounds(span: Dates, viewer: Viewer) -> Bounds:
    """An end that is still to come is none: nothing has happened after now."""
    start, end = span.bounds(viewer.now, viewer.zone)
    return start, end if end is not None and end <= viewer.now else None


def _overlap(ours: Bounds, theirs: Bounds) -> Bounds:
    start = max((one[0] for one in (ours, theirs) if one[0] is not None), default=None)
    end = min((one[1] for one in (ours, theirs) if one[1] is not None), default=None)
    if start is not None and end is not None and start >= end:
        raise Contradiction
    return start, end


def _later(part: str, ids: frozenset[Any], viewer: Viewer) -> frozenset[Any]:
    """*ids* with whom those became who were merged meanwhile."""
    match part:
        case "customers":
            return successors.of_customers(ids, viewer)
        case "people":
            return frozenset(successors.of_people(ids, viewer))
        case "requests":
            return frozenset(successors.of_requests(ids, viewer))
        case _:
            return ids
