"""A time that is still running is compared with as many days of the whole one."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from sonora.chat.answers import answering, times
from sonora.chat.query import Intent, Query
from sonora.filters import dates
from sonora.filters.filterset import FilterSet
from sonora.filters.viewer import Viewer
from tests.chat.world import World
from tests.factories.conversations import ConversationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]
BERLIN = ZoneInfo("Europe/Berlin")


def at(day: str) -> Viewer:
    """Somebody who looks at noon of *day* in Berlin."""
    return Viewer(
        notes=True, now=int(datetime.fromisoformat(f"{day}T12:00").replace(tzinfo=BERLIN).timestamp()), zone=BERLIN
    )


def compared(day: str, one: str, other: str) -> list[str]:
    """The lists that the figures open, by day of opening: of *other*, then of *one*."""
    query = Query(intent=Intent.COMPARE, against=dates.parse(other), filters=FilterSet(opened=dates.parse(one)))
    return [str(row.figures[0].query.filters.opened) for row in times.rows(query, at(day))]


@pytest.mark.parametrize(
    ("day", "one", "other", "lists"),
    [
        ("2026-11-26", "this-month", "last-month", ["2026-10-01..2026-10-26", "2026-11-01..2026-11-26"]),
        ("2026-11-26", "this-week", "last-week", ["2026-11-16..2026-11-19", "2026-11-23..2026-11-26"]),
        ("2026-11-26", "this-quarter", "last-quarter", ["2026-07-01..2026-08-26", "2026-10-01..2026-11-26"]),
        ("2026-11-26", "this-year", "last-year", ["2025-01-01..2025-11-26", "2026-01-01..2026-11-26"]),
        ("2026-11-26", "this-month", "last-february", ["2026-02-01..2026-02-26", "2026-11-01..2026-11-26"]),
        (
            "2026-11-26",
            "2026-11-01..2026-11-30",
            "2026-10-01..2026-10-31",
            ["2026-10-01..2026-10-26", "2026-11-01..2026-11-26"],
        ),
        ("2026-11-26", "last-month", "this-month", ["2026-11-01..2026-11-26", "2026-10-01..2026-10-26"]),
    ],
)
def test_as_many_days_of_both_are_counted(day: str, one: str, other: str, lists: list[str]):
    assert compared(day, one, other) == lists


@pytest.mark.parametrize(
    ("day", "lists"),
    [
        ("2026-03-28", ["last-month", "2026-03-01..2026-03-28"]),
        ("2026-03-30", ["last-month", "2026-03-01..2026-03-30"]),
        ("2026-03-31", ["last-month", "this-month"]),
        ("2026-05-30", ["last-month", "2026-05-01..2026-05-30"]),
        ("2026-04-30", ["last-month", "this-month"]),
    ],
)
def test_a_month_with_fewer_days_and_the_one_before_a_last_day_are_counted_whole(day: str, lists: list[str]):
    assert compared(day, "this-month", "last-month") == lists


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("last-month", "last-february"),
        ("last-7-days", "last-month"),
        ("this-week", "last-month"),
        ("2026-11-01..", "last-month"),
        ("today", "yesterday"),
        ("2026-12-01..2026-12-31", "last-month"),
    ],
)
def test_what_is_over_or_of_another_length_is_counted_as_it_was_asked_for(one: str, other: str):
    assert compared("2026-11-26", one, other) == [other, one]


def test_days_end_at_midnight_of_the_workspace_where_clocks_are_changed(world: World):
    """On 25 October 2026 clocks are put back in Berlin: it has 25 hours."""
    viewer = at("2026-11-25")
    last = int(datetime(2026, 10, 25, 23, 59, tzinfo=BERLIN).timestamp())
    query = Query(
        intent=Intent.COMPARE,
        against=dates.parse("last-month"),
        filters=FilterSet(opened=dates.parse("this-month"), states=frozenset({"snoozed"})),
    )
    (before, _) = times.rows(query, viewer)
    for moment in (last, last + 60):
        ConversationFactory(connection=world.connection, state="snoozed", created_at=moment, updated_at=moment)
    assert times.rows(query, viewer)[0].figures[0].number == before.figures[0].number + 1


def test_an_answer_says_which_days_it_compares(world: World):
    query = Query(
        intent=Intent.COMPARE, against=dates.parse("last-month"), filters=FilterSet(opened=dates.parse("this-month"))
    )
    said = answering.answer(query, at("2026-11-25")).text
    assert "This month (1 Nov 2026 to 25 Nov 2026): " in said
    assert "Last month (1 Oct 2026 to 25 Oct 2026): " in said


@pytest.mark.parametrize(
    ("one", "other", "labels"),
    [
        ("today", "yesterday", ["Yesterday (the whole day)", "Today (so far)"]),
        ("2026-11-26..2026-11-26", "2026-11-19..2026-11-19", ["19 Nov 2026 (the whole day)", "26 Nov 2026 (so far)"]),
        ("yesterday", "2026-11-19..2026-11-19", ["19 Nov 2026", "Yesterday"]),
    ],
)
def test_today_says_that_it_is_not_over_where_another_day_is(one: str, other: str, labels: list[str]):
    query = Query(intent=Intent.COMPARE, against=dates.parse(other), filters=FilterSet(opened=dates.parse(one)))
    assert [row.label for row in times.rows(query, at("2026-11-26"))] == labels
