"""How many searches a span of time costs, however its changes lie in it."""

from math import ceil
from random import Random
from types import SimpleNamespace
from typing import Any, cast

import pytest

from integrations.providers import Range
from integrations.records import Answer, ConversationSeen, Page
from integrations.sync import search, windows
from integrations.sync.slice import Slice
from tests.simulation.inline import InlineWire

DAY = 86_400
START = 1_790_000_000


class Searches:
    """A source that knows nothing but when conversations changed. It counts what it is asked."""

    def __init__(self, changes: list[int]) -> None:
        self.asked = 0
        self._rows = [ConversationSeen(external_id=str(n), updated_at=at) for n, at in enumerate(sorted(changes))]

    async def search_conversations(self, within: Range, *, cursor: str = "") -> Answer[Page[ConversationSeen]]:
        self.asked += 1
        lo, hi = within.lo or 0, within.hi or 0
        found = [row for row in self._rows if lo - 1 <= (row.updated_at or 0) <= hi + 1]
        start = int(cursor or 0)
        more = str(start + windows.PAGE) if start + windows.PAGE < len(found) else ""
        return Answer(value=Page(rows=found[start : start + windows.PAGE], next=more, total=len(found)))


def read(changes: list[int]) -> tuple[int, set[str]]:
    """The number of searches, and what they found."""
    source, found, frontier = Searches(changes), set[str](), START
    wire = InlineWire(cast("Any", source), in_flight=lambda: 1)
    work = cast("Slice", SimpleNamespace(ask=wire.ask, spans={}))
    while frontier <= START + DAY:
        window = search.upwards(work, "updated_at", frontier=frontier, end=START + DAY)
        found |= {row.external_id for row in window.rows}
        frontier = window.hi + 1
    return source.asked, found


def evenly(number: int) -> list[int]:
    random = Random(number)
    return [START + random.randrange(DAY) for _ in range(number)]


@pytest.mark.parametrize("number", [0, 1, 150, 151, 1_000, 5_000])
def test_changes_all_over_a_day_cost_two_and_a_half_searches_a_page(number: int) -> None:
    asked, found = read(evenly(number))
    assert len(found) == number
    assert asked <= 2.5 * ceil(number / windows.PAGE) + 2
