"""The filter as a value: in an address, in JSON, without one of its parts."""

import pytest
from django.http import QueryDict

from sonora.filters.filterset import FilterSet

FULL = FilterSet(states=frozenset({"open", "closed"}), tags=frozenset({7, 3}), customer=5, person=6, text="late & loud")


def test_an_address_says_the_filter_in_one_order():
    assert FULL.query == "q=late+%26+loud&state=open&state=closed&tag=3&tag=7&customer=5&person=6"
    assert FilterSet.from_query(QueryDict(FULL.query)) == FULL


def test_json_keeps_all_of_it():
    assert FilterSet.from_json(FULL.as_json()) == FULL
    assert FilterSet.from_json({}) == FilterSet()


@pytest.mark.parametrize(
    "query",
    [
        "", "state=", "state=nonsense", "tag=x", "tag=-1", "tag=", f"tag={2**63}", "tag=٣", "customer=1e3",
        "person=0x1", "q=", "q=+++", "q=%00", "unknown=1",
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_passed_over(query: str):
    assert FilterSet.from_query(QueryDict(query)).is_empty


def test_long_and_many_values_are_cut():
    query = QueryDict("q=" + "x" * 10_000 + "".join(f"&tag={one}" for one in range(500)))
    shown = FilterSet.from_query(query)
    assert (len(shown.text), len(shown.tags)) == (500, 100)


@pytest.mark.parametrize("part", ["states", "tags", "customer", "person", "text"])
def test_a_part_is_left_out_alone(part: str):
    rest = FULL.without(part)
    assert [name for name in FULL.as_json() if rest.as_json()[name] != FULL.as_json()[name]] == [part]
