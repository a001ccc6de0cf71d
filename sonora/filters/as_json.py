"""A filter as JSON, for canvases, threads and the interpreter; docs/filters.md has the schema.

Reading goes the way of an address, so that whoever wrote the JSON, nothing comes in that an address could not say.
"""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from sonora.filters.kinds import NOBODY, YES, Flag, Ids, Span, Text
from sonora.filters.parts import BY_KEY, PARTS, TAGGED, Part

if TYPE_CHECKING:
    from sonora.filters.filterset import FilterSet


def write(shown: "FilterSet") -> dict[str, Any]:
    """Every field of *shown*, those that leave it open too."""
    written: dict[str, Any] = {}
    for part in PARTS:
        field, _, how = part.key.partition(".")
        place = written.setdefault(field, {}) if how else written
        place[how or field] = _plain(part, shown.of(part.key))
    return written


def _plain(part: Part, value: Any) -> Any:
    if isinstance(part.kind, Text | Flag):
        return value
    if isinstance(part.kind, Span):
        return str(value) if value else None
    if isinstance(part.kind, Ids):
        return [None] * (None in value) + sorted(one for one in value if one is not None)
    return part.kind.write(value)


def lists(value: Mapping[str, Any]) -> dict[str, list[str]]:
    """*value* in the names and values of an address; what is not of the schema stands there as it is, to be named."""
    found: dict[str, list[str]] = {}
    for key, one in _leaves(value):
        part = BY_KEY.get(key)
        words = [_listed(each) for each in one] if isinstance(one, list | tuple) else [_alone(one)]
        found[part.name if part else key] = [word for word in words if word]
    return {name: words for name, words in found.items() if words}


def _leaves(value: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for key, one in value.items():
        if key in TAGGED and isinstance(one, Mapping):
            yield from ((f"{key}.{how}", each) for how, each in one.items())
        else:
            yield str(key), one


def _listed(value: Any) -> str:
    """As an address says one of several: null is nobody."""
    return NOBODY if value is None else str(value)


def _alone(value: Any) -> str:
    """As an address says one that stands alone: null and false leave the part open; "yes" is 1 where yes is meant."""
    if value is None or value is False:
        return ""
    return YES if value is True else str(value)
