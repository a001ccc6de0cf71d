"""To how many customers the conversations of an answer belong, over the corpus."""

import pytest

from sonora.chat.answers import answering, figures
from sonora.chat.answers.rows import Figure
from sonora.chat.interpreter import interpret
from sonora.chat.query import Query
from sonora.screens.chat import whose
from tests.chat.world import VIEWER, World

pytestmark = pytest.mark.django_db


def test_customers_are_those_of_the_conversations_and_open_as_many_rows(queries: dict[str, Query]):
    seen = set()
    for question, query in list(queries.items())[::5]:
        count = answering.counted(query, VIEWER)
        found = whose.customers(query, count, VIEWER)
        if found is None:
            continue
        talks = figures.rows(query.metric, query.filters, VIEWER)
        belongs_to = set(talks.order_by().values_list("customer", flat=True)) - {None}
        rows = figures.rows(found.query.metric, found.query.filters, VIEWER)
        assert found.number == len(rows) == len(belongs_to), question
        seen.add(found.number)
    assert len(seen) > 3


@pytest.mark.parametrize("question", ["how many conversations?", "conversations of Enterprise", "unhappy customers"])
def test_where_the_filter_says_nothing_of_conversations_or_customers_are_counted_there_is_none(
    world: World, question: str
):
    query = interpret(question, VIEWER).query
    assert whose.customers(query, answering.counted(query, VIEWER), VIEWER) is None


def test_of_very_many_conversations_customers_are_not_counted(world: World):
    query = interpret("open conversations", VIEWER).query
    assert whose.customers(query, Figure(number=whose.MOST), VIEWER)
    assert whose.customers(query, Figure(number=whose.MOST + 1), VIEWER) is None
    assert whose.customers(query, Figure(number=whose.MOST, is_more=True), VIEWER) is None
    assert whose.customers(query, Figure(number=0), VIEWER) is None
