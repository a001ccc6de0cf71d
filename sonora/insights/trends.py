"""How a customer or a person felt lately: counted over their conversations each time it is asked.

Nothing of it is kept, so a correction, a match or a deletion shows at once. A conversation belongs to the day of its
last update, as in every list. What is unsure or has not enough text is left out of the count.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import BigIntegerField, Count, ExpressionWrapper, F, Q, QuerySet, Value

from sonora.core.among import among
from sonora.insights.models import ConversationSentiment, Sentiment
from sonora.insights.weighing import winner

DAY = 86_400  # seconds
SHORT, LONG = 30, 90  # days
WEEKS = 13  # of a chart
ENOUGH = 5  # conversations: fewer say nothing about a direction
NOTABLE = 0.2  # by which the balance must change to be a direction
COUNTED = (Sentiment.NEGATIVE, Sentiment.NEUTRAL, Sentiment.POSITIVE, Sentiment.MIXED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mix:
    """How many conversations felt how."""

    negative: int = 0
    neutral: int = 0
    positive: int = 0
    mixed: int = 0

    @property
    def number(self) -> int:
        return self.negative + self.neutral + self.positive + self.mixed

    @property
    def label(self) -> str:
        """A value of `Sentiment`, by the rule that a conversation has; a mixed one counts half for either side."""
        if not self.number:
            return Sentiment.NONE.value
        half = self.mixed / 2
        return winner(negative=self.negative + half, neutral=self.neutral, positive=self.positive + half)

    @property
    def balance(self) -> float:
        """From −1, all are negative, to 1, all are positive; 0 without any."""
        return (self.positive - self.negative) / self.number if self.number else 0.0

    @property
    def is_enough(self) -> bool:
        return self.number >= ENOUGH


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """Seven days of a chart; *start* and *end* in Unix seconds, the end belongs to the next one."""

    start: int
    end: int
    mix: Mix


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """The last 30 and 90 days, and the weeks of the latter, oldest first."""

    short: Mix
    long: Mix
    weeks: list[Week] = field(default_factory=list)

    @property
    def direction(self) -> str:
        """rising, falling or steady: the last 30 days against the 60 before; empty where either are too few."""
        before = _less(self.long, self.short)
        if not (self.short.is_enough and before.is_enough):
            return ""
        change = self.short.balance - before.balance
        return "steady" if abs(change) < NOTABLE else "rising" if change > 0 else "falling"


def of_customer(customer: int, *, until: int) -> Trend:
    """How *customer* (primary key) felt in the 91 days before *until* (Unix seconds, midnight in the viewer's zone)."""
    return _trend(_talks(until, days=WEEKS * 7).filter(conversation__customer=customer), until)


def of_person(person: int, *, until: int) -> Trend:
    """The same of the conversations in which *person* (primary key) takes part."""
    theirs = Q(conversation__contact_links__person=person)
    return _trend(_talks(until, days=WEEKS * 7).filter(theirs), until)


def of_customers(customers: Collection[int], *, until: int) -> dict[int, Mix]:
    """The last 30 days of each of *customers* that had any conversation, in one question."""
    return _mixes(_talks(until, days=SHORT).filter(conversation__customer__in=customers), "conversation__customer")


def of_many(talks: Mapping[int, Mapping[int, int]], *, until: int) -> dict[int, Trend]:
    """The last 30 and 90 days, without weeks, of each of many people, in one question.

    *talks* are the conversations of each: its primary key, and when it was last updated (Unix seconds).
    """
    begun = until - LONG * DAY
    felt = _labels({talk for theirs in talks.values() for talk, at in theirs.items() if begun <= at < until})
    return {
        person: Trend(short=_mix(theirs, felt, since=until - SHORT * DAY), long=_mix(theirs, felt, since=begun))
        for person, theirs in talks.items()
    }


def _labels(conversations: Collection[int]) -> dict[int, str]:
    """How each of *conversations* (primary keys) felt: of those whose feeling counts, by primary key."""
    felt = ConversationSentiment.objects.shown().filter(among("conversation", conversations), label__in=COUNTED)
    return dict(felt.values_list("conversation_id", "label"))


def _mix(talks: Mapping[int, int], felt: Mapping[int, str], *, since: int) -> Mix:
    return Mix(**Counter(felt[talk] for talk, at in talks.items() if talk in felt and at >= since))


def _talks(until: int, *, days: int) -> QuerySet[ConversationSentiment]:
    bounds = Q(conversation__updated_at__gte=until - days * DAY, conversation__updated_at__lt=until)
    return ConversationSentiment.objects.shown().filter(bounds, label__in=COUNTED).order_by()


def _mixes(talks: QuerySet[ConversationSentiment], by: str) -> dict[int, Mix]:
    counts: dict[int, dict[str, int]] = {}
    for owner, label, number in talks.values_list(by, "label").annotate(Count("conversation", distinct=True)):
        counts.setdefault(owner, {})[label] = number
    return {owner: Mix(**found) for owner, found in counts.items()}


def _trend(talks: QuerySet[ConversationSentiment], until: int) -> Trend:
    age = ExpressionWrapper((Value(until - 1) - F("conversation__updated_at")) / DAY, output_field=BigIntegerField())
    rows: list[Any] = list(
        talks.values_list(age, "label").annotate(Count("conversation", distinct=True))  # days ago, label, number
    )
    weeks = [
        Week(start=until - (ago + 1) * 7 * DAY, end=until - ago * 7 * DAY, mix=_sum(rows, ago * 7, ago * 7 + 7))
        for ago in reversed(range(WEEKS))
    ]
    return Trend(short=_sum(rows, 0, SHORT), long=_sum(rows, 0, LONG), weeks=weeks)


def _sum(rows: Iterable[tuple[int, str, int]], first: int, end: int) -> Mix:
    counts: dict[str, int] = {}
    for ago, label, number in rows:
        if first <= ago < end:
            counts[label] = counts.get(label, 0) + number
    return Mix(**counts)


def _less(whole: Mix, part: Mix) -> Mix:
    return Mix(**{label.value: getattr(whole, label) - getattr(part, label) for label in COUNTED})
