"""The figures that matching holds itself to, on a world of firms that it has not seen."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from benchmarks.matching import World, measure


@pytest.mark.parametrize("seed", [11, 12])
def test_links_are_right_suggestions_nearly_always_and_few_customers_are_missed(seed: int):
    measured = measure(World.of(seed=seed, customers=400, companies=600))
    assert measured.count("auto") > 100
    assert measured.precision >= 0.999
    assert measured.top_1 >= 0.95
    assert measured.recall >= 0.97


@pytest.mark.long
def test_ten_thousand_companies_meet_five_thousand_customers_in_ten_seconds():
    measured = measure(World.of(seed=13, customers=5_000, companies=10_000))
    assert measured.seconds <= 10
    assert measured.precision >= 0.999
    assert measured.top_1 >= 0.95
    assert measured.recall >= 0.97
