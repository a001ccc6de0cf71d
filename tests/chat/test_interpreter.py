"""What the interpreter makes of whatever is typed: hostile words, other workspaces' names, large tables, odd days."""

import json
from datetime import UTC, datetime
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django_scopes import scope, scopes_disabled
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sonora.chat.interpreter import Interpretation, Why, interpret, phrases
from sonora.chat.interpreter.tokens import LONGEST
from sonora.chat.query import Query
from sonora.filters.filterset import FilterSet
from sonora.filters.tags import Tags
from sonora.filters.viewer import Viewer
from tests.chat import world as worlds
from tests.chat.world import VIEWER, World
from tests.factories.cast import fill
from tests.factories.conversations import TagFactory, TeammateFactory
from tests.factories.customers import CustomerFactory
from tests.factories.people import PersonFactory
from tests.factories.requests import asked

pytestmark = pytest.mark.django_db
MOST_QUERIES = 8  # of a question whose names are all known


@pytest.fixture
def world() -> World:
    return worlds.build(conversations=2)


def ask(world: World, question: str, *, viewer: Viewer = VIEWER) -> Interpretation:
    with scope(workspace=world.connection.workspace):
        return interpret(question, viewer)


def at(*moment: int, zone: str = "UTC") -> Viewer:
    return Viewer(notes=True, now=int(datetime(*moment, tzinfo=ZoneInfo(zone)).timestamp()), zone=ZoneInfo(zone))


# ---- Hostile and endless words ----


def test_what_stands_behind_the_first_thousand_letters_is_named_as_ignored(world: World):
    read = ask(world, "conversations tagged Billing " + "and lorem ipsum " * 700)
    assert read.query
    assert read.query.filters.tags.any == {world.tags["Billing"].pk}
    assert read.ignored[-1].why is Why.LONG
    assert len(read.ignored[-1].words) < LONGEST


@pytest.mark.parametrize(
    "words",
    [
        "' OR 1=1 --",
        "<img src=x onerror=alert(1)>",
        "(?:a+)+$",
        "\x00\x07\u202e",
        "🦊" * 3000,
        "\ud800",
        "%s %(x)s {0}",
    ],
)
def test_hostile_words_filter_nothing(world: World, words: str):
    read = ask(world, f"open conversations {words}")
    assert read.query
    assert read.query.filters.as_json() == ask(world, "open conversations").query.filters.as_json()


@pytest.mark.parametrize(
    ("words", "tag", "customer"),
    [
        ("Wie viele offene Gespräche hat Halden GmbH seit März zum Thema Billing?", "Billing", "Halden GmbH"),
        ("Combien de conversations Halden a-t-il eues avec le tag Billing ?", "Billing", "Halden GmbH"),
        ("¿Cuántas conversaciones abiertas tiene Northwind Traders con Refund?", "Refund", "Northwind Traders"),
        ("Haldenの未対応の会話を見せて Billing", "Billing", "Halden GmbH"),
        ("SELECT * FROM conversations WHERE tag='Billing' OR 1=1; -- Halden", "Billing", "Halden GmbH"),
    ],
)
def test_names_are_read_in_any_language_and_nothing_else_is_made_up(world: World, words: str, tag: str, customer: str):
    read = ask(world, words)
    assert read.query
    assert read.query.filters == FilterSet(
        tags=Tags(any=frozenset({world.tags[tag].pk})), customers=frozenset({world.customers[customer].pk})
    )
    assert (read.query.intent, read.query.limit) == ("list", None)
    assert read.ignored


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=300))
def test_anything_may_be_typed(world: World, text: str):
    read = ask(world, text)
    assert all(one.words for one in read.ignored)


SAID = [
    *phrases.known(),
    *("Halden", "Billing", "Tom Becker", "#Billing", "@Ana Ruiz", '"wrong invoice"', "“", '"', "x" * 400, "0", "101"),
    *(
        "2026-02-30",
        "31.11.2026",
        "0001-01-01",
        "9999 years ago",
        "last 9999 days",
        "before 1970",
        "end of",
        "0-40 May",
    ),
    *("\u202eabc", "שלום", "\x00", "\ud800", "🦊", "%s", "ﬁ", "²"),
]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(SAID), max_size=14))
def test_any_words_in_any_order_give_a_query_that_can_be_kept(world: World, words: list[str]):
    read = ask(world, " ".join(words))
    assert all(one.words for one in read.ignored)
    if read.query:
        assert Query.from_json(json.loads(json.dumps(read.query.as_json()))) == read.query
        assert Query.from_query(QueryDict(urlencode(read.query.pairs))) == read.query


