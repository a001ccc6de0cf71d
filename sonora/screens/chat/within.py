"""What a question is asked within: the filter of the page that it is asked on, or the answer that it follows."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from sonora.chat.query import Query
from sonora.filters.chips import Chip, chips
from sonora.filters.filterset import FilterSet

LONGEST = 8_000  # characters of an address


@dataclass(frozen=True, slots=True)
class Within:
    """The locked chips of a chat that begins on somebody's page, and what its form carries along."""

    chips: Sequence[Chip]
    before: str


def of(address: QueryDict) -> Within | None:
    """What *address* says that a chat begins with; None when it says nothing."""
    shown = FilterSet.from_query(address)
    if shown.is_empty:
        return None
    question = address.get("question", "")
    kept = (("question", question),) if question else ()
    return Within(chips(shown, path=reverse("chat"), kept=kept), written(Query(filters=shown)))


def written(query: Query) -> str:
    """*query* as a form carries it."""
    return urlencode(query.pairs)


def before(text: str) -> Query | None:
    """The query that a form carried; None when it carried none."""
    if not text or len(text) > LONGEST:
        return None
    return Query.from_query(QueryDict(text))
