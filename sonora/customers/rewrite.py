"""Writing many matches at once, each a version further."""

from collections.abc import Iterable

from sonora.core.upsert import upsert
from sonora.customers.models import Match

FACTS = ("customer_id", "external_id_id", "state", "method", "score", "reasons", "decided_by", "doubt", "has_rivals")
_COLUMNS = ("id", "workspace_id", "company_id", *FACTS, "decided_at", "names_due", "version")


def facts(match: Match) -> dict[str, object]:
    """What a match says, by column; JSON can carry it."""
    return {name: str(value) if name in {"state", "method", "doubt"} else value for name, value in _values(match)}


def _values(match: Match) -> Iterable[tuple[str, object]]:
    return ((name, getattr(match, name)) for name in FACTS)


def linked_to(match: Match) -> int | None:
    """The customer that the company's conversations belong to."""
    return match.customer_id if match.state in Match.LINKING else None


def add(matches: Iterable[Match]) -> None:
    """Write *matches*, which are new; a company that has one by now keeps it."""
    columns = [name for name in _COLUMNS if name != "id"]
    rows = [{name: getattr(match, name) for name in columns} for match in matches]
    upsert(Match, rows, key=("company_id",), update=())


def save(matches: Iterable[Match], *, now: int) -> None:
    """Write *matches*, which are locked, as changed at *now* (Unix seconds)."""
    rows = []
    for match in matches:
        match.version += 1
        match.decided_at = now
        rows.append({name: getattr(match, name) for name in _COLUMNS})
    upsert(Match, rows, key=("id",), update=(*FACTS, "decided_at", "names_due", "version"))
