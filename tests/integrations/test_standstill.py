"""A sync that stands still says so: since when, why, and what can be done."""

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from integrations import standstill
from integrations.status import Snapshot, derive, freshness
from tests.integrations.test_status import HEALTHY, NOW

AN_HOUR_AGO = NOW - 3600  # 13:13 UTC
DUE = {"next_due": AN_HOUR_AGO, "last_progress": AN_HOUR_AGO, "last_finished": AN_HOUR_AGO}
SINCE = "Nothing came in since 13:13 UTC: "


def seen(**changed: object) -> Snapshot:
    return replace(HEALTHY, **{**DUE, **changed})


@pytest.mark.parametrize(
    ("changed", "why", "advice"),
    [
        ({}, "it is due and no worker was given it.", "Ask whoever operates Sonora whether a worker runs."),
        (
            {"dispatched_at": AN_HOUR_AGO},
            "no worker has taken it.",
            "Ask whoever operates Sonora whether a worker runs.",
        ),
        ({"lease_until": NOW + 30}, "a worker is at it and has saved nothing.", ""),
        (
            {"silent_since": NOW - 121, "dispatched_at": AN_HOUR_AGO},
            "Sonora's scheduler doesn't run.",
            "Ask whoever operates Sonora to start the beat process.",
        ),
        (
            {
                "failing_since": AN_HOUR_AGO,
                "last_error": "We couldn't reach Intercom. Check again in a moment.",
                "next_due": NOW + 900,
            },
            "we couldn't reach Intercom.",
            "",
        ),
        (
            {"failing_since": AN_HOUR_AGO, "last_error": "Intercom is busy. Wait.", "next_due": NOW + 900},
            "Intercom is busy.",
            "",
        ),
        ({"failing_since": AN_HOUR_AGO}, "Intercom could not be read.", ""),
    ],
)
def test_it_says_since_when_why_and_what_to_do(changed: dict[str, object], why: str, advice: str) -> None:
    shown = derive(seen(**changed), now=NOW)
    assert (shown.standstill, shown.advice) == (SINCE + why, advice)
    assert freshness(seen(**changed), now=NOW) == "stale"


@pytest.mark.parametrize(
    "changed",
    [
        {"next_due": NOW - 900},
        {"last_progress": NOW - 900},
        {"next_due": NOW + 60},
        {"next_due": None},
        {"run": "paused_by_person"},
        {"run": "paused_after_failures", "failing_since": NOW - 90_000},
        {"setup": "token_invalid"},
        {"setup": "disconnected"},
        {"setup": "deleting"},
        {"failing_since": NOW - 900, "next_due": NOW + 60},
    ],
)
def test_what_is_not_due_or_got_on_lately_does_not_stand_still(changed: dict[str, object]) -> None:
    assert standstill.since(seen(**changed), now=NOW) is None
    assert derive(seen(**changed), now=NOW).standstill == ""


def test_it_stands_still_a_second_after_the_fifteen_minutes() -> None:
    assert standstill.since(seen(next_due=NOW - 900, last_progress=None), now=NOW) is None
    assert standstill.since(seen(next_due=NOW - 901, last_progress=None), now=NOW) == NOW - 901


@pytest.mark.parametrize(
    "changed",
    [
        {"initial_done": False, "run": "initial"},
        {"missing": ("tags",)},
        {"run": "waiting_intercom", "failing_since": AN_HOUR_AGO, "run_until": NOW + 60},
        {"run": "incremental"},
        {"conversations": 0},
    ],
)
def test_it_is_said_whatever_else_is_shown(changed: dict[str, object]) -> None:
    assert derive(seen(**changed), now=NOW).standstill.startswith(SINCE)


def test_a_scheduler_that_is_silent_is_named_before_anything_is_late() -> None:
    silent = replace(HEALTHY, silent_since=NOW - 121)
    shown = derive(silent, now=NOW)
    assert (shown.key, shown.standstill) == ("healthy", "Sonora's scheduler hasn't run since 14:11 UTC.")
    assert shown.advice == "Ask whoever operates Sonora to start the beat process."
    assert derive(replace(silent, run="paused_by_person"), now=NOW).standstill == ""


def test_the_time_is_the_workspaces_and_has_its_day_when_that_is_another() -> None:
    zone = ZoneInfo("Europe/Berlin")
    days_ago = NOW - 3 * 86_400
    told = derive(seen(last_progress=days_ago, next_due=days_ago), now=NOW, zone=zone).standstill
    assert told.startswith("Nothing came in since 18 Sep, 16:13 CEST: ")
    assert derive(seen(), now=NOW, zone=zone).standstill.startswith("Nothing came in since 15:13 CEST: ")
