"""Where the marks of a chart stand, and what a screen reader is told of them."""

import re

from sonora.core.plot import Bucket, plot
from sonora.core.templatetags.charts import balance_chart


def bucket(value: float, number: int = 9) -> Bucket:
    return Bucket(value=value, number=number, is_enough=number >= 5, look="pos", words=f"{number} conversations")


def test_marks_go_up_and_down_from_the_middle_in_the_order_of_time() -> None:
    shown = plot([bucket(1), bucket(0), bucket(-1), bucket(-7)], width=560, height=176)
    assert [mark.y for mark in shown.marks] == [shown.top, shown.zero, shown.bottom, shown.bottom]
    assert [mark.x for mark in shown.marks] == sorted(mark.x for mark in shown.marks)
    assert all(mark.x - mark.wide / 2 >= 64 and mark.x + mark.wide / 2 <= 552 for mark in shown.marks)


def test_time_without_rows_is_a_gap() -> None:
    marks = plot([bucket(1), bucket(0, number=0), bucket(1)], width=560, height=176).marks
    assert len(marks) == 2
    assert marks[1].x - marks[0].x > 300


def test_few_rows_are_a_hollow_dot_with_their_number() -> None:
    drawn = balance_chart([bucket(1), bucket(1, number=3)], title="Sentiment", summary="Up", first="a", last="b")
    assert drawn.count("<rect") == drawn.count("<circle") == 2  # for a wide and for a narrow place
    assert re.findall(r'class="chart-number"[^>]*>(\d+)<', drawn) == ["3", "3"]


def test_the_words_of_a_chart_are_text_to_a_browser() -> None:
    drawn = balance_chart([], title="<b>", summary='"&', first="<i>", last="b")
    assert 'role="img"' in drawn
    assert "<title>&lt;b&gt;</title><desc>&quot;&amp;</desc>" in drawn
    assert "<i>" not in drawn
    assert "style=" not in drawn
