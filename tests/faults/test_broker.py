"""The broker goes away, falls silent or forgets everything: the rows know what is due, and nobody restarts anything."""

import signal
import time

import pytest
import redis

from tests.faults.conftest import WORKERS, GoesOn
from tests.faults.stack import Stack

pytestmark = pytest.mark.journey


def test_no_worker_waits_for_news_that_may_never_come(stack: Stack) -> None:
    broker = redis.Redis.from_url(stack.broker.url)
    assert broker.pubsub_numpat() == 0
    assert broker.pubsub_channels() == []


def test_a_broker_that_was_killed_and_is_back_is_used_again(stack: Stack, goes_on: GoesOn) -> None:
    with goes_on("broker killed", within=stack.clocks.after_broker):
        stack.broker.stop()
        _something_to_do(stack)
        time.sleep(stack.clocks.outage)
        stack.broker.start()
    _all_are_well(stack)


def test_a_broker_that_fell_silent_and_answers_again_is_used_again(stack: Stack, goes_on: GoesOn) -> None:
    with goes_on("broker stopped", within=stack.clocks.after_silence):
        stack.broker.process.send_signal(signal.SIGSTOP)
        _something_to_do(stack)
        time.sleep(stack.clocks.outage)
        stack.broker.process.send_signal(signal.SIGCONT)
    _all_are_well(stack)


def test_a_road_to_the_broker_that_swallows_everything_is_given_up_and_tried_again(
    stack: Stack, goes_on: GoesOn
) -> None:
    with goes_on("road to the broker a black hole", within=stack.clocks.after_silence):
        stack.to_broker.swallow()
        _something_to_do(stack)
        time.sleep(stack.clocks.outage)
        stack.to_broker.let_pass()
    _all_are_well(stack)


@pytest.mark.long
def test_connections_that_a_firewall_forgot_are_given_up(stack: Stack, goes_on: GoesOn) -> None:
    with goes_on("connections to the broker forgotten", within=stack.clocks.after_silence):
        stack.to_broker.forget()
        _something_to_do(stack)  # its message may be handed to a worker that it never reaches: then a minute passes
    _all_are_well(stack)


def test_a_broker_that_lost_everything_learns_again_from_the_rows(stack: Stack, goes_on: GoesOn) -> None:
    with goes_on("broker flushed", within=stack.clocks.after_broker):
        stack.intercom.mutate("touch", count=10)
        stack.make_due()
        stack.broker.flush()
    _all_are_well(stack)


def _something_to_do(stack: Stack) -> None:
    """A change at Intercom, and a run that is due: the broker cannot be told of it."""
    stack.intercom.mutate("touch", count=10)
    stack.ask_for_a_run()


def _all_are_well(stack: Stack) -> None:
    """Everything is stored once, and each worker takes messages again: also the one that had nothing to do."""
    assert not stack.difference()
    for name in WORKERS:
        child = stack.children[name]
        assert not child.is_running or stack.is_answered_by(child, seconds=stack.clocks.after_silence)
