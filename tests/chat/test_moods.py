"""Sentiment over time: each number is the same by the indexes as by the list behind it."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from integrations.models import Connection
from sonora.chat.answers import figures, moods, reach
from sonora.chat.answers.answering import Answer, answer
from sonora.chat.interpreter import interpret
from sonora.conversations.models import Conversation
from sonora.insights.models import ConversationSentiment
from tests.chat.world import NOW, VIEWER, World
from tests.factories.integrations import ConnectionFactory

pytestmark = pytest.mark.django_db
QUESTIONS = (
    "sentiment over time",
    "sentiment by month this year",
    "sentiment per day last week",
    "sentiment over time of conversations tagged Refund",
    "sentiment over time of Enterprise customers",
)


@pytest.fixture
def undone(world: World) -> Iterator[World]:
    with transaction.atomic():
        yield world
        transaction.set_rollback(True)


@pytest.fixture(params=QUESTIONS)
def question(request: pytest.FixtureRequest) -> str:
    asked: str = request.param
    return asked


def asked(question: str) -> Answer:
    return answer(interpret(question, VIEWER).query, VIEWER)


def hold(question: str) -> None:
    """Every number is the length of its list, and a row's labels are no more than its conversations."""
    rows = asked(question).table.rows
    for figure in (figure for row in rows for figure in row.figures):
        assert figure.number == len(figures.rows(figure.query.metric, figure.query.filters, VIEWER)), figure
    assert any(figure.number for row in rows for figure in row.figures[1:])


def test_sentiment_of_all_that_was_opened_is_counted_without_reading_a_row(undone: World):
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ANALYZE insights_conversationsentiment")
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
        with CaptureQueriesContext(connection) as looks:
            moods.counts([(NOW - 86_400, NOW)])
        cursor.execute(f"EXPLAIN {'' if connection.vendor == 'postgresql' else 'QUERY PLAN'} {looks[0]['sql']}")
        plan = str(cursor.fetchall())
    assert re.search("(Index Only Scan using|COVERING INDEX) sentiment_by_creation", plan), plan


def test_how_many_there_are_and_since_when_is_asked_once(undone: World, question: str):
    query, viewer = interpret(question, VIEWER).query, replace(VIEWER, looks={})
    number = figures.count(query, viewer)
    with CaptureQueriesContext(connection) as asked_again:
        assert reach.of(query, viewer).number == number
    assert len(asked_again) == 0


def some(world: World, places: slice) -> list[int]:
    newest = Conversation.objects.filter(sentiment__isnull=False).order_by("-created_at", "pk")
    return list(newest.values_list("pk", flat=True)[places])


@pytest.mark.parametrize("left", [{"deleted_at": NOW}, {"fetched_at": None}])
def test_what_is_no_longer_there_is_not_counted(undone: World, question: str, left: dict[str, int | None]):
    Conversation.objects.filter(pk__in=some(undone, slice(0, None, 2))).update(**left)
    hold(question)


def test_what_has_no_sentiment_is_counted_without_one(undone: World, question: str):
    ConversationSentiment.objects.filter(pk__in=some(undone, slice(0, None, 2))).delete()
    hold(question)


def test_what_a_connection_brought_that_shows_none_is_counted_without_one(undone: World, question: str):
    silent = ConnectionFactory(workspace=undone.connection.workspace, provider="other", analyse_sentiment=False)
    Conversation.objects.filter(pk__in=some(undone, slice(0, None, 2))).update(connection=silent)
    hold(question)
    Connection.objects.update(analyse_sentiment=False)
    assert {figure.number for row in asked(question).table.rows for figure in row.figures[1:]} == {0}


def test_what_was_opened_at_another_time_after_all_is_counted_then(undone: World, question: str):
    for number, pk in enumerate(some(undone, slice(0, None, 3))):
        Conversation.objects.filter(pk=pk).update(created_at=None if number % 5 == 0 else NOW - number * 86_400)
    hold(question)


@pytest.mark.parametrize("question", ["which people are unhappy?", "which people are happy or neutral?"])
def test_people_who_ever_felt_so_are_counted_without_a_look_at_each_conversation(undone: World, question: str):
    query = interpret(question, VIEWER).query
    assert query.filters.parts == ["sentiments"]

    def hold(number: int) -> None:
        assert figures.count(query, VIEWER) == query.filters.people_passing(VIEWER).count() == number

    before = figures.count(query, VIEWER)
    hold(before)
    felt = Conversation.objects.filter(
        sentiment__label__in=query.filters.sentiments, contact_links__person__isnull=False
    )
    person = felt.values_list("contact_links__person", flat=True)[0]
    theirs = list(felt.filter(contact_links__person=person).values_list("pk", flat=True))
    for gone in ({"deleted_at": NOW}, {"fetched_at": None}):
        with transaction.atomic():
            Conversation.objects.filter(pk__in=theirs).update(**gone)
            assert figures.count(query, VIEWER) < before
            hold(figures.count(query, VIEWER))
            transaction.set_rollback(True)
    Connection.objects.update(analyse_sentiment=False)
    hold(0)
