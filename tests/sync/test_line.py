"""Many questions at once, without Intercom: a loop in a thread, and answers that come when the test lets them."""

import asyncio
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future

import pytest

from integrations.errors import CredentialRejected
from integrations.records import Answer
from integrations.sync.budget.width import Width
from integrations.sync.pump import LOAD, ROOM, Pump
from tests.valkey import until


class Line:
    """A pump that runs, and what it asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.size = 0  # bytes of each answer
        self.loop = asyncio.new_event_loop()
        self.is_open = asyncio.Event()
        self.pump: Pump[str] = Pump(self._answer, width=Width(), loop=self.loop)
        self._thread = threading.Thread(target=self.loop.run_forever)

    def start(self) -> "Future[None]":
        self._thread.start()
        return asyncio.run_coroutine_threadsafe(self.pump.run(), self.loop)

    def close(self) -> None:
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join()
        self.loop.close()

    def open(self) -> None:
        self.loop.call_soon_threadsafe(self.is_open.set)

    async def _answer(self, external_id: str) -> Answer[str]:
        self.asked.append(external_id)
        await self.is_open.wait()
        if external_id == "refused":
            raise CredentialRejected("The token is not accepted.")
        return Answer(value=external_id, size=self.size)


@pytest.fixture
def line() -> Iterator[Line]:
    line = Line()
    done = line.start()
    yield line
    line.pump.stop()
    line.open()
    while line.pump.take():
        pass
    done.result(30)
    line.close()


def ids(line: Line, number: int) -> list[str]:
    return sorted(one.external_id for one in line.pump.take(number))


def test_what_is_added_later_is_asked_for_on_the_same_line(line: Line) -> None:
    line.open()
    line.pump.add(["1", "2"])
    assert ids(line, 2) == ["1", "2"]
    line.pump.add(["3"])
    assert ids(line, 1) == ["3"]
    assert not line.pump.is_drained


def test_a_line_that_ends_gives_all_it_was_asked_for(line: Line) -> None:
    line.open()
    line.pump.add(map(str, range(3 * ROOM)))
    line.pump.end()
    came = [one.external_id for lot in iter(line.pump.take, []) for one in lot]
    assert sorted(came) == sorted(map(str, range(3 * ROOM)))
    assert line.pump.is_drained


def test_a_line_that_stops_gives_what_is_in_flight_and_asks_no_more(line: Line) -> None:
    line.pump.add(map(str, range(3 * ROOM)))
    while not line.asked:
        assert line.pump.take(wait=0.01) == []
    line.pump.stop()
    line.open()
    came = [one.external_id for lot in iter(line.pump.take, []) for one in lot]
    assert sorted(came) == sorted(line.asked)
    assert len(came) < ROOM


def test_no_more_is_asked_for_than_the_store_has_room_for(line: Line) -> None:
    line.open()
    line.pump.add(map(str, range(3 * ROOM)))
    line.pump.end()
    until(lambda: len(line.asked) >= ROOM)
    time.sleep(0.05)
    assert len(line.asked) == ROOM


def test_no_more_is_asked_for_than_memory_has_room_for(line: Line) -> None:
    line.size = LOAD // 4
    line.open()
    line.pump.add(map(str, range(30)))
    line.pump.end()
    until(lambda: len(line.asked) >= 4)
    came = 0
    while line.pump.take(1):
        came += 1
        time.sleep(0.03)
        assert len(line.asked) <= came + 4
    assert came == 30


def test_answers_larger_than_memory_has_room_for_come_one_by_one(line: Line) -> None:
    line.size = 2 * LOAD
    line.open()
    line.pump.add(map(str, range(3)))
    line.pump.end()
    assert len([one for lot in iter(line.pump.take, []) for one in lot]) == 3


def test_an_error_of_all_ends_the_line_once_the_others_are_given() -> None:
    line = Line()
    done = line.start()
    line.pump.add(["1", "refused", "2"])
    while len(line.asked) < 3:
        assert line.pump.take(wait=0.01) == []
    line.open()
    came = [one.external_id for lot in iter(line.pump.take, []) for one in lot]
    assert sorted(came) == ["1", "2"]
    with pytest.raises(CredentialRejected):
        done.result(30)
    line.close()
