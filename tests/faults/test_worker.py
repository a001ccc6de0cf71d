"""A worker that dies, is stopped, sleeps or is asked twice: another goes on, and everything is stored once."""

import os
import signal
import time

import pytest

from tests.faults.conftest import SIZE, WORKERS, GoesOn
from tests.faults.stack import Stack
from tests.valkey import until

pytestmark = pytest.mark.journey


def test_another_worker_takes_over_from_one_that_was_killed(busy: Stack, goes_on: GoesOn) -> None:
    with goes_on("worker killed", within=busy.clocks.after_worker):
        busy.holder().send(signal.SIGKILL)
    assert not busy.difference()


def test_a_worker_that_is_told_to_stop_gives_its_lease_back_and_ends(busy: Stack) -> None:
    worker = busy.holder()
    os.kill(worker.process.pid, signal.SIGTERM)
    worker.process.wait(busy.clocks.stopping)
    assert busy.lease_owner == "" or busy.holder() is not worker
    until(lambda: busy.is_synced, seconds=busy.clocks.after_worker)
    assert not busy.difference()


def test_a_worker_that_slept_through_the_end_of_its_lease_writes_nothing(busy: Stack) -> None:
    sleeper, fence, began = busy.holder(), busy.fence, time.monotonic()
    sleeper.send(signal.SIGSTOP)
    until(lambda: busy.is_synced, seconds=busy.clocks.after_worker + 60)
    time.sleep(max(0.0, began + busy.clocks.asleep - time.monotonic()))
    before, slices = busy.written(), sleeper.ended()
    sleeper.send(signal.SIGCONT)
    until(lambda: sleeper.ended() > slices, seconds=60)  # the lease was lost, or it slept beyond its time limit too
    assert busy.fence > fence
    assert busy.written() == before
    assert not busy.difference()
    assert sleeper.is_running


def test_of_ten_messages_for_one_connection_one_is_worked_on(busy: Stack) -> None:
    holder, fence = busy.holder(), busy.fence
    other = next(busy.children[name] for name in WORKERS if busy.children[name] is not holder)
    told = len(other.answers())
    busy.send("integrations.tasks.run_slice", busy.value("SELECT id FROM integrations_connection"), times=10)
    until(lambda: len(other.answers()) >= told + 10, seconds=60)
    assert busy.fence <= fence + 1  # the next slice, had this one ended meanwhile
    assert (
        min(other.answers()[told:]) < 0.25
    )  # seconds: nothing was worked on; 0.03 where nobody else needs the machine
    until(lambda: busy.is_synced, seconds=60)
    assert not busy.difference()


def test_a_process_that_was_killed_for_its_memory_is_replaced(busy: Stack, goes_on: GoesOn) -> None:
    worker, process = busy.holder(), int(busy.lease_owner.rpartition(":")[2])
    with goes_on("process of a worker killed", within=busy.clocks.after_worker):
        os.kill(process, signal.SIGKILL)
    assert worker.is_running
    assert busy.is_answered_by(worker, seconds=90)
    assert not busy.difference()


@pytest.mark.long
def test_a_record_that_takes_all_memory_is_set_aside_and_the_workers_live(stack: Stack) -> None:
    chosen = next(row["id"] for row in stack.intercom.objects() if row["type"] == "conversation")
    parts = ",".join(["{}"] * 3_000_000)
    body = f'{{"id":"{chosen}","conversation_parts":{{"conversation_parts":[{parts}]}}}}'
    stack.intercom.fail(f"/conversations/{chosen}", kind="raw", body=body, times=None)
    stack.intercom.mutate("touch", count=SIZE)
    for name in WORKERS:
        stack.children[name].limit_memory(250 * 2**20)
    stack.ask_for_a_run()
    letters = f"SELECT count(*) FROM integrations_deadletter WHERE external_id = '{chosen}'"
    until(lambda: stack.value(letters) == 1 and stack.is_synced, seconds=900)
    for name in WORKERS:
        assert stack.is_answered_by(stack.children[name], seconds=60)
        stack.children[name].end()  # the next test has workers without a limit
    stack.intercom.clear()
    stack.intercom.mutate("touch", ids=[chosen])
