"""Answers over the corpus: every figure is the length of the list that it opens; sentences say only figures."""

import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlencode

import pytest
from django.db import connection, transaction
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from sonora.chat.answers import answering, buckets, citing, figures, groups, reached
from sonora.chat.answers.answering import Answer, answer
from sonora.chat.answers.rows import Figure
from sonora.chat.interpreter import interpret
from sonora.chat.query import Query
from sonora.graph.models import Due, PersonStanding
from sonora.people.models import Contact
from tests.chat.world import VIEWER, World

pytestmark = pytest.mark.django_db
MOST_QUERIES = 15


@pytest.fixture(scope="module")
def answers(queries: dict[str, Query]) -> dict[str, Answer]:
    """An answer for each shape of question in the corpus, with the filters that it comes with."""
    some = {
        (query.intent, query.metric, query.group_by, bool(query.against), query.filters.parts[:1] == []): question
        for question, query in queries.items()
    }
    return {question: answer(queries[question], VIEWER) for question in some.values()}


def test_every_figure_is_the_length_of_the_list_that_it_opens(answers: dict[str, Answer]):
    seen = 0
    for question, given in answers.items():
        for figure in told(given):
            opened = Query.from_query(QueryDict(urlencode(figure.query.pairs)))
            assert figure.number == len(figures.rows(opened.metric, opened.filters, VIEWER)), (question, figure)
            seen += 1
    assert seen > 400


def test_a_sentence_says_no_number_that_is_not_a_figure(answers: dict[str, Answer]):
    for question, given in answers.items():
        numbers = {figure.number for figure in told(given)}
        labels = " ".join(row.label for row in given.table.rows) if given.table else ""
        for said in re.findall(r"(?<![\w.-])[\d,]+(?![\w-])", given.text):
            number = int(said.replace(",", ""))
            differences = {abs(one - other) for one in numbers for other in numbers}
            assert number in numbers or number in differences or said in labels, (question, given.text)


def test_the_time_buckets_of_a_trend_hold_everything_once(queries: dict[str, Query]):
    for question in ("conversations per day last week", "conversations by month this year", "sentiment over time"):
        given = answer(queries[question], VIEWER)
        assert sum(row.figures[0].number for row in given.table.rows) == given.count.number


def test_an_answer_asks_the_database_little(queries: dict[str, Query]):
    widest = {"people per month", "top requests by people", "sentiment by customer", "compare this month"}
    for question in [*widest, *list(queries)[::11]]:
        query = queries[question]
        with CaptureQueriesContext(connection) as asked:
            answer(query, VIEWER)
        assert len(asked) <= MOST_QUERIES, question


@pytest.mark.parametrize(
    "question", ["compare conversations updated this month with last month", "conversations updated per week this year"]
)
def test_earlier_figures_by_the_last_update_are_called_too_low(world: World, question: str):
    query = interpret(question, VIEWER).query
    assert query.filters.updated
    said = answer(query, VIEWER).text
    assert said.endswith(" A conversation counts where it was last updated, so earlier figures are too low.")
    by_opening = query.filters.without("updated").given("opened", query.filters.updated)
    assert "too low" not in answer(query.narrowed(by_opening), VIEWER).text


def test_a_question_over_time_looks_once_for_how_many_there_are_and_since_when(world: World):
    query = interpret("sentiment over time tagged Billing", VIEWER).query
    assert query.filters.parts == ["tags.any"]

    def asked(looks: dict | None) -> tuple[int, Answer]:
        with CaptureQueriesContext(connection) as queries:
            given = answer(query, replace(VIEWER, looks=looks))
        return len(queries), given

    (once, remembered), (twice, forgotten) = asked({}), asked(None)
    assert (once, remembered) == (twice - 1, forgotten)
    assert remembered.count.number == len(query.filters.conversations(VIEWER)) > 0


def test_where_nothing_is_found_the_nearest_is_offered(world: World):
    query = interpret("snoozed conversations on 3 May 2020", VIEWER).query
    given = answer(query, VIEWER)
    assert given.text == "I found no conversations that match."
    assert (given.nearest.part, given.table, given.passages) == ("updated", None, [])
    assert given.nearest.count.number == figures.count(query.narrowed(query.filters.without("updated")), VIEWER)


def test_of_many_filters_a_few_are_tried_to_do_without(world: World):
    query = interpret("unhappy snoozed conversations of leads tagged Billing on 3 May 2020", VIEWER).query
    assert len(query.filters.parts) > 3
    assert query.filters.suspects == ["updated", "states", "sentiments"]
    with CaptureQueriesContext(connection) as asked:
        answer(query, VIEWER)
    assert len(asked) <= 1 + 2 * 3


def told(given: Answer) -> Iterator[Figure]:
    yield given.count
    for row in given.table.rows if given.table else ():
        yield from (figure for figure in row.figures if figure.query)


