"""The detail of an audit entry as lines that people read: what changed from what to what, and what was counted."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sonora.core import redaction, words

LONGEST = 200  # characters of one value
MOST = 30  # lines of one entry
SHOWN_AS = {"token_last4": "ends_in"}  # four characters, which every admin sees on the card


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One line. `before` is None where nothing was changed but something is told."""

    name: str
    before: str | None = None
    value: str


def of(detail: Mapping[str, Any]) -> list[Fact]:
    """The lines of *detail*, at most MOST, without secrets: those were never written, and would be hidden here."""
    safe = redaction.redacted({SHOWN_AS.get(name, name): value for name, value in detail.items()})
    return [*_changes(safe), *_told(safe)][:MOST]


def _changes(detail: Mapping[str, Any]) -> Iterator[Fact]:
    before, after = detail.get("before"), detail.get("after")
    if not (isinstance(before, Mapping) and isinstance(after, Mapping)):
        return
    for name in sorted({*before, *after}):
        if before.get(name) != after.get(name):
            yield Fact(name=_name(name), before=_value(before.get(name)), value=_value(after.get(name)))


def _told(detail: Mapping[str, Any]) -> Iterator[Fact]:
    changed = isinstance(detail.get("before"), Mapping) and isinstance(detail.get("after"), Mapping)
    for name, value in detail.items():
        if name == "connection" or (changed and name in ("before", "after")):
            continue
        if isinstance(value, Mapping):
            yield from (
                Fact(name=f"{_name(name)}: {_name(part).lower()}", value=_value(one)) for part, one in value.items()
            )
        else:
            yield Fact(name=_name(name), value=_value(value))


def _name(key: str) -> str:
    return key.replace("_", " ").capitalize()


def _value(value: Any) -> str:
    if value is None or value == "":
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return words.thousands(value)
    if isinstance(value, list):
        return ", ".join(_value(one) for one in value)[:LONGEST] or "none"
    return str(value)[:LONGEST]
