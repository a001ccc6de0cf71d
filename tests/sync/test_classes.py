"""What kind of work a slice is, and what it may take of Intercom's limit."""

from collections.abc import Iterator
from typing import Any

import pytest

from integrations.models import SyncState
from integrations.sync import classes
from integrations.sync.classes import SliceClass
from integrations.sync.sweeps.schedule import HOUR
from sonora.core import clock

NOW = 1_790_000_000
RESTING: dict[str, Any] = {
    "first_screen_at": NOW - 9_000,
    "initial_done_at": NOW - 1_000,
    "watermark": NOW - 1_000,
    "open_done": True,
    "closed_done": True,
    "run_due": NOW + 600,
}


@pytest.fixture(autouse=True)
def it_is_now() -> Iterator[None]:
    with clock.fixed(NOW):
        yield


@pytest.mark.parametrize(
    ("facts", "kind"),
    [
        ({"initial_done_at": None, "first_screen_at": None}, SliceClass.FIRST_SCREEN),
        ({"initial_done_at": None}, SliceClass.FIRST_SYNC),
        ({"initial_done_at": None, "now_requested_at": NOW}, SliceClass.FIRST_SYNC),
        ({"now_requested_at": NOW}, SliceClass.NOW),
        ({"now_requested_by": "ada@a.example", "run_id": 1}, SliceClass.NOW),
        ({"closed_done": False}, SliceClass.BACKFILL),
        ({"run_due": NOW}, SliceClass.INCREMENTAL),
        ({"run_id": 1, "initial_done_at": NOW - HOUR}, SliceClass.INCREMENTAL),
        ({"initial_done_at": NOW - HOUR}, SliceClass.SWEEP),
        ({"sweep": "all"}, SliceClass.SWEEP),
        ({}, SliceClass.INCREMENTAL),  # a conversation that was put off
    ],
)
def test_the_next_slice_is_what_its_connection_needs_first(facts: dict[str, Any], kind: SliceClass) -> None:
    assert classes.of(SyncState(**{**RESTING, **facts}), at=NOW) is kind


def test_what_comes_later_is_told_for_then() -> None:
    assert classes.of(SyncState(**RESTING), at=NOW + 600) is SliceClass.INCREMENTAL
    late_run = SyncState(**{**RESTING, "run_due": NOW + 9_000})
    assert classes.of(late_run, at=NOW - 1_000 + HOUR) is SliceClass.SWEEP


@pytest.mark.parametrize("kind", SliceClass)
def test_who_is_waited_for_may_take_more_and_at_once(kind: SliceClass) -> None:
    terms = classes.terms(kind)
    watched = kind in (SliceClass.FIRST_SCREEN, SliceClass.FIRST_SYNC, SliceClass.NOW)
    assert (terms.share, terms.paced) == ((0.8, False) if watched else (0.5, True))


def test_a_share_that_was_set_holds_for_every_kind(settings: Any) -> None:
    settings.INTERCOM_BUDGET_SHARE = 0.3
    assert {classes.terms(kind).share for kind in SliceClass} == {0.3}
