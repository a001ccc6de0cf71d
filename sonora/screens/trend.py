"""How a customer or a person felt lately, as their pages show it."""

from dataclasses import dataclass, replace
from datetime import tzinfo

from django.urls import reverse

from sonora.core import words
from sonora.core.plot import Bucket
from sonora.filters.dates import Latest
from sonora.filters.filterset import FilterSet
from sonora.filters.viewer import Viewer
from sonora.insights import trends
from sonora.insights.models import Sentiment
from sonora.insights.trends import COUNTED, LONG, SHORT, Mix, Trend, Week

LOOKS = {"negative": "neg", "neutral": "neu", "positive": "pos", "mixed": "mix", "none": "neu"}
ARROWS = {"rising": "up", "falling": "down", "steady": "arrow-right"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """How many conversations felt how, and the address of those."""

    label: str
    word: str
    number: int
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One week of the table behind the chart; *when* are its first and last day."""

    when: str
    mix: Mix


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """The card: 30 days as its headline, 90 days as its chart. *arrow* is the direction's icon, if there is one."""

    trend: Trend
    arrow: str
    parts: list[Part]
    url: str
    buckets: list[Bucket]
    rows: list[Row]
    summary: str
    first: str
    last: str


def until(viewer: Viewer) -> int:
    """The end of the viewer's day (Unix seconds): whole days are counted, as by the filter of a list."""
    end = Latest(1, "day").bounds(viewer.now, viewer.zone)[1]
    assert end is not None  # noqa: S101 - a day has an end
    return end


def of_customer(customer: int, viewer: Viewer) -> Shown:
    """The card of *customer* (primary key)."""
    talks = FilterSet(customers=frozenset({customer}))
    return _shown(trends.of_customer(customer, until=until(viewer)), talks, viewer.zone)


def of_person(person: int, felt: Trend, viewer: Viewer) -> Shown:
    """The card of *person* (primary key), who *felt* so."""
    return _shown(felt, FilterSet(people=frozenset({person})), viewer.zone)


def _shown(trend: Trend, talks: FilterSet, zone: tzinfo) -> Shown:
    lately = replace(talks, updated=Latest(SHORT, "day"))
    rows = [Row(when=_when(week, zone), mix=week.mix) for week in trend.weeks]
    return Shown(
        trend=trend,
        arrow=ARROWS.get(trend.direction, ""),
        parts=[_part(label, trend.short, lately) for label in COUNTED if getattr(trend.short, label)],
        url=_url(replace(lately, sentiments=frozenset(label.value for label in COUNTED))),
        buckets=[_bucket(row) for row in rows],
        rows=rows,
        summary=_summary(trend),
        first=_day(trend.weeks[0].start, zone),
        last=_day(trend.weeks[-1].end - 1, zone),
    )


def _part(label: Sentiment, mix: Mix, lately: FilterSet) -> Part:
    only = replace(lately, sentiments=frozenset({label.value}))
    return Part(label=label.value, word=label.label.lower(), number=getattr(mix, label), url=_url(only))


def _bucket(row: Row) -> Bucket:
    mix = row.mix
    parts = [f"{getattr(mix, label)} {label.label.lower()}" for label in COUNTED if getattr(mix, label)]
    return Bucket(
        value=mix.balance,
        number=mix.number,
        is_enough=mix.is_enough,
        look=LOOKS[mix.label],
        words=f"{row.when}: {words.counted(mix.number, 'conversation')}, {', '.join(parts)}",
    )


def _summary(trend: Trend) -> str:
    short, long = trend.short, trend.long
    lately = f"{_word(short)} in the last {SHORT} days, {words.counted(short.number, 'conversation')}"
    before = f"{_word(long)} in {LONG} days, {words.counted(long.number, 'conversation')}"
    return f"{lately}; {before}. {trend.direction.capitalize()}." if trend.direction else f"{lately}; {before}."


def _word(mix: Mix) -> str:
    return "Nothing" if mix.label == Sentiment.NONE else str(Sentiment(mix.label).label)


def _when(week: Week, zone: tzinfo) -> str:
    return f"{_day(week.start, zone)} to {_day(week.end - 1, zone)}"


def _day(seconds: int, zone: tzinfo) -> str:
    return words.day(words.moment(seconds), zone=zone).rsplit(" ", 1)[0]


def _url(talks: FilterSet) -> str:
    return f"{reverse('conversations')}?{talks.query}"