@pytest.mark.parametrize("question", ["sentiment by customer", "conversations by sentiment"])
def test_no_feeling_is_told_where_its_analysis_is_turned_off(world: World, question: str):
    query = interpret(question, VIEWER).query
    with transaction.atomic():
        felt = {figure.query.filters.sentiments for figure in told(answer(query, VIEWER))} - {frozenset()}
        world.connection.__class__.objects.update(analyse_sentiment=False)
        shown = {figure.number for figure in told(answer(query, VIEWER)) if figure.query.filters.sentiments}
        transaction.set_rollback(True)
    assert felt
    assert shown <= {0}


@pytest.mark.parametrize(("question", "is_least"), [("the 3 busiest months", False), ("3 months with the least", True)])
def test_the_times_with_most_or_least_come_in_that_order(world: World, question: str, is_least: bool):
    given = answer(interpret(question, VIEWER).query, VIEWER)
    numbers = [row.figures[0].number for row in given.table.rows]
    assert len(numbers) == 3
    assert numbers == sorted(numbers, reverse=not is_least)
    assert (
        f"{'Fewest' if is_least else 'Most'} in one month: {numbers[0]}, from {given.table.rows[0].label}."
        in given.text
    )


def test_one_alone_is_in_no_order(world: World):
    assert answer(interpret("latest conversations", VIEWER).query, VIEWER).text.endswith("The newest come first.")
    one = answer(interpret("latest conversations on 25 November", VIEWER).query, VIEWER)
    assert one.text == "1 conversation matches."


@pytest.mark.parametrize("question", ["how many people were unhappy?", "people by teammate", "people per month"])
def test_whoever_has_no_contact_left_is_not_counted(world: World, question: str, monkeypatch: pytest.MonkeyPatch):
    query = interpret(question, VIEWER).query
    with transaction.atomic():
        before = answer(query, VIEWER)
        Contact.objects.filter(person=world.people["Ana Ruiz"]).update(deleted_at=VIEWER.now)
        after = answer(query, VIEWER)
        monkeypatch.setattr(reached, "LISTED", 0)
        asked_of_each = answer(query, VIEWER)
        opened = {
            figure: len(figures.rows(figure.query.metric, figure.query.filters, VIEWER)) for figure in told(after)
        }
        transaction.set_rollback(True)
    assert after.count.number == before.count.number - 1
    assert asked_of_each == after
    assert all(figure.number == length for figure, length in opened.items())


@pytest.mark.parametrize(
    ("question", "all_of", "few"), [("people by tag", 11, groups.FEW), ("people per month", 15, buckets.FEW)]
)
def test_of_very_many_people_those_of_some_groups_are_counted_and_more_are_said_to_be_there(
    world: World, question: str, all_of: int, few: int, monkeypatch: pytest.MonkeyPatch
):
    query = interpret(question, VIEWER).query
    whole = answering.table(query, VIEWER)
    monkeypatch.setattr(groups, "ENOUGH", 10)
    monkeypatch.setattr(buckets, "ENOUGH", 4)
    some = answering.table(query, VIEWER)
    assert (len(whole.rows), whole.is_cut) == (all_of, False)
    assert (len(some.rows), some.is_cut) == (few, True)
    assert all(row in whole.rows for row in some.rows)


@pytest.mark.parametrize("group", ["customer", "segment"])
def test_customers_for_whom_nobody_works_have_no_people(world: World, group: str):
    rows = answering.table(interpret(f"people by {group}", VIEWER).query, VIEWER).rows
    assert rows
    assert {figure.number for row in rows for figure in row.figures} == {0}


@pytest.mark.parametrize("group", ["teammate", "state", "sentiment", "tag"])
@pytest.mark.parametrize("enough", [4, 30_000], ids=["some groups", "all of them"])
def test_people_are_as_many_whether_their_conversations_are_listed_first_or_not(
    world: World, group: str, enough: int, monkeypatch: pytest.MonkeyPatch
):
    query = interpret(f"people by {group}", VIEWER).query
    monkeypatch.setattr(groups, "ENOUGH", enough)
    listed = answering.table(query, VIEWER)
    monkeypatch.setattr(groups, "AT_ONCE", 0)
    assert answering.table(query, VIEWER) == listed
    assert listed.has_figures
    for figure in (figure for row in listed.rows for figure in row.figures):
        assert figure.number == len(figures.rows(figure.query.metric, figure.query.filters, VIEWER)), figure


def test_what_whoever_is_silent_said_last_is_not_looked_for_among_what_is_newer(world: World):
    query = interpret("who went quiet?", VIEWER).query
    said = query.filters.conversations(VIEWER).order_by(*citing.NEWEST)
    with transaction.atomic():
        newest = said[0].updated_at
        Due.objects.all().delete()  # all are worked out
        PersonStanding.objects.update(last_at=newest)
        with CaptureQueriesContext(connection) as asked:
            listed = list(citing.listed(query, VIEWER))
        PersonStanding.objects.update(last_at=newest - 1)
        older = citing.listed(query, VIEWER).count()
        transaction.set_rollback(True)
    assert listed == list(said)
    assert str(newest) in asked[-1]["sql"]
    assert older == len(listed) - 1