def test_the_same_question_is_read_the_same(world: World):
    question = "Which Enterprise customers tagged Billing or Refund are unhappy since March?"
    assert ask(world, question) == ask(world, question)


# ---- Names ----


def test_names_of_another_workspace_are_never_matched(world: World):
    other = fill("b", words="indigo")
    read = ask(world, "conversations tagged Billing indigo from Halden indigo by Noor indigo")
    assert read.query
    assert not read.query.filters.people
    assert not read.query.filters.assignees
    assert other.tag.pk not in read.query.filters.tags.named
    assert "indigo" in " ".join(one.words for one in read.ignored)
    assert not [one for one in read.ignored if any("indigo" in option for option in one.options)]


def test_the_longest_name_is_meant(world: World):
    with scopes_disabled():
        longer = TagFactory(connection=world.connection, name="Billing refund")
    assert ask(world, "conversations tagged billing refund").query.filters.tags.any == {longer.pk}


def test_a_name_is_read_in_the_plural_and_with_hyphens_unless_another_is_called_just_so(world: World):
    bug, late = world.tags["Bug"].pk, world.tags["Late invoice"].pk
    assert ask(world, "open bugs").query.filters.tags.any == {bug}
    assert ask(world, "late-invoices since March").query.filters.tags.any == {late}
    with scopes_disabled():
        plural = TagFactory(connection=world.connection, name="Bugs")
    assert ask(world, "open bugs").query.filters.tags.any == {plural.pk}
    assert ask(world, "open bug conversations").query.filters.tags.any == {bug}


def test_words_of_questions_are_no_name_in_the_plural(world: World):
    with scopes_disabled():
        TagFactory(connection=world.connection, name="how-to")
        TagFactory(connection=world.connection, name="customer")
    assert not ask(world, "conversations on how to reach customers").query.filters.tags.any


def test_the_first_name_of_one_teammate_is_enough_where_a_teammate_is_announced(world: World):
    assert ask(world, "assigned to Tom").query.filters.assignees == {world.teammates["Tom Becker"].pk}
    with scopes_disabled():
        TeammateFactory(connection=world.connection, name="Tom Ashby")
    assert [one.words for one in ask(world, "assigned to Tom").ignored] == ["Tom"]


def test_equal_names_are_told_and_none_is_chosen(world: World):
    (ignored,) = ask(world, "conversations from Sam Lee").ignored
    assert ignored.why is Why.AMBIGUOUS
    assert ignored.options == ("Sam Lee (person, sam@østfold.example)", "Sam Lee (person, sam@fjord.example)")


def test_a_word_before_equal_names_decides_between_them(world: World):
    with scopes_disabled():
        tag = TagFactory(connection=world.connection, name="Acme")
    assert ask(world, "conversations tagged Acme").query.filters.tags.any == {tag.pk}
    assert ask(world, "conversations from Acme").query.filters.customers == {world.customers["Acme Inc."].pk}
    assert ask(world, "Acme conversations").ignored[0].why is Why.AMBIGUOUS


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("Biling", "Billing"), ("Haldn", "Halden GmbH"), ("Nor Haddad", "Noor Haddad"), ("Ana Ruis", "Ana Ruiz")],
)
def test_a_slip_is_not_guessed_but_asked_about(world: World, typed: str, meant: str):
    (ignored,) = ask(world, f"conversations with {typed}").ignored
    assert ignored.words == typed
    assert ignored.options[0] == meant


def test_a_wish_is_found_by_the_words_of_its_title_and_by_its_other_names(world: World):
    with scope(workspace=world.connection.workspace):
        wish = asked(world.connection, "Please support webhooks for invoices").request
        wish.mentions = 1
        wish.save(update_fields=["mentions"])
    for words in ("webhooks for invoices", "webhooks"):
        assert ask(world, f"who asked for {words}").query.filters.requests == {wish.pk}


def test_names_are_looked_up_not_loaded(world: World):
    with scope(workspace=world.connection.workspace):
        PersonFactory.create_batch(30, workspace=world.connection.workspace)
        CustomerFactory.create_batch(30, workspace=world.connection.workspace)
        with CaptureQueriesContext(
            connection,
        ) as asked_for:
            interpret("open conversations from Halden with Ana Ruiz tagged Billing since March", VIEWER)
    assert len(asked_for) <= MOST_QUERIES


