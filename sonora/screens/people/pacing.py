"""How quickly somebody answers, week by week, and whether that changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo
from statistics import median

from sonora.core import words
from sonora.insights.trends import DAY, ENOUGH, SHORT, WEEKS

NOTABLE = 1.5  # by which factor the usual time must change to be a change

Answers = Sequence[tuple[int, int]]  # when each was given (Unix seconds), and after how many seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """A week with answers: its days, the usual time of *number* in words, and its *share* of the slowest in percent."""

    days: str
    said: str
    number: int
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Pacing:
    """*change* compares the last 30 days with the 60 before, in words; empty where either has fewer than 5 answers."""

    weeks: list[Week]
    change: str


def of(answers: Answers, *, until: int, zone: tzinfo) -> Pacing:
    """Of *answers* in the weeks before *until* (Unix seconds, the end of a day in *zone*), the oldest week first."""
    weeks = [(at, [took for when, took in answers if at <= when < at + 7 * DAY]) for at in _starts(until)]
    slowest = max((median(took) for _, took in weeks if took), default=0)
    return Pacing(
        weeks=[_week(at, took, slowest=slowest, zone=zone) for at, took in weeks if took],
        change=_change(answers, until - SHORT * DAY),
    )


def _starts(until: int) -> list[int]:
    return [until - ago * 7 * DAY for ago in range(WEEKS, 0, -1)]


def _week(at: int, took: list[int], *, slowest: float, zone: tzinfo) -> Week:
    usual = median(took)
    return Week(
        days=f"{_day(at, zone)} to {_day(at + 7 * DAY - 1, zone)}",
        said=words.duration(usual),
        number=len(took),
        share=round(100 * usual / slowest, 1) if slowest else 0.0,
    )


def _change(answers: Answers, since: int) -> str:
    lately = [took for at, took in answers if at >= since]
    before = [took for at, took in answers if at < since]
    if min(len(lately), len(before)) < ENOUGH:
        return ""
    now, then = median(lately), median(before)
    word = "Slower" if now > then * NOTABLE else "Quicker" if now * NOTABLE < then else "As before"
    return f"{word}: {words.duration(now)} in 30 days, {words.duration(then)} in the 60 before"


def _day(seconds: int, zone: tzinfo) -> str:
    return words.day(words.moment(seconds), zone=zone).rsplit(" ", 1)[0]
