"""Spans of time: what they mean, at the edges of months and where clocks are changed."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from sonora.filters import dates

BERLIN = ZoneInfo("Europe/Berlin")


def seconds(text: str, zone: ZoneInfo = BERLIN) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=zone).timestamp())


@pytest.mark.parametrize(
    ("said", "now", "start", "end"),
    [
        ("today", "2026-11-25T14:00", "2026-11-25", "2026-11-26"),
        ("yesterday", "2026-01-01T00:00", "2025-12-31", "2026-01-01"),
        ("this-week", "2026-11-25T14:00", "2026-11-23", "2026-11-30"),
        ("this-week", "2026-11-23T00:00", "2026-11-23", "2026-11-30"),
        ("last-week", "2026-11-22T23:59", "2026-11-09", "2026-11-16"),
        ("this-month", "2026-11-25T14:00", "2026-11-01", "2026-12-01"),
        ("last-month", "2026-03-31T14:00", "2026-02-01", "2026-03-01"),
        ("last-month", "2026-01-15T14:00", "2025-12-01", "2026-01-01"),
        ("this-quarter", "2026-11-25T14:00", "2026-10-01", "2027-01-01"),
        ("last-quarter", "2026-02-25T14:00", "2025-10-01", "2026-01-01"),
        ("this-year", "2026-11-25T14:00", "2026-01-01", "2027-01-01"),
        ("last-year", "2028-02-29T14:00", "2027-01-01", "2028-01-01"),
        ("last-february", "2026-03-01T00:00", "2026-02-01", "2026-03-01"),
        ("last-february", "2026-02-28T23:59", "2025-02-01", "2025-03-01"),
        ("last-february", "2024-03-01T09:00", "2024-02-01", "2024-03-01"),
        ("last-december", "2026-12-31T09:00", "2025-12-01", "2026-01-01"),
        ("last-1-day", "2026-11-25T14:00", "2026-11-25", "2026-11-26"),
        ("last-30-days", "2026-11-25T14:00", "2026-10-27", "2026-11-26"),
        ("last-2-weeks", "2026-11-25T14:00", "2026-11-12", "2026-11-26"),
        ("last-3-months", "2026-11-25T14:00", "2026-08-26", "2026-11-26"),
        ("last-3-months", "2026-05-30T14:00", "2026-03-01", "2026-05-31"),
        ("last-12-months", "2024-02-29T14:00", "2023-03-01", "2024-03-01"),
        ("last-1-year", "2026-11-25T14:00", "2025-11-26", "2026-11-26"),
        ("2026-11-01..2026-11-25", "2026-11-25T14:00", "2026-11-01", "2026-11-26"),
        ("2026-11-25..2026-11-25", "2026-11-25T14:00", "2026-11-25", "2026-11-26"),
    ],
)
def test_a_span_means_whole_days_where_the_workspace_is(said: str, now: str, start: str, end: str):
    assert dates.parse(said).bounds(seconds(now), BERLIN) == (seconds(start), seconds(end))


@pytest.mark.parametrize(
    ("said", "bounds"),
    [("2026-11-01..", (seconds("2026-11-01"), None)), ("..2026-11-01", (None, seconds("2026-11-02")))],
)
def test_a_side_may_be_open(said: str, bounds: tuple[int | None, int | None]):
    assert dates.parse(said).bounds(0, BERLIN) == bounds


def test_hours_are_counted_back_from_now():
    assert dates.parse("last-24-hours").bounds(1_000_000, BERLIN) == (1_000_000 - 86_400, None)


@pytest.mark.parametrize(
    ("day", "zone", "hours"),
    [
        ("2026-03-29", "Europe/Berlin", 23),
        ("2026-10-25", "Europe/Berlin", 25),
        ("2026-03-29", "UTC", 24),
        ("2026-04-24", "Africa/Cairo", 23),  # its clocks are put forward at midnight: the day begins at one
        ("2026-11-01", "America/Havana", 25),  # its clocks are put back at one: midnight comes twice
        ("2011-12-31", "Pacific/Apia", 24),  # the day after one that never was
    ],
)
def test_a_day_is_as_long_as_its_clocks_say(day: str, zone: str, hours: int):
    start, end = dates.between(day, day).bounds(0, ZoneInfo(zone))
    assert start
    assert end
    assert end - start == hours * 3600


@given(
    zone=some.sampled_from(["Europe/Berlin", "America/St_Johns", "Asia/Tokyo", "Africa/Cairo", "Pacific/Apia", "UTC"]),
    now=some.integers(0, 4_000_000_000),
    unit=some.sampled_from(dates.PERIODS),
)
def test_now_is_in_the_period_that_runs_and_the_one_before_ends_where_it_begins(zone: str, now: int, unit: str):
    start, end = dates.parse(f"this-{unit}").bounds(now, ZoneInfo(zone))
    assert start is not None
    assert end is not None
    assert start <= now < end
    assert dates.parse(f"last-{unit}").bounds(now, ZoneInfo(zone))[1] == start


@given(now=some.integers(0, 4_000_000_000), month=some.sampled_from(dates.MONTHS))
def test_the_last_of_a_month_is_over_and_less_than_a_year_ago(now: int, month: str):
    _, end = dates.parse(f"last-{month}").bounds(now, UTC)
    assert end is not None
    assert end <= now < end + timedelta(days=366).total_seconds()


@pytest.mark.parametrize(
    "said",
    [
        "", "..", "next-week", "last", "last-0-days", "last-01-days", "last-1.5-days", "last-10001-days",
        "last-31-years", "this-february", "2026-13-01..", "2026-1-1..", "1969-12-31..", "2201-01-01..", "2026-02-29..",
        "2026-02-02..2026-02-01", "20260101..", "٢٠٢٦-01-01..", "last-٣-days", "today ",
        "0001-01-01..", "9999-12-31..",
    ],
)  # fmt: skip
def test_what_is_no_span_raises(said: str):
    with pytest.raises(ValueError, match=r"span|ends before|too many|day|month|year|isoformat|range"):
        dates.parse(said)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("last-30-days", "last 30 days"),
        ("last-1-days", "last 1 day"),
        ("this-day", "today"),
        ("this-quarter", "this quarter"),
        ("last-february", "last February"),
        ("2026-11-01..2026-11-25", "1 Nov 2026 to 25 Nov 2026"),
        ("2026-11-01..2026-11-01", "1 Nov 2026"),
        ("2026-11-01..", "since 1 Nov 2026"),
        ("..2026-11-01", "until 1 Nov 2026"),
    ],
)
def test_a_span_says_itself_to_people(said: str, words: str):
    assert dates.parse(said).words == words


@pytest.mark.parametrize("said", ["today", "yesterday", "last-1-day", "last-30-days", "last-may", "2026-11-01.."])
def test_a_span_is_written_as_it_is_read(said: str):
    assert str(dates.parse(said)) == said
