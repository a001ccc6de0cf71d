"""Nobody waits for a large neighbour: a whole installation on a fake clock."""

from collections import Counter
from math import ceil
from typing import Any

import pytest

from tests.factories.integrations import NOW
from tests.simulation.office import (
    ASKED_FOR,
    BACKFILL,
    FIRST_SYNC,
    NEVER_ENDING_RUN,
    SMALL,
    SWEEP,
    WHOLE,
    Office,
    Work,
)

pytestmark = [pytest.mark.simulation, pytest.mark.django_db]
PLACES = 8
WHALE = Work(requests=4_000)
LONG = pytest.mark.parametrize("kind", [FIRST_SYNC, BACKFILL, SWEEP], ids=["first sync", "backfill", "sweep"])


@pytest.fixture(autouse=True)
def places(settings: Any) -> None:
    settings.SYNC_PLACES = PLACES


def p95(values: list[int]) -> int:
    return values[ceil(0.95 * len(values)) - 1]


def small_ones(*whales: dict[str, Any]) -> list[int]:
    """How long the slices of 200 small connections wait beside large ones, each of its kind."""
    office = Office()
    small = office.add(200, SMALL, due=[NOW + 300 * one // 200 for one in range(200)])
    for kind in whales:
        office.add(1, WHALE, **kind)
    office.run(600)
    return office.dwells(small)


def test_a_workspace_with_a_million_conversations_keeps_no_small_one_waiting() -> None:
    alone, beside = small_ones(), small_ones(FIRST_SYNC)
    assert p95(beside) <= 60
    assert p95(beside) <= 1.1 * p95(alone)


def test_nor_do_twenty_of_them() -> None:
    assert p95(small_ones(*[FIRST_SYNC, BACKFILL, SWEEP, NEVER_ENDING_RUN] * 5)) <= 60


def test_equal_connections_have_equal_shares() -> None:
    office = Office()
    equal = office.add(20, Work(), **NEVER_ENDING_RUN)
    office.run(900)
    assert jain(office.requests(equal)) >= 0.95


def test_classes_share_by_their_weights(settings: Any) -> None:
    settings.SYNC_PLACES = 2
    office = Office()
    asked = office.add(4, Work(), **ASKED_FOR)
    sweeps = office.add(4, Work(), **SWEEP)
    office.run(2_000)
    assert 6 <= sum(office.requests(asked)) / sum(office.requests(sweeps)) <= 10


@pytest.mark.parametrize("number", [9, 40])
def test_nobody_waits_longer_than_one_slice_of_everybody(number: int) -> None:
    office = Office()
    everybody = office.add(number, Work(), **NEVER_ENDING_RUN)
    office.run(600)
    assert max(office.dwells(everybody)) <= ceil(number / PLACES) * WHOLE
    assert {one.connection for one in office.started} == set(everybody)


@LONG
def test_a_newcomer_waits_for_one_slice_of_everybody_at_most(kind: dict[str, Any]) -> None:
    office = Office()
    office.add(30, WHALE, **kind)
    office.add(10, WHALE, **NEVER_ENDING_RUN)
    newcomer = office.add(1, SMALL, due=NOW + 307)
    office.run(600)
    assert office.dwells(newcomer)[0] <= ceil(41 / PLACES) * WHOLE


def test_500_that_are_due_at_once_begin_over_an_interval() -> None:
    office = Office()
    herd = office.add(500, Work(seconds=1, requests=4, interval=900), due=NOW - 3_600)
    asked = office.add(1, SMALL, due=NOW, **ASKED_FOR)
    office.run(900)
    firsts = {one.connection: one.at for one in reversed(office.started)}
    starts = Counter((firsts[one] - NOW) // 10 for one in herd)
    assert sum(starts.values()) == len(herd)
    assert max(starts.values()) <= 3 * len(herd) * 10 / 900
    assert office.dwells(asked)[0] == 0


def jain(shares: list[int]) -> float:
    """Jain's index: 1 when all have the same."""
    return sum(shares) ** 2 / (len(shares) * sum(share**2 for share in shares))
