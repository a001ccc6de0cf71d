"""The search language: filters and groups → a predicate, with the limits that Intercom sets."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from integrations.intercom.sandbox.errors import ApiError, invalid

Predicate = Callable[[Any], bool]
NESTING_MOST = 2
FILTERS_MOST = 15
OPERATORS = frozenset({"=", "!=", "IN", "NIN", ">", "<", ">=", "<=", "~", "!~", "^", "$"})
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Field:
    """A searchable field: how to read it, and of which kind it is (text, words, int, bool, date, list)."""

    kind: str
    read: Callable[[Any], Any]
    operators: frozenset[str] = OPERATORS


@dataclass(frozen=True, slots=True)
class Days:
    """Dates are compared by calendar day: *bounds* gives a moment's day as (first second, first second after it)."""

    bounds: Callable[[int], tuple[int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """What may be searched, and how dates are compared: by second, or by day when *days* is given."""

    field: Callable[[str], Field | None]
    days: Days | None = None
    inclusive: bool = False


@dataclass(slots=True)
class Query:
    """A parsed query: its predicate and, for each date field, the closed range that it cannot match outside of."""

    matches: Predicate
    ranges: dict[str, tuple[int, int]]


EVER = (-(2**62), 2**62)


def parse(query: Any, language: Language) -> Query:
    """The query of a search body. Raises ApiError (400) for what Intercom refuses."""
    if query is None or query == {}:
        return Query(lambda _: True, {})
    return _node(query, language, depth=1)


def _node(node: Any, language: Language, *, depth: int) -> Query:
    if not isinstance(node, dict):
        raise invalid("query must be an object with operator and value", field="query")
    if node.get("operator") in {"AND", "OR"} and "field" not in node:
        return _group(node, language, depth=depth)
    return _filter(node, language)


def _group(node: dict[str, Any], language: Language, *, depth: int) -> Query:
    children = node.get("value")
    if not isinstance(children, list) or not children:
        raise invalid("value of a group must be a list of filters", field="value")
    if depth > NESTING_MOST:
        raise ApiError(400, "bad_request", f"Queries can be nested at most {NESTING_MOST} levels deep")
    if len(children) > FILTERS_MOST:
        raise ApiError(400, "bad_request", f"A group can hold at most {FILTERS_MOST} filters")
    parsed = [_node(child, language, depth=depth + 1) for child in children]
    tests = [child.matches for child in parsed]
    if node["operator"] == "OR":
        return Query(lambda subject: any(test(subject) for test in tests), {})
    return Query(lambda subject: all(test(subject) for test in tests), _intersection(parsed))


def _intersection(parsed: list[Query]) -> dict[str, tuple[int, int]]:
    ranges: dict[str, tuple[int, int]] = {}
    for child in parsed:
        for name, (low, high) in child.ranges.items():
            known_low, known_high = ranges.get(name, EVER)
            ranges[name] = (max(low, known_low), min(high, known_high))
    return ranges


def _filter(node: dict[str, Any], language: Language) -> Query:
    name, operator = str(node.get("field")), node.get("operator")
    found = language.field(name)
    if found is None:
        raise invalid(f"Field {name} is not searchable", field="field")
    if operator not in found.operators:
        raise invalid(f"Operator {operator} is not supported for field {name}", field="operator")
    value = node.get("value")
    if operator in {"IN", "NIN"} and not isinstance(value, list):
        raise invalid(f"value must be an array for the {operator} operator", field="value")
    if found.kind == "date":
        return _date_filter(name, found, operator, value, language)
    wanted = (
        [_typed(found.kind, each, name) for each in value]
        if isinstance(value, list)
        else _typed(found.kind, value, name)
    )
    compare = _COMPARISONS[operator]
    return Query(_reader(found, lambda actual: compare(actual, wanted)), {})


def _reader(found: Field, test: Predicate) -> Predicate:
    read, many = found.read, found.kind in {"list", "words"}
    if not many:
        return lambda subject: test(read(subject))

    def over_many(subject: Any) -> bool:
        return test(_Many(read(subject) or ()))

    return over_many


class _Many(tuple[Any, ...]):
    """Several values of one field: equal when one of them is."""

    __slots__ = ()


def _date_filter(name: str, found: Field, operator: str, value: Any, language: Language) -> Query:
    if language.days and operator not in {"=", ">", "<"}:
        raise invalid(f"Operator {operator} is not supported for date field {name}", field="operator")
    if isinstance(value, list):
        wanted = {_typed("int", each, name) for each in value}
        inside = operator == "IN"
        return Query(lambda subject: (found.read(subject) in wanted) is inside, {})
    moment = _typed("int", value, name)
    if moment is None or operator not in {"=", ">", "<", ">=", "<="}:
        compare = _COMPARISONS[operator]
        return Query(lambda subject: compare(found.read(subject), moment), {})
    low, high = _range(operator, moment, language)

    def within(subject: Any) -> bool:
        actual = found.read(subject)
        return actual is not None and low <= actual <= high

    return Query(within, {name: (low, high)})


def _range(operator: str, moment: int, language: Language) -> tuple[int, int]:
    first, after = language.days.bounds(moment) if language.days else (moment, moment + 1)
    if operator == "=":
        return first, after - 1
    strict = operator in {"<", ">"} and not (language.inclusive and not language.days)
    if operator in {">", ">="}:
        return (after if strict else first), EVER[1]
    return EVER[0], (first - 1 if strict else after - 1)


def _typed(kind: str, value: Any, name: str) -> Any:
    if value is None:
        return None
    if kind == "int":
        try:
            return int(float(value)) if isinstance(value, str | float) else int(value)
        except (ValueError, TypeError):
            raise invalid(f"value of {name} must be a number", field="value") from None
    if kind == "bool":
        if str(value).lower() not in {"true", "false"}:
            raise invalid(f"value of {name} must be true or false", field="value")
        return str(value).lower() == "true"
    return str(value).lower()


def _equal(actual: Any, wanted: Any) -> bool:
    if isinstance(actual, _Many):
        return any(_equal(each, wanted) for each in actual) if wanted is not None else not actual
    return bool((actual.lower() if isinstance(actual, str) else actual) == wanted)


def _in(actual: Any, wanted: Any) -> bool:
    return any(_equal(actual, each) for each in wanted)


def _text(actual: Any) -> str:
    if isinstance(actual, _Many):
        return " ".join(map(str, actual)).lower()
    return "" if actual is None else str(actual).lower()


def _ordered(actual: Any, wanted: Any, test: Callable[[Any, Any], bool]) -> bool:
    if actual is None or wanted is None:
        return False
    try:
        return test(actual, wanted)
    except TypeError:
        return False


_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "=": _equal,
    "!=": lambda actual, wanted: not _equal(actual, wanted),
    "IN": _in,
    "NIN": lambda actual, wanted: not _in(actual, wanted),
    ">": lambda actual, wanted: _ordered(actual, wanted, lambda a, b: a > b),
    "<": lambda actual, wanted: _ordered(actual, wanted, lambda a, b: a < b),
    ">=": lambda actual, wanted: _ordered(actual, wanted, lambda a, b: a >= b),
    "<=": lambda actual, wanted: _ordered(actual, wanted, lambda a, b: a <= b),
    "~": lambda actual, wanted: str(wanted) in _text(actual),
    "!~": lambda actual, wanted: str(wanted) not in _text(actual),
    "^": lambda actual, wanted: _text(actual).startswith(str(wanted)),
    "$": lambda actual, wanted: _text(actual).endswith(str(wanted)),
}


def words(text: str | None) -> list[str]:
    """The single words of *text*: a message's body is searched by them, not by phrases."""
    return _WORD.findall(text.lower()) if text else []
