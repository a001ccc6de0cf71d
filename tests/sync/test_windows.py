"""Cutting time into windows: every second is covered once, whatever the answers were."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from integrations.sync import windows
from integrations.sync.windows import Held, is_wanted

T = 1_790_000_000
SPANS = st.integers(min_value=1, max_value=10**9)


@given(start=st.integers(0, 5_000), length=st.integers(0, 5_000), spans=st.lists(SPANS, min_size=1, max_size=50))
def test_windows_upwards_meet_and_end_at_the_target(start: int, length: int, spans: list[int]) -> None:
    frontier, end, covered = start, start + length, []
    while frontier <= end:
        lo, hi = windows.forward(frontier, end=end, span=spans[len(covered) % len(spans)])
        covered.append((lo, hi))
        frontier = hi + 1
    assert covered[0][0] == start
    assert covered[-1][1] == end
    assert all(after[0] == before[1] + 1 for before, after in itertools.pairwise(covered))


@given(edge=st.integers(0, 5_000), length=st.integers(0, 5_000), spans=st.lists(SPANS, min_size=1, max_size=50))
def test_windows_downwards_meet_and_end_at_the_edge(edge: int, length: int, spans: list[int]) -> None:
    frontier, covered = edge + length, []
    while not covered or covered[-1][0] > edge:
        lo, hi = windows.backward(frontier, edge=edge, span=spans[len(covered) % len(spans)], floor=0)
        assert lo is not None
        covered.append((lo, hi))
        frontier = lo - 1
    assert covered[0][1] == edge + length
    assert covered[-1][0] == edge
    assert all(after[1] == before[0] - 1 for before, after in itertools.pairwise(covered))


def test_without_an_edge_the_last_window_has_no_lower_end() -> None:
    assert windows.backward(1_000, edge=None, span=100, floor=500) == (901, 1_000)
    assert windows.backward(550, edge=None, span=100, floor=500) == (None, 550)


@given(span=SPANS, total=st.none() | st.integers(-5, 10**7))
def test_a_window_that_was_too_dense_gets_shorter_but_never_empty(span: int, total: int | None) -> None:
    shorter = windows.narrowed(span, total=total)
    assert shorter >= 1
    assert shorter < span or span == 1


@given(span=SPANS, rows=st.integers(0, 150))
def test_the_next_window_aims_at_room_for_a_denser_neighbour(span: int, rows: int) -> None:
    wider = windows.widened(span, rows=rows)
    assert wider >= 1
    if rows >= windows.AIM // 2:
        assert wider * rows <= windows.AIM * span + rows


def test_a_second_that_alone_holds_more_than_a_page_is_known_by_the_first_rows_of_an_answer() -> None:
    others = list(range(T + 1, T + 51))
    assert windows.crowded([T] * 100 + others, total=300) == T
    assert windows.crowded([T] * 100 + others, total=None) == T
    assert windows.crowded([T] * 100 + others, total=160) is None
    assert windows.crowded([], total=300) is None


@given(distance=st.integers(-1, 10_000), more=st.integers(0, 10_000))
def test_beside_a_crowded_second_is_what_lies_before_it_or_it_with_its_neighbours(distance: int, more: int) -> None:
    span = max(1, distance + more)
    asked = windows.beside(distance, span=span)
    assert 1 <= asked <= span
    if distance > 1:
        assert asked == distance - 1, "one second is left between, since a search may give it as well"
    else:
        assert asked <= max(1, distance + 2)


def test_what_is_not_held_or_changed_is_wanted() -> None:
    assert is_wanted(T - 50, None, target=T)
    assert is_wanted(T - 50, Held(None, None), target=T)
    assert is_wanted(T - 50, Held(T - 60, T), target=T)
    assert is_wanted(None, Held(T - 60, T), target=T)
    assert is_wanted(T - 60, Held(T - 50, T), target=T), "an older date is a change as well"


def test_what_is_held_unchanged_costs_nothing_once_it_has_settled() -> None:
    assert not is_wanted(T - 50, Held(T - 50, T), target=T)
    assert not is_wanted(T - 50, Held(T - 50, T - 43), target=T)


def test_a_change_in_the_same_second_as_the_last_read_is_not_missed() -> None:
    assert is_wanted(T - 50, Held(T - 50, T - 50), target=T)
    assert is_wanted(T - 50, Held(T - 50, T - 44), target=T)


def test_a_date_far_in_the_future_is_read_again_once_a_day() -> None:
    future = T + 10**9
    assert not is_wanted(future, Held(future, T - 3_600), target=T)
    assert is_wanted(future, Held(future, T - 90_000), target=T)
    assert is_wanted(future, Held(future - 1, T), target=T)
