"""From a question to the query that it means."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sonora.chat.interpreter import following, ignoring, levels, scanning, spelling, timing
from sonora.chat.interpreter.asking import Asking
from sonora.chat.interpreter.filtering import CHOICES, Filtering
from sonora.chat.interpreter.lookup import Lookup
from sonora.chat.interpreter.names import Grams, Name
from sonora.chat.interpreter.recognising import recognised
from sonora.chat.interpreter.reply import Interpretation, Why
from sonora.chat.interpreter.said import Said, things
from sonora.chat.interpreter.shape import Shape
from sonora.chat.interpreter.spans import Kind
from sonora.chat.interpreter.tokens import Question, question
from sonora.chat.query import Group, Intent, Query
from sonora.filters.filterset import FilterSet
from sonora.filters.tags import Tags
from sonora.filters.viewer import Viewer

DENIABLE = {Kind.NAME, Kind.QUOTE, Kind.UNKNOWN, *CHOICES}  # "without conversations" says no filter
SILENT = {"quiet", "left"}


def interpret(
    text: str,
    viewer: Viewer,
    *,
    before: Query | None = None,
    picked: Sequence[Name] = (),
    known: Lookup | None = None,
) -> Interpretation:
    """What *text*, whatever was typed, asks of the current workspace at the viewer's time.

    *before*: the query of the turn before, of which all is kept that *text* does not say anew. *picked*: things that
    names in *text* stand for. *known*: the names that were looked up for other readings of it.
    """
    asked, known = question(text), known or Lookup()
    grams = Grams.of(asked)
    today = datetime.fromtimestamp(viewer.now, viewer.zone).date()
    spans = recognised(asked, scanning.spans(asked, known.places(grams, picked), today=today), known)
    reading = _Reading(asked, viewer, known)
    for said in things(spans):
        reading.take(said)
    query = reading.query(before)
    left = ignoring.together(asked, reading.filtering.ignored, spans)
    return Interpretation(query=query, ignored=tuple(spelling.suggested(one, known) for one in left))


@dataclass(slots=True)
class _Reading:
    """A question while it is read, thing after thing."""

    question: Question
    viewer: Viewer
    known: Lookup
    asking: Asking = field(default_factory=Asking)
    filtering: Filtering = field(init=False)
    dates: list[Said] = field(default_factory=list)
    dated: str = ""  # which date of a conversation is meant, if that was said
    threshold: Said | None = None
    untouched: Said | None = None  # "not updated", of which a date is still to come

    def __post_init__(self) -> None:
        self.filtering = Filtering(self.question, self.known)

    def take(self, said: Said) -> None:
        threshold, self.threshold = self.threshold, None
        if said.denial and said.kind is Kind.DATED and said.span.value == "updated":
            self.untouched = said
            return None
        if said.denial and said.kind not in DENIABLE:
            return self.filtering.ignore(said, Why.UNASKABLE)
        word = self.question.words(said.span.first, said.span.last)
        match said.kind:
            case Kind.NUMBER | Kind.UNKNOWN if threshold:
                self.filtering.ignore(threshold, Why.UNASKABLE)
                self.filtering.ignore(said, Why.UNASKABLE)
            case Kind.DATE if threshold and self._is_than(threshold):
                self.asking.take(
                    replace(threshold, span=replace(threshold.span, kind=Kind.INTENT, value="compare")), word
                )
                self.dates.append(said)
            case Kind.THRESHOLD:
                self.threshold = said
            case Kind.DATE if said.denial is None:
                self.dates.append(said)
            case Kind.DATED:
                self.dated = said.span.value
            case Kind.REFUSED:
                self.filtering.ignore(said, Why.TIME)
            case _:
                if not self.asking.take(said, word) and not self.filtering.take(said):
                    self.filtering.ignore(said, Why.UNASKABLE)
        return None

    def _is_than(self, threshold: Said) -> bool:
        """Whether a time may follow: "more than last month" compares."""
        return self.question.words(threshold.span.first, threshold.span.last).lower().endswith(" than")

    def _turn_back(self, untouched: Said) -> None:
        """Of conversations that were "not updated since May" the last update was before; else none of it is asked."""
        since = self.dates.pop(0) if self.dates else None
        older = timing.before(since.span.value, self.viewer) if since and not self.asking.asks_for_others else None
        if since and older:
            self.dates.insert(0, replace(since, span=replace(since.span, value=older)))
            return
        for said in (untouched, since):
            if said:
                self.filtering.ignore(said, Why.UNASKABLE)

    def query(self, before: Query | None) -> Query | None:
        """The query, or None when nothing was understood. What counts for nothing is known only after this."""
        if self.untouched:
            self._turn_back(self.untouched)
        self.filtering.tell_apart(before.filters if before else FilterSet(), self.viewer)
        filters = self._filters()
        for said in self.asking.unasked:
            self.filtering.ignore(said, Why.UNASKABLE)
        if not (self.asking.says_something or self.dates or not filters.is_empty):
            return None
        shape = self.asking.shape(self.filtering.names, filters)
        times = timing.times(self.dates, self.viewer, compares=shape.intent is Intent.COMPARE and not shape.group_by)
        for spare in times.spare:
            self.filtering.ignore(spare, Why.UNASKABLE)
        shape = self._comparable(shape, times)
        filters = filters.given(self._which_date(shape, filters), times.main)
        query = Query(**shape.fields, against=times.against, filters=self._tagged(shape, filters))
        return following.after(before, query, says_shape=self.asking.says_something) if before else query

    def _filters(self) -> FilterSet:
        filters = self.filtering.filters()
        return replace(filters, sentiments=filters.sentiments | self.asking.sentiments)

    def _tagged(self, shape: Shape, filters: FilterSet) -> FilterSet:
        """*filters* with tags as they are meant: those that are compared are any of them."""
        if shape.intent is Intent.COMPARE and shape.group_by is Group.TAG:
            return replace(filters, tags=Tags(any=filters.tags.named))
        said = self.filtering.tags.get("tags")
        is_own = said is not None and said.is_announced and "conversations" not in self.asking.nouns
        return levels.placed(filters, shape.metric, is_own=is_own)

    def _comparable(self, shape: Shape, times: timing.Times) -> Shape:
        """A comparison with nothing to compare is a count, and says so."""
        if shape.intent is not Intent.COMPARE or times.against or shape.group_by:
            return shape
        for said in self.asking.compared:
            self.filtering.ignore(said, Why.UNASKABLE)
        return replace(shape, intent=Intent.COUNT)

    def _which_date(self, shape: Shape, filters: FilterSet) -> str:
        """Over time conversations are counted when they were opened: of changes only the last date is kept.

        Who went quiet or left did so then.
        """
        if self.dated:
            return self.dated
        if shape.intent in {Intent.TREND, Intent.COMPARE} or (shape.group_by and shape.group_by.is_time):
            return "opened"
        return "silent" if filters.rhythms and filters.rhythms <= SILENT else "updated"
