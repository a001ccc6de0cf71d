"""What a question asks to be done: its intent, what is counted, by what, in which order, how many rows. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sonora.chat.interpreter.names import Name
from sonora.chat.interpreter.said import Said
from sonora.chat.interpreter.shape import Shape, compared
from sonora.chat.interpreter.spans import Kind
from sonora.chat.query import MOST_ROWS, Group, Intent, Metric, Order
from sonora.filters.filterset import FilterSet

GROUPS = {
    "customers": Group.CUSTOMER,
    "people": Group.PERSON,
    "requests": Group.REQUEST,
    "tags": Group.TAG,
    "teammates": Group.TEAMMATE,
    "segments": Group.SEGMENT,
    "states": Group.STATE,
    "sentiment": Group.SENTIMENT,
}
TIMES = {"days": Group.DAY, "weeks": Group.WEEK, "months": Group.MONTH, "quarters": Group.QUARTER}
TIMES_TALKED = {"how often", "how frequently", "how many times"}
METRICS = {"conversations", "customers", "people", "requests"}


@dataclass(slots=True)
class Asking:
    """Takes things one after the other; the properties are what they ask together."""

    intents: set[str] = field(default_factory=set)
    ranks: list[str] = field(default_factory=list)
    every: Said | None = None  # "per month"
    nouns: list[str] = field(default_factory=list)
    groups: list[Said] = field(default_factory=list)  # nouns after "by"
    singular: bool = False  # the first noun
    who: bool = False
    what: bool = False
    when: bool = False
    number: Said | None = None
    compared: list[Said] = field(default_factory=list)  # "compare", "than"
    is_grouping: bool = False  # "by" was said, its noun is still to come
    is_grouped: bool = False  # a noun was said behind "by" just before: another may be joined to it
    is_ranking: bool = False  # "most" was said just before
    measured: str = ""  # of which noun groups have most or least: "which customers have the most requests"
    time: Said | None = None  # "which day": a group only where the most or least are asked for
    lengths: list[Said] = field(default_factory=list)  # "days" of which nothing is asked
    share: bool = False  # a share is asked for, of which the count is told

    def take(self, said: Said, word: str) -> bool:
        """Whether *said* tells what is asked; *word* is how it was typed."""
        self.is_grouping = self.is_grouping or (self.is_grouped and bool(said.joined))
        self.is_grouped = False
        match said.kind:
            case Kind.INTENT:
                self.intents.add(said.span.value)
                self.compared += [said] if said.span.value == "compare" else []
                self.nouns[:0] = ["conversations"] if word.lower() in TIMES_TALKED else []
            case Kind.RANK:
                self.ranks.append(said.span.value)
                self.when = self.when or word.lower().endswith(" time")
                self.is_ranking = word.lower().split(" ")[-1] in {"most", "least", "fewest", "of"}
                return True
            case Kind.EVERY:
                self.every = said
                self.is_grouping, self.is_grouped = False, True
                return True
            case Kind.BY:
                self.is_grouping = True
                return True
            case Kind.WISH:
                self.nouns[:0] = ["requests"] if self.what else []
            case Kind.ASKING:
                self.what = self.what or word.lower() == "what"
                self.when = self.when or word.lower() == "when"
                self.who = self.who or (said.span.value == "who" and not (self.nouns and word.lower() == "whose"))
            case Kind.NOUN if said.span.value in TIMES:
                return self._time(said, word)
            case Kind.NOUN:
                self._noun(said, word)
            case Kind.NUMBER if self._is_of_rows(said):
                self.number = said
            case other:
                self._beside(other)
                return False
        self.is_grouping = self.is_ranking = False
        return True

    def _is_of_rows(self, said: Said) -> bool:
        return self.number is None and said.joined != "or" and 1 <= said.span.value <= MOST_ROWS

    def _beside(self, kind: Kind) -> None:
        """What is asked by a thing that filters, or that no figure tells, too."""
        self.share = self.share or kind is Kind.SHARE
        if kind in {Kind.ROLE, Kind.CHAMPION}:
            self.nouns = self.nouns or ["people"]

    def _noun(self, said: Said, word: str) -> None:
        noun = said.span.value
        if self.is_grouping:
            self.groups.append(said)
            self.is_grouped = True
            return
        if not self.time and not {*self.nouns} - {"sentiment"} and noun != "sentiment":
            self.singular = not word.lower().endswith(("s", "people", "team")) and not word.lower().startswith("who")
        ranks = noun in METRICS and (any(one in GROUPS for one in self.nouns) or (self.who and noun != "people"))
        if self.is_ranking and ranks:
            self.measured = noun
        else:
            self.nouns.append(noun)

    def _time(self, said: Said, word: str) -> bool:
        """Whether *said* may be what the most or least of is asked for: nothing else that is ranked was said before."""
        if self.time or any(noun in GROUPS for noun in self.nouns):
            self.lengths.append(said)
            return False
        self.time = said
        self.singular = not word.lower().endswith("s")
        return True

    @property
    def unasked(self) -> list[Said]:
        """What was taken and turns out to ask for nothing."""
        intent = self._intent()
        numbers = [self.number] if self.number and self._is_of_time(self.number) else []
        every = [self.every] if self.every and intent in {Intent.COMPARE, Intent.CHANGES} else []
        return [*numbers, *every, *self._vain_time, *self.groups[self._says_group(intent) :]]

    @property
    def _vain_time(self) -> list[Said]:
        return [self.time] if self.time and self._intent() is not Intent.TOP else []

    def _is_of_time(self, number: Said) -> bool:
        """Whether *number* is none of rows, but of days that count for nothing: "silent for 60 days"."""
        return any(one.span.first == number.span.last for one in (*self.lengths, *self._vain_time))

    def _says_group(self, intent: Intent) -> bool:
        """Whether the first noun behind "by" counts: nothing is grouped twice."""
        if intent is Intent.TOP and self._ranked_noun():
            return self._grouped in METRICS and not self.measured and not self.time
        return intent not in {Intent.TREND, Intent.CHANGES}

    @property
    def _grouped(self) -> str:
        return self.groups[0].span.value if self.groups else ""

    @property
    def asks_for_others(self) -> bool:
        """Whether others than conversations are asked for."""
        return self.who or bool({*self.nouns} & (METRICS - {"conversations"}))

    @property
    def says_something(self) -> bool:
        return bool(self.intents or self.ranks or self.every or self.nouns or self.groups)

    def shape(self, names: Sequence[Name], filters: FilterSet) -> Shape:
        """The query without its filter, for a question in which *names* count and that says *filters*."""
        intent = self._intent()
        metric, group = self._metric(intent), self._group(intent, names, filters)
        if intent is Intent.LIST and group is not None:
            intent = Intent.COUNT
        if intent is Intent.TOP and group is None:
            intent = Intent.LIST
        return Shape(intent, metric, group, self._order(intent), self._limit(intent))

    @property
    def sentiments(self) -> set[str]:
        """How conversations must feel for the ranking that is asked for."""
        return {rank.split()[1] for rank in self.ranks if " " in rank}

    @property
    def _ranked(self) -> bool:
        return any(rank.split()[0] in {"most", "least"} for rank in self.ranks)

    def _intent(self) -> Intent:
        wanted = (
            (Intent.COMPARE, "compare" in self.intents),
            (Intent.CHANGES, "changes" in self.intents),
            (Intent.TREND, self.every or "trend" in self.intents),
            (Intent.TOP, self._ranked),
            (Intent.TREND, "chart" in self.intents and not self.groups),
            (Intent.COUNT, self.share or "count" in self.intents or "sentiment" in self.nouns),
        )
        return next((intent for intent, is_wanted in wanted if is_wanted), Intent.LIST)

    def _metric(self, intent: Intent) -> Metric:
        if self._compares_feelings(intent) or ("sentiment" in self.nouns and intent is not Intent.TOP):
            return Metric.SENTIMENT
        if intent is Intent.TOP:
            return self._measure()
        if intent is Intent.CHANGES:
            return Metric.CONVERSATIONS
        first = next((noun for noun in self.nouns if noun in METRICS), "")
        if self.who and first in {"", "conversations"}:
            first = "people"
        return Metric(first) if first and not self._only_groups() else Metric.CONVERSATIONS

    def _compares_feelings(self, intent: Intent) -> bool:
        """Whether things are compared "by sentiment": that is what is held side by side, not what they are."""
        return intent is Intent.COMPARE and self._grouped == "sentiment"

    def _measure(self) -> Metric:
        """By what groups are ranked: "top requests by people"; requests by the customers who ask, all else by talks."""
        ranked = "" if self.time else self._ranked_noun()
        said = self.measured or (self._grouped if ranked and self._grouped in METRICS else "")
        return Metric(said or ("customers" if ranked == "requests" else "conversations"))

    def _only_groups(self) -> bool:
        """Whether the first noun is one of which only conversations are counted: "which tags …"."""
        return bool(self.nouns) and self.nouns[0] not in METRICS

    def _group(self, intent: Intent, names: Sequence[Name], filters: FilterSet) -> Group | None:
        if intent is Intent.TREND:
            return Group(self.every.span.value) if self.every else Group.WEEK
        if intent is Intent.COMPARE and (self._grouped not in GROUPS or self._compares_feelings(intent)):
            return compared(names, filters)
        said = self._grouped
        if intent is Intent.TOP:
            if self.time:
                return TIMES[self.time.span.value]
            said = self._ranked_noun() or said or self._feeling(filters)
        elif not said and self._only_groups() and self.nouns[0] != "sentiment":
            said = self.nouns[0]
        return None if intent is Intent.CHANGES else GROUPS.get(said)

    def _feeling(self, filters: FilterSet) -> str:
        """The feeling that is most common, where none is named: "which sentiment is most common"."""
        return "sentiment" if self.nouns[:1] == ["sentiment"] and not {*filters.sentiments} else ""

    def _ranked_noun(self) -> str:
        """What the most or least of is asked for: the first noun that is not the conversations that are counted."""
        return next(
            (noun for noun in self.nouns if noun in GROUPS and noun != "sentiment"), "people" if self.who else ""
        )

    def _order(self, intent: Intent) -> Order | None:
        words = {rank.split()[0] for rank in self.ranks}
        wanted = ("most", "least") if intent is Intent.TOP else ("newest", "oldest")
        return next((Order(word) for word in wanted if word in words), None)

    def _limit(self, intent: Intent) -> int | None:
        if self.number and not self._is_of_time(self.number):
            return int(self.number.span.value)
        return 1 if (self.singular or self.when) and (intent is Intent.TOP or self.ranks) else None
