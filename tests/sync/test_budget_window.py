"""The rules of the limit, one decision at a time, in this process and in Redis."""

import pytest

from integrations.sync.budget.rules import Given, Terms, Told
from integrations.sync.budget.window import Window
from tests.sync.test_budget_rules import compared, in_redis
from tests.valkey import valkey

__all__ = ["compared", "in_redis", "valkey"]
pytestmark = pytest.mark.usefixtures("compared")

BEGAN, RESET = 1_000.0, 1_790_000_010
WHOLE = Terms(share=1.0)


def a_second_window(*, out: int = 0) -> Window:
    """Of a bucket that is known, with a limit of 100; *out* requests of the window before are not answered."""
    window = Window()
    first = window.exchange(BEGAN, told=[], want=out + 1, terms=WHOLE, luck=0.0)
    told = Told(first.window, limit=100, remaining=90, reset=RESET, ends_in=5.0)
    window.exchange(BEGAN, told=[told], want=0, terms=WHOLE, luck=0.0)
    window.exchange(BEGAN + 5.2, told=[], want=0, terms=WHOLE, luck=0.0)
    return window


def ask(window: Window, *told: Told, want: int = 100, terms: Terms = WHOLE) -> Given:
    return window.exchange(BEGAN + 6.0, told=told, want=want, terms=terms, luck=0.0)


def left(window: Window, remaining: int) -> Told:
    """An answer to a request of this window."""
    number = ask(window, want=1).window
    return Told(number, limit=100, remaining=remaining, reset=RESET + 10, ends_in=9.0)


def test_until_an_answer_tells_what_is_left_ten_are_under_way() -> None:
    assert ask(a_second_window()).turns == 10
    assert ask(a_second_window(out=4)).turns == 6


def test_what_is_under_way_counts_against_what_is_left() -> None:
    window = a_second_window()
    ask(window, want=3)
    assert ask(window, left(window, 8)).turns == 5


def test_what_was_under_way_when_the_window_began_may_count_in_it() -> None:
    window = a_second_window(out=4)
    assert ask(window, left(window, 99)).turns == 100 - 1 - 4


def test_what_others_leave_is_ours_down_to_a_tenth() -> None:
    half = Terms(share=0.5)
    for remaining, turns in [(49, 4), (15, 4), (12, 2), (11, 1), (10, 0), (0, 0)]:
        window = a_second_window()
        assert ask(window, left(window, remaining), terms=half).turns == turns, remaining


def test_a_turn_that_was_not_used_is_there_again() -> None:
    window, half = a_second_window(), Terms(share=0.5)
    given = ask(window, left(window, 99), terms=half)
    assert given.turns == 50 - 1
    assert ask(window, terms=half).turns == 0
    assert ask(window, *[Told(given.window, unused=True)] * 2, terms=half).turns == 2


def test_a_turn_of_the_window_before_that_was_not_used_counts_in_none() -> None:
    window = a_second_window(out=4)
    told = left(window, 99)
    unused = Told(told.window - 1, unused=True)
    assert ask(window, told, *[unused] * 3).turns == 100 - 1 - 1


@pytest.mark.parametrize(("named", "least", "most"), [(500.0, 60, 62), (-5.0, 10, 12), (None, 10, 12), (7.0, 7, 9)])
def test_a_429_is_kept_as_far_as_it_can_be_believed(named: float | None, least: float, most: float) -> None:
    window = a_second_window()
    refused = ask(window, Told(ask(window, want=1).window, refused=True, retry_in=named))
    assert refused.turns == 0
    assert refused.refused
    assert least <= refused.wait <= most


def test_a_clock_that_was_set_back_a_day_stops_nobody() -> None:
    window = a_second_window()
    assert ask(window, left(window, 0)).turns == 0
    assert window.exchange(BEGAN - 86_400, told=[], want=1, terms=WHOLE, luck=0.0).turns == 1
