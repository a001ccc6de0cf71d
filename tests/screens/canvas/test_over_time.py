"""Lines over time: where the grid, the points and the names stand."""

import pytest

from sonora.chat.answers.rows import Figure, Row, Rows
from sonora.screens.canvas.over_time import Picture, picture


def drawn(*numbers: tuple[int, ...]) -> Picture | None:
    columns = ("Conversations", "Negative")[: len(numbers[0])]
    rows = [
        Row(label=f"{at} Nov", figures=tuple(Figure(number=number) for number in one)) for at, one in enumerate(numbers)
    ]
    return picture(Rows(title="Week", columns=columns, rows=rows, is_time=True))


@pytest.mark.parametrize(
    ("most", "names"),
    [
        (1, ["0", "1"]),
        (4, ["0", "1", "2", "3", "4"]),
        (7, ["0", "2", "4", "6", "8"]),
        (83, ["0", "50", "100"]),
        (1_999, ["0", "500", "1,000", "1,500", "2,000"]),
    ],
)
def test_the_grid_goes_from_zero_to_a_round_number_above_the_highest(most: int, names: list[str]) -> None:
    shown = drawn((0,), (most,))
    assert shown
    assert [tick.name for tick in shown.grid] == names
    assert shown.series[0].points[0].y == shown.grid[0].at


def test_the_highest_line_of_the_grid_is_where_such_a_figure_stands() -> None:
    shown = drawn((4,), (1,))
    assert shown
    assert shown.series[0].points[0].y == shown.grid[-1].at


def test_names_of_lines_that_end_at_one_place_stand_apart_and_above_the_ground() -> None:
    shown = drawn((5, 3), (0, 0))
    assert shown
    heights = [float(one.at.rstrip("%")) for one in shown.series]
    assert heights == [84.0, 96.0]


def test_the_first_and_the_last_time_are_named_and_some_between() -> None:
    shown = drawn(*[(at,) for at in range(13)])
    assert shown
    assert [tick.name for tick in shown.times] == ["0 Nov", "4 Nov", "8 Nov", "12 Nov"]
    shown = drawn((1,), (2,))
    assert shown
    assert [tick.name for tick in shown.times] == ["0 Nov", "1 Nov"]


def test_what_there_is_to_see_is_said_in_words() -> None:
    shown = drawn((1_200,), (2,), (7,))
    assert shown
    assert shown.summary == "Between 2 and 1,200, 7 at the end."
    assert shown.words == f"Conversations by week, from 0 Nov to 2 Nov. {shown.summary}"
    assert [one.words for one in shown.series[0].points][:1] == ["0 Nov: 1,200 conversations"]
    steady = drawn((3,), (3,))
    assert steady
    assert steady.summary == "Always 3."


def test_one_time_or_nothing_at_all_is_no_line() -> None:
    assert drawn((3,)) is None
    assert drawn((0,), (0,)) is None
