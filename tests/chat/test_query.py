"""The typed query: to and from JSON and an address."""

from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from sonora.chat.query import Group, Intent, Metric, Order, Query
from sonora.filters.filterset import FilterSet

QUERIES = st.builds(
    Query,
    intent=st.sampled_from(Intent),
    metric=st.sampled_from(Metric),
    group_by=st.none() | st.sampled_from(Group),
    order=st.none() | st.sampled_from(Order),
    limit=st.none() | st.integers(1, 100),
    filters=st.sampled_from([FilterSet(), FilterSet(states=frozenset({"open"}), text="invoice")]),
)


@given(QUERIES)
def test_json_says_the_whole_query(query: Query):
    assert Query.from_json(query.as_json()) == query


@given(QUERIES)
def test_an_address_says_the_whole_query(query: Query):
    assert Query.from_query(QueryDict(urlencode(query.pairs))) == query


@pytest.mark.parametrize(
    "wrong", [{"intent": "delete"}, {"metric": "passwords"}, {"group_by": "app_id"}, {"limit": 0}, {"limit": "5"}]
)
def test_a_proposed_query_with_a_word_that_is_none_is_refused(wrong: dict[str, object]):
    with pytest.raises(ValueError, match="is no"):
        Query.from_json({**Query().as_json(), **wrong})


@pytest.mark.parametrize(
    "address", ["", "intent=delete&metric=x&by=y&order=z&limit=0", "limit=-1", "limit=1e9", "limit=٣", "limit=101"]
)
def test_an_address_that_cannot_be_meant_lists_conversations(address: str):
    assert Query.from_query(QueryDict(address)) == Query()
