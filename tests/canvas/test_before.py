"""A number is compared with as many days as its own, ending where those begin."""

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.http import QueryDict

from sonora.canvas.before import before
from sonora.chat.answers import figures
from sonora.chat.query import Intent, Metric, Query
from sonora.filters import dates
from sonora.filters.filterset import FilterSet
from sonora.filters.viewer import Viewer
from tests.chat.world import VIEWER, World

pytestmark = pytest.mark.django_db
NOON = Viewer(notes=True, now=int(datetime(2026, 11, 25, 12, tzinfo=UTC).timestamp()), zone=UTC)  # a Wednesday


@pytest.mark.parametrize(
    ("said", "days", "earlier"),
    [
        ("last-30-days", 30, "2026-09-27..2026-10-26"),
        ("today", 1, "2026-11-24..2026-11-24"),
        ("this-week", 3, "2026-11-20..2026-11-22"),
        ("this-month", 25, "2026-10-07..2026-10-31"),
        ("last-month", 31, "2026-08-31..2026-09-30"),
        ("last-february", 28, "2026-01-04..2026-01-31"),
        ("2026-11-01..2026-11-10", 10, "2026-10-22..2026-10-31"),
        ("2026-11-20..", 6, "2026-11-14..2026-11-19"),
        ("2026-11-20..2026-12-20", 6, "2026-11-14..2026-11-19"),
    ],
)
def test_the_time_before_has_as_many_days_and_ends_where_the_other_begins(
    world: World, said: str, days: int, earlier: str
):
    found = before(Query(filters=FilterSet(opened=dates.parse(said))), NOON)
    assert (found.days, found.figure.query.filters.opened) == (days, dates.parse(earlier))


@pytest.mark.parametrize("said", ["..2026-11-01", "last-48-hours", "2026-12-01..2026-12-20"])
def test_hours_and_what_has_no_first_day_yet_have_no_time_before(world: World, said: str):
    assert before(Query(filters=FilterSet(opened=dates.parse(said))), NOON) is None


def test_without_a_date_or_with_two_nothing_is_compared(world: World):
    both = FilterSet(opened=dates.parse("last-30-days"), updated=dates.parse("last-7-days"))
    assert before(Query(), NOON) is None
    assert before(Query(filters=both), NOON) is None


def test_days_begin_where_the_workspace_is(world: World):
    late = replace(NOON, now=int(datetime(2026, 11, 25, 23, tzinfo=UTC).timestamp()))
    today = Query(filters=FilterSet(updated=dates.parse("today")))
    for zone, yesterday in ((UTC, "2026-11-24..2026-11-24"), (ZoneInfo("Asia/Tokyo"), "2026-11-25..2026-11-25")):
        found = before(today, replace(late, zone=zone))
        assert found.figure.query.filters.opened == dates.parse(yesterday)


def test_what_was_updated_is_compared_by_when_it_was_opened_in_both_times(world: World):
    updated, opened = (
        Query(intent=Intent.COUNT, filters=FilterSet.from_query(QueryDict(f"{part}=last-30-days&state=open")))
        for part in ("updated", "opened")
    )
    by_update, by_opening = before(updated, VIEWER), before(opened, VIEWER)
    assert by_update.figure == by_opening.figure
    assert by_update.opened.query.filters == opened.filters
    assert by_update.opened.number == figures.count(opened, VIEWER)
    assert by_opening.opened is None


def test_a_conversation_that_was_updated_since_still_counts_in_the_days_in_which_it_was_opened(
    world: World, undone: None
):
    query = Query(intent=Intent.COUNT, filters=FilterSet(updated=dates.parse("last-30-days")))
    earlier = before(query, VIEWER).figure
    talks = figures.rows(earlier.query.metric, earlier.query.filters, VIEWER)
    assert talks.update(updated_at=VIEWER.now - 60) == earlier.number > 0
    assert before(query, VIEWER).figure == earlier


@pytest.mark.parametrize("metric", Metric)
def test_the_number_before_is_the_length_of_the_list_that_it_opens(world: World, metric: Metric):
    query = Query(intent=Intent.COUNT, metric=metric, filters=FilterSet(opened=dates.parse("last-30-days")))
    found = before(query, VIEWER)
    opened = found.figure.query
    assert found.figure.number == len(figures.rows(opened.metric, opened.filters, VIEWER))
