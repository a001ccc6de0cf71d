"""Rules by which the sandbox misbehaves: which requests, how often, and how."""

import fnmatch
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

KINDS = frozenset(
    [
        "status",
        "rate_limited",
        "html",
        "empty",
        "truncated",
        "drip",
        "hang",
        "gzip_bomb",
        "truncated_gzip",
        "redirect",
        "huge",
        "deep",
        "raw",
        "headers",
        "patch",
        "delay",
        "mutate",
    ]
)


@dataclass(slots=True)
class Rule:
    """Misbehaviour for requests that match *path* (a shell pattern) and *method*.

    With *second* it is for searches of a time (of *of_field*, if that is named) that includes this second alone.
    It lets the first *skip* of them pass, then acts *times* times (None: for ever). *kind* says what it does and
    *details* holds the rest of what was asked for.
    """

    kind: str
    path: str = "*"
    method: str = "*"
    skip: int = 0
    times: int | None = 1
    second: int | None = None
    of_field: str = "*"
    details: dict[str, Any] = field(default_factory=dict)

    def applies(self, method: str, path: str, content: bytes) -> bool:
        """Whether this request is one of its own."""
        is_here = fnmatch.fnmatchcase(path, self.path) and self.method in {"*", method}
        return is_here and (self.second is None or _covers(json.loads(content)["query"], self.second, self.of_field))

    def due(self) -> bool:
        """Count one request of its own; True when the rule acts on it."""
        if self.skip:
            self.skip -= 1
            return False
        if self.times is not None:
            self.times -= 1
        return True

    @property
    def spent(self) -> bool:
        return self.times is not None and self.times <= 0


@dataclass(slots=True)
class Trouble:
    """The rules in force, oldest first."""

    rules: list[Rule] = field(default_factory=list)

    def add(self, wish: dict[str, Any]) -> Rule:
        """A rule as the control interface asks for it. Raises ValueError for an unknown kind."""
        details = dict(wish)
        kind = details.pop("kind", "status")
        if kind not in KINDS:
            raise ValueError(f"kind must be one of {', '.join(sorted(KINDS))}")
        rule = Rule(
            kind=kind,
            path=details.pop("path", "*"),
            method=details.pop("method", "*").upper(),
            skip=int(details.pop("skip", 0)),
            times=details.pop("times", 1),
            second=details.pop("second", None),
            of_field=details.pop("field", "*"),
            details=details,
        )
        self.rules.append(rule)
        return rule

    def find(self, method: str, path: str, content: bytes = b"") -> list[Rule]:
        """The rules that act on this request, counted: every `mutate` and at most one other."""
        acting: list[Rule] = []
        for rule in self.rules:
            if not rule.applies(method, path, content):
                continue
            if rule.kind != "mutate" and any(each.kind != "mutate" for each in acting):
                continue
            if rule.due():
                acting.append(rule)
        self.rules = [rule for rule in self.rules if not rule.spent]
        return acting


def _covers(query: dict[str, Any], second: int, of_field: str) -> bool:
    """Whether *query* asks for times of *of_field* ("*": of any) and leaves room for *second*."""
    bounds = [one for one in _conditions(query) if one["operator"] in {"<", ">"} and of_field in {"*", one["field"]}]
    after = (second > int(one["value"]) for one in bounds if one["operator"] == ">")
    before = (second < int(one["value"]) for one in bounds if one["operator"] == "<")
    return bool(bounds) and all((*after, *before))


def _conditions(query: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The conditions in *query*, without what joins them."""
    if query["operator"] not in {"AND", "OR"}:
        yield query
        return
    for each in query["value"]:
        yield from _conditions(each)