def test_a_name_is_found_through_an_index(world: World):
    if connection.vendor != "sqlite":
        pytest.skip("A small table of PostgreSQL is read whole.")
    with scope(workspace=world.connection.workspace), CaptureQueriesContext(connection) as asked_for:
        interpret("conversations from Ana Ruiz", VIEWER)
        sql = next(one["sql"] for one in asked_for if '"people_person"' in one["sql"])
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
            plan = " ".join(row[3] for row in cursor.fetchall())
    assert "person_by_lower_name" in plan
    assert "SCAN" not in plan


# ---- Days ----


@pytest.mark.parametrize(
    ("words", "viewer", "span"),
    [
        ("last February", at(2026, 3, 1), "last-february"),
        ("in February", at(2026, 3, 1), "2026-02-01..2026-02-28"),
        ("since February", at(2028, 3, 1), "2028-02-01.."),
        ("on 29 February 2028", at(2028, 3, 1), "2028-02-29..2028-02-29"),
        ("since yesterday", at(2026, 3, 29, 12, zone="Europe/Berlin"), "2026-03-28.."),
        ("since yesterday", at(2026, 10, 25, 1, zone="Europe/Berlin"), "2026-10-24.."),
        ("one month ago", at(2026, 3, 31), "2026-02-28..2026-02-28"),
        ("since Monday", at(2026, 11, 23), "2026-11-23.."),
        ("between November and January", at(2026, 2, 3), "2025-11-01..2026-01-31"),
        ("at the weekend", at(2026, 11, 22), "2026-11-21..2026-11-22"),
        ("last weekend", at(2026, 11, 22), "2026-11-14..2026-11-15"),
        ("this weekend", at(2026, 11, 28), "2026-11-28..2026-11-29"),
        ("in the first half of the year", at(2026, 11, 22), "2026-01-01..2026-06-30"),
        ("in H2", at(2026, 3, 1), "2025-07-01..2025-12-31"),
        ("since the start of the quarter", at(2026, 11, 22), "2026-10-01.."),
        ("until the end of last year", at(2026, 11, 22), "..2025-12-31"),
        ("in the past 2 quarters", at(2026, 11, 22), "last-6-months"),
        ("1-15 October", at(2026, 11, 22), "2026-10-01..2026-10-15"),
        ("in 2026-10", at(2026, 11, 22), "2026-10-01..2026-10-31"),
        ("on 15.11.2026", at(2026, 11, 22), "2026-11-15..2026-11-15"),
        ("year to date", at(2026, 11, 22), "this-year"),
        ("in October last year", at(2026, 11, 22), "2025-10-01..2025-10-31"),
        ("from 1 October to now", at(2026, 11, 22), "2026-10-01..2026-11-22"),
        ("the week before last", at(2026, 11, 22), "2026-11-02..2026-11-08"),
    ],
)
def test_days_are_read_as_of_the_day_on_which_they_are_said(world: World, words: str, viewer: Viewer, span: str):
    read = ask(world, f"conversations {words}", viewer=viewer)
    assert read.query
    assert str(read.query.filters.updated) == span


def test_it_is_the_day_of_the_workspace_not_of_the_server(world: World):
    late = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)
    tokyo = Viewer(notes=True, now=int(late.timestamp()), zone=ZoneInfo("Asia/Tokyo"))
    assert str(ask(world, "conversations since yesterday", viewer=tokyo).query.filters.updated) == "2026-11-24.."


@pytest.mark.parametrize(
    "words",
    [
        "on 29 February 2027",
        "on 31 April",
        "this weekend",
        "on 31.11.2026",
        "in 1950",
        "9999 years ago",
        "on 2026-02-30",
        "next week",
        "in 3 days",
        "since 2040",
    ],
)
def test_a_time_to_come_or_of_no_calendar_is_named(world: World, words: str):
    read = ask(world, f"conversations {words}")
    assert read.query
    assert read.query.filters.updated is None
    assert read.ignored[0].why is Why.TIME


# ---- Following up ----


def test_a_follow_up_keeps_what_it_does_not_say_anew(world: World):
    with scope(workspace=world.connection.workspace):
        first = interpret("How many open conversations from Halden last month?", VIEWER).query
        second = interpret("and closed ones from Acme?", VIEWER, before=first).query
        third = interpret("which customers?", VIEWER, before=second).query
    assert second
    assert (second.intent, second.filters.states) == ("count", {"closed"})
    assert second.filters.customers == {world.customers["Acme Inc."].pk}
    assert str(second.filters.updated) == "last-month"
    assert third
    assert (third.intent, third.metric, third.filters) == ("list", "customers", second.filters)


def test_a_follow_up_that_says_nothing_is_no_question(world: World):
    with scope(workspace=world.connection.workspace):
        first = interpret("open conversations", VIEWER).query
        assert interpret("qwertz?", VIEWER, before=first).query is None
