"""The database goes away in the middle of a slice: no half page, and the sync goes on by itself."""

import signal
import time

import pytest

from tests.faults.conftest import GoesOn
from tests.faults.stack import Stack

pytestmark = pytest.mark.journey


def test_a_database_that_was_restarted_in_the_middle_of_a_slice_is_used_again(busy: Stack, goes_on: GoesOn) -> None:
    with goes_on("database restarted", within=busy.clocks.after_database):
        busy.database.stop()
        busy.database.start()
    assert not busy.difference()


def test_a_database_that_crashed_and_was_away_for_a_while_is_used_again(busy: Stack, goes_on: GoesOn) -> None:
    with goes_on("database crashed", within=busy.clocks.after_database):
        busy.database.stop(signal.SIGQUIT)
        time.sleep(busy.clocks.outage)
        busy.database.start()
    assert not busy.difference()


def test_connections_to_the_database_that_broke_are_made_anew(busy: Stack, goes_on: GoesOn) -> None:
    with goes_on("connections to the database broken", within=busy.clocks.after_database):
        busy.to_database.cut()
    assert not busy.difference()
