"""How well the companies of a connection are matched to customers: the bar on its card."""

from dataclasses import dataclass

from django.db.models import Count, Sum

from sonora.customers.models import Match
from sonora.customers.queue import conversations, present

State = Match.State

SHARES = {  # how a match stands, in the words of the bar
    "automatic": (State.AUTO,),
    "confirmed": (State.CONFIRMED,),
    "to review": (State.SUGGESTED, State.CONFLICT),
    "unmatched": (State.UNMATCHED,),
    "ignored": (State.IGNORED,),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """Companies, and the conversations that name them, by the words of `SHARES`; `by_id` were matched by their id."""

    companies: dict[str, int]
    conversations: dict[str, int]
    by_id: int


def of(connection_id: int) -> Health:
    """The health of one connection; one query."""
    groups = present(connection_id).order_by().values("state", "method")
    rows = list(groups.annotate(companies=Count("pk"), conversations=Sum(conversations())))
    return Health(
        companies={
            word: sum(row["companies"] for row in rows if row["state"] in states) for word, states in SHARES.items()
        },
        conversations={
            word: sum(row["conversations"] for row in rows if row["state"] in states) for word, states in SHARES.items()
        },
        by_id=sum(
            row["companies"] for row in rows if (row["state"], row["method"]) == (State.AUTO, Match.Method.EXTERNAL_ID)
        ),
    )
