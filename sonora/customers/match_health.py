"""How well the companies of a connection are matched to customers: the bar on its card."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Sum
from django.db.models.functions import Coalesce

from sonora.customers.models import Match
from sonora.customers.queue import present

State = Match.State

WORDS = {
    State.AUTO: "automatic",
    State.CONFIRMED: "confirmed",
    State.SUGGESTED: "to review",
    State.CONFLICT: "to review",
    State.UNMATCHED: "unmatched",
    State.IGNORED: "ignored",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """How many companies, and conversations that name them, by the words of `WORDS`.

    `by_id` were matched by their id, `suggested` wait for a person to accept or reject a suggestion.
    """

    companies: Mapping[str, int]
    conversations: Mapping[str, int]
    by_id: int
    suggested: int


def of(connection_id: int) -> Health:
    """The health of one connection; one query."""
    groups = present(connection_id).order_by().values("state", "method")
    named = Coalesce(Sum("company__totals__conversations"), 0)
    rows = list(groups.annotate(companies=Count("pk", distinct=True), conversations=named))
    by_id = [row for row in rows if (row["state"], row["method"]) == (State.AUTO, Match.Method.EXTERNAL_ID)]
    return Health(
        companies=_by_word(rows, "companies"),
        conversations=_by_word(rows, "conversations"),
        by_id=sum(row["companies"] for row in by_id),
        suggested=sum(row["companies"] for row in rows if row["state"] == State.SUGGESTED),
    )


def _by_word(rows: Sequence[Any], column: str) -> dict[str, int]:
    found = dict.fromkeys(WORDS.values(), 0)
    for row in rows:
        found[WORDS[row["state"]]] += row[column]
    return found
