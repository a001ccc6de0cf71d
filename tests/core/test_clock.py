import threading
import time

import pytest
from django.db import connection

from sonora.core import clock


@pytest.mark.django_db
def test_the_clock_gives_unix_seconds():
    assert isinstance(clock.now(), int)
    assert abs(clock.now() - time.time()) < 5


@pytest.mark.django_db
def test_production_takes_the_time_of_the_database_and_not_of_the_machine(monkeypatch: pytest.MonkeyPatch):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no clock but this machine's.")
    true = clock.now()
    monkeypatch.setattr(time, "time", lambda: 0.0)
    assert abs(clock.now() - true) < 5


def test_a_fixed_clock_stands_still_and_ends_with_its_block(monkeypatch: pytest.MonkeyPatch):
    with clock.fixed(1_700_000_000):
        assert [clock.now(), clock.now()] == [1_700_000_000] * 2
        with clock.fixed(5):
            assert clock.now() == 5
        assert clock.now() == 1_700_000_000
    assert clock._replacement is None


def test_a_replaced_clock_runs_as_it_is_told_in_every_thread():
    seen: list[int] = []
    ticks = iter(range(10, 100, 10))
    with clock.use(lambda: next(ticks)):
        thread = threading.Thread(target=lambda: seen.append(clock.now()))
        thread.start()
        thread.join()
        seen.append(clock.now())
    assert seen == [10, 20]


def test_the_clock_is_given_back_after_an_error():
    with pytest.raises(RuntimeError), clock.fixed(1):
        raise RuntimeError
    assert clock._replacement is None
