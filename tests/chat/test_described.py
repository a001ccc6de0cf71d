"""A typed query in words."""

import pytest

from sonora.chat.answers import described
from sonora.chat.query import Group, Intent, Metric, Order, Query
from sonora.filters import dates
from sonora.filters.filterset import FilterSet

WORDS = {
    "Conversations": Query(),
    "How many customers": Query(intent=Intent.COUNT, metric=Metric.CUSTOMERS),
    "Conversations by tag, most first": Query(intent=Intent.TOP, group_by=Group.TAG, order=Order.MOST),
    "Conversations by customer, fewest first, 3 rows": Query(
        intent=Intent.TOP, group_by=Group.CUSTOMER, order=Order.LEAST, limit=3
    ),
    "Sentiment of conversations per month": Query(intent=Intent.TREND, metric=Metric.SENTIMENT, group_by=Group.MONTH),
    "People by feature request": Query(intent=Intent.COUNT, metric=Metric.PEOPLE, group_by=Group.REQUEST),
    "Conversations, oldest first, 1 row": Query(order=Order.OLDEST, limit=1),
    "Conversations, last changed first": Query(intent=Intent.CHANGES),
    "Conversations, compared with last month": Query(intent=Intent.COMPARE, against=dates.parse("last-month")),
}


@pytest.mark.parametrize("said", WORDS)
def test_a_query_says_what_it_asks(said: str):
    assert described.asked(WORDS[said]) == said


def test_the_fields_are_those_of_the_filter_and_of_the_groups():
    shown = FilterSet(states=frozenset({"open"}), updated=dates.parse("last-month"))
    assert described.fields(Query(group_by=Group.REQUEST, filters=shown)) == ["State", "Updated", "Feature request"]
    assert described.fields(Query()) == []
