"""How many searches a span of time costs, however its changes lie in it, and in whatever order they are given."""

import tracemalloc
from collections import Counter
from collections.abc import Callable
from math import ceil
from random import Random
from types import SimpleNamespace
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from integrations.providers import Range
from integrations.records import Answer, ConversationSeen, Page
from integrations.sync import search, windows
from integrations.sync.slice import Slice
from tests.simulation.inline import InlineWire

DAY = 86_400
START = 1_790_000_000
NOON = START + DAY // 2
ORDERS: dict[str, Callable[[int], object]] = {
    "oldest first": lambda at: at,
    "newest first": lambda at: -at,
    "any": lambda at: at * 7_919 % 1_009,
}


class Searches:
    """A source that knows nothing but when conversations changed. It counts what it is asked."""

    def __init__(self, changes: list[int], *, order: str, tells: bool = True) -> None:
        self.asked = 0
        self._changes = sorted(enumerate(sorted(changes)), key=lambda row: (ORDERS[order](row[1]), row[0] * 31 % 97))
        self._tells = tells

    async def search_conversations(
        self, within: Range, *, cursor: str = "", size: int = windows.PAGE
    ) -> Answer[Page[ConversationSeen]]:
        """At most a page of a superset, of one second more on each side."""
        self.asked += 1
        lo, hi = within.lo or 0, within.hi or 0
        found = [row for row in self._changes if lo - 1 <= row[1] <= hi + 1]
        start = int(cursor or 0)
        more = str(start + windows.PAGE) if start + windows.PAGE < len(found) else ""
        rows = [
            ConversationSeen(external_id=str(number), updated_at=at)
            for number, at in found[start : start + windows.PAGE]
        ]
        return Answer(value=Page(rows=rows, next=more, total=len(found) if self._tells else None))


def read(changes: list[int], *, order: str = "oldest first", tells: bool = True) -> tuple[int, set[str]]:
    """The number of searches upwards over the day, and what they found."""
    source, found, frontier = Searches(changes, order=order, tells=tells), set[str](), START
    work = _work(source)
    while frontier <= START + DAY:
        window = search.upwards(work, "updated_at", frontier=frontier, end=START + DAY)
        found |= {row.external_id for row in window.rows}
        frontier = window.hi + 1
    return source.asked, found


def read_down(changes: list[int], *, order: str) -> tuple[int, set[str]]:
    """The same downwards."""
    source, found, frontier = Searches(changes, order=order), set[str](), START + DAY
    work = _work(source)
    while frontier >= START:
        window = search.downwards(work, "updated_at", frontier=frontier, edge=START, only_open=False)
        found |= {row.external_id for row in window.rows}
        assert window.lo is not None
        frontier = window.lo - 1
    return source.asked, found


def _work(source: Searches) -> Slice:
    wire = InlineWire(cast("Any", source), in_flight=lambda: 1)
    return cast("Slice", SimpleNamespace(ask=wire.ask, spans={}, state=SimpleNamespace(spans={})))


def allowed(changes: list[int]) -> float:
    crowded = sum(number > windows.PAGE for number in Counter(changes).values())
    return 2.5 * ceil(len(changes) / windows.PAGE) + 2 + 25 * crowded


def evenly(number: int) -> list[int]:
    random = Random(number)
    return [START + random.randrange(DAY) for _ in range(number)]


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("number", [0, 1, 150, 151, 1_000, 5_000])
def test_changes_all_over_a_day_cost_two_and_a_half_searches_a_page(number: int, order: str) -> None:
    changes = evenly(number)
    asked, found = read(changes, order=order)
    assert len(found) == number
    assert asked <= allowed(changes)


@pytest.mark.parametrize("order", ORDERS)
def test_so_do_very_many(order: str) -> None:
    """A page of 25,000 is so small a sample that a second which it shows once says nothing of how many are in it."""
    changes = evenly(25_000)
    asked, found = read_down(changes, order=order)
    assert len(found) == len(changes)
    assert asked <= allowed(changes)


CROWDS = {
    "200 among 500": evenly(500) + [NOON] * 200,
    "1,000 among 500": evenly(500) + [NOON] * 1_000,
    "1,000 alone": [NOON] * 1_000,
    "151 among 5,000": evenly(5_000) + [NOON] * 151,
    "in the first second": evenly(500) + [START] * 400,
    "in the last second": evenly(500) + [START + DAY] * 400,
    "twice": evenly(500) + [NOON - 7] * 300 + [NOON] * 300,
    "three seconds in a row": evenly(500) + [NOON + one for one in range(3) for _ in range(200)],
}


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("changes", CROWDS.values(), ids=CROWDS)
def test_a_crowded_second_costs_25_searches_more_at_most(changes: list[int], order: str) -> None:
    for asked, found in (read(changes, order=order), read_down(changes, order=order)):
        assert len(found) == len(changes)
        assert asked <= allowed(changes)


SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 400)), max_size=6)


@given(crowds=SPANS, order=st.sampled_from(list(ORDERS)), tells=st.booleans())
@settings(max_examples=60, deadline=None)
def test_whatever_lies_in_it_all_of_it_is_found(crowds: list[tuple[int, int]], order: str, tells: bool) -> None:
    changes = [START + second for second, number in crowds for _ in range(number)]
    for found in (read(changes, order=order, tells=tells)[1], read_down(changes, order=order)[1]):
        assert len(found) == len(changes)


@pytest.mark.parametrize("order", ORDERS)
def test_nor_does_it_where_nothing_is_counted(order: str) -> None:
    changes = CROWDS["1,000 among 500"]
    asked, found = read(changes, order=order, tells=False)
    assert len(found) == len(changes)
    assert asked <= allowed(changes)


def test_5000_changes_in_one_second_are_all_read_in_memory_that_100000_would_fit_into() -> None:
    changes = [NOON] * 5_000
    tracemalloc.start()
    asked, found = read(changes)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(found) == len(changes)
    assert asked <= allowed(changes)
    assert peak * 20 <= 100 * 2**20
