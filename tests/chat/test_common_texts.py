"""What is answered about a text that very many conversations hold: what was looked at, and nothing that is wrong."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sonora.chat.answers import answering, citing, figures, talks
from sonora.chat.answers.answering import answer
from sonora.chat.answers.talks import TooCommon
from sonora.chat.interpreter import interpret
from sonora.chat.query import Metric, Query
from sonora.conversations import search
from sonora.filters.filterset import FilterSet
from tests.chat.world import VIEWER, World

pytestmark = pytest.mark.django_db

GROUPED = (
    "conversations mentioning invoice by customer",
    "conversations mentioning invoice per month",
    "sentiment of conversations mentioning invoice",
    "sentiment of conversations mentioning invoice by teammate",
    "how many customers mention invoice?",
    "how many people mention invoice?",
    "which feature requests mention invoice?",
    "people mentioning invoice by tag",
    "compare conversations mentioning invoice this year with last year",
)


@pytest.fixture
def common(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two rows are many here, and a list counts two."""
    monkeypatch.setattr(search, "COMMON", 2)
    monkeypatch.setattr(search, "OFTEN", 2)
    monkeypatch.setattr(talks, "MOST", 2)


def asked(question: str) -> Query:
    query = interpret(question, VIEWER).query
    assert query is not None
    assert query.filters.text == "invoice", question
    return query


@pytest.mark.parametrize("question", GROUPED)
@pytest.mark.usefixtures("common")
def test_what_would_take_too_long_to_count_is_refused_with_what_was_seen_and_what_to_do(world: World, question: str):
    query = asked(question)
    given = answer(query, VIEWER)
    assert (given.is_refused, given.table, given.nearest) == (True, None, None)
    assert given.text.startswith("At least 2 conversations match. “invoice” is too common to count ")
    assert given.text.endswith("Narrow the question by a date, a tag or a customer, or ask for a rarer word.")
    assert (given.count.number, given.count.is_more) == (2, True)
    opened = given.count.query
    assert opened.metric is Metric.CONVERSATIONS
    assert given.count.number < opened.filters.conversations(VIEWER).count()
    assert given.passages == citing.citations(opened, VIEWER)


@pytest.mark.parametrize("question", GROUPED)
def test_where_a_common_text_is_held_by_no_more_than_a_list_counts_all_of_it_is_counted(
    world: World, question: str, monkeypatch: pytest.MonkeyPatch
):
    query = asked(question)
    whole = answer(query, VIEWER)
    monkeypatch.setattr(search, "COMMON", 2)
    monkeypatch.setattr(search, "OFTEN", 2)
    assert search.search("invoice", notes=True).is_broad
    assert answer(query, VIEWER) == whole
    assert whole.count.number > 2 or query.metric is Metric.REQUESTS  # nobody asks for any in this world


@pytest.mark.usefixtures("common")
def test_a_narrow_question_about_a_common_text_is_answered(world: World, monkeypatch: pytest.MonkeyPatch):
    query = asked("conversations mentioning invoice by customer")
    narrow = query.narrowed(replace(query.filters, customers=frozenset({world.customers["Acme Inc."].pk})))
    monkeypatch.setattr(talks, "MOST", narrow.filters.conversations(VIEWER).count())
    with pytest.raises(TooCommon):
        answering.table(query, VIEWER)
    given = answer(narrow, VIEWER)
    assert (given.is_refused, len(given.table.rows)) == (False, 1)
    assert given.count.number == narrow.filters.conversations(VIEWER).count() > 2


@pytest.mark.usefixtures("common")
def test_no_more_are_counted_than_a_list_counts(world: World):
    given = answer(asked("conversations mentioning invoice"), VIEWER)
    assert (given.count.number, given.count.text, given.count.is_more, given.is_refused) == (2, "2+", True, False)
    assert given.text.startswith("At least 2 conversations match.")


@pytest.mark.usefixtures("common")
def test_of_more_than_are_looked_at_those_are_counted_that_were_seen(world: World, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(talks, "MOST", 50)
    monkeypatch.setattr(talks, "LOOKED_AT", 7)
    given = answer(asked("conversations mentioning invoice"), VIEWER)
    assert given.count.text == "7+"
    assert given.text.startswith("At least 7 conversations match.")


@pytest.mark.usefixtures("common")
def test_what_cannot_be_counted_is_not_offered_as_the_nearest(world: World):
    query = Query(metric=Metric.PEOPLE, filters=FilterSet(text="invoice", states=frozenset({"none such"})))
    given = answer(query, VIEWER)
    assert (given.count.number, given.nearest, given.is_refused) == (0, None, False)


def test_one_look_searches_for_a_text_once(world: World):
    query = asked("sentiment of conversations mentioning invoice by customer")
    once, anew = searches(query, replace(VIEWER, looks={})), searches(query, VIEWER)
    assert (once, anew > 1) == (1, True)


def searches(query: Query, viewer: object) -> int:
    """How often the text of *query* is looked up in the index of messages for an answer, citations left out."""
    with CaptureQueriesContext(connection) as statements:
        figures.count(query, viewer)
        answering.table(query, viewer)
    return sum("UNION ALL" in one["sql"] for one in statements)
