"""The filter that the things of a question say, and what of them no filter can say."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sonora.chat.interpreter.choosing import ONLY_TEXT, TAGS, TEXT, chosen, is_meant
from sonora.chat.interpreter.lookup import Lookup, talking
from sonora.chat.interpreter.names import Name, NameKind
from sonora.chat.interpreter.reply import Ignored, Why
from sonora.chat.interpreter.said import Said
from sonora.chat.interpreter.spans import Kind, Span
from sonora.chat.interpreter.tagging import Tagged
from sonora.chat.interpreter.tokens import Question
from sonora.filters.filterset import FilterSet
from sonora.filters.parts import CHAMPION, LEVELS, RHYTHMS, SENTIMENTS, STATES
from sonora.filters.viewer import Viewer

FIELDS = {
    NameKind.CUSTOMER: "customers",
    NameKind.PERSON: "people",
    NameKind.TEAMMATE: "assignees",
    NameKind.REQUEST: "requests",
    NameKind.SEGMENT: "tiers",
}
CHOICES = {
    Kind.STATE: ("states", STATES),
    Kind.SENTIMENT: ("sentiments", SENTIMENTS),
    Kind.ENGAGEMENT: ("engagements", LEVELS),
    Kind.CHAMPION: ("champions", CHAMPION),
    Kind.RHYTHM: ("rhythms", RHYTHMS),
}
MOST_REQUESTS = 20  # of which one word may speak
NEVER = {"havent", "hasnt", "didnt", "dont", "doesnt"}  # of what somebody may feel at times
QUANTIFIERS = {"no", "without", "never", "none of"}  # "no open conversations" asks for what is not there


@dataclass(slots=True)
class Filtering:
    """Takes things one after the other; `filters` is what they say together, but for dates."""

    question: Question
    known: Lookup
    values: dict[str, set[Any]] = field(default_factory=dict)  # by field of the filter
    denied: dict[str, list[Said]] = field(default_factory=dict)  # of what has a few values, such as states
    tags: dict[str, Tagged] = field(default_factory=dict)  # by field of the filter
    texts: list[Span] = field(default_factory=list)
    names: list[Name] = field(default_factory=list)  # those that count
    namesakes: list[tuple[Said, Sequence[Name]]] = field(default_factory=list)  # people of one name, not told apart yet
    ignored: list[tuple[Span, Ignored]] = field(default_factory=list)

    def take(self, said: Said) -> bool:
        """Whether *said* is something that filters (or would, if it could)."""
        match said.kind:
            case Kind.NAME:
                self._name(said)
            case Kind.QUOTE | Kind.UNKNOWN:
                self._words(said)
            case kind if kind in CHOICES:
                self._choice(said)
            case Kind.ROLE:
                self._add(said, "roles", said.span.value)
            case Kind.UNASSIGNED:
                self._add(said, "assignees", None)
            case Kind.UNMATCHED:
                self._add(said, "customers", None)
            case Kind.UNTAGGED:
                self.tags.setdefault("tags", Tagged()).untagged = True
            case _:
                return False
        return True

    def ignore(self, said: Said, why: Why, names: Sequence[Name] = ()) -> None:
        """Name the words of *said*, together with the "not" before it; *names* are what they may mean."""
        first = said.denial.first if said.denial else said.span.first
        words = self.question.words(first, said.span.last)
        span = Span(said.kind, first, said.span.last)
        options = tuple(one.told_from(names) for one in names)
        denied = self.question.words(said.span.first, said.span.last) if said.denial else ""
        self.ignored.append((span, Ignored(words, why, options, tuple(names), denied)))

    def tell_apart(self, before: FilterSet, viewer: Viewer) -> None:
        """Choose of people of one name the only one who talks for the customers of the question, or of *before*."""
        customers = frozenset(self.values.get("customers", ())) or before.customers
        for said, names in self.namesakes:
            known = talking(names, customers, viewer) if customers else []
            if len(known) == 1:
                self._stand(said, known)
            else:
                self.ignore(said, Why.AMBIGUOUS, names)

    def filters(self) -> FilterSet:
        values: dict[str, Any] = {name: frozenset(some) for name, some in self.values.items()}
        for name, tagged in self.tags.items():
            values[name] = tagged.meant()
            for said, names in tagged.spare:
                self.ignore(said, Why.AMBIGUOUS, names)
        for name, denied in self.denied.items():
            values[name] = self._left(name, denied)
        text = " ".join(self.question.words(span.first, span.last) for span in self.texts)
        return FilterSet(**values, text=text)

    def _name(self, said: Said) -> None:
        if said.cue == ONLY_TEXT:
            return self._text(said)
        names = chosen(said.span.value, said.cue)
        if len(names) > 1 and {name.kind for name in names} == {NameKind.PERSON}:
            return self.namesakes.append((said, names))
        if not is_meant(names):
            return self.ignore(said, Why.AMBIGUOUS if names else Why.UNKNOWN, names)
        if names[0].kind is NameKind.TAG:
            self.names.append(names[0])
            return self.tags.setdefault(TAGS.get(said.cue, "tags"), Tagged()).add(said, names)
        return self._stand(said, names)

    def _stand(self, said: Said, names: Sequence[Name]) -> None:
        """Let *said* mean any of *names*, of one kind, that are no tags."""
        if self._add(said, FIELDS[names[0].kind], *(name.value for name in names)):
            self.names.append(names[0])

    def _words(self, said: Said) -> None:
        if said.cue in {TEXT, ONLY_TEXT} or (said.kind is Kind.QUOTE and not said.cue.endswith("!")):
            self._text(said)
        elif not self._called(said):
            self.ignore(said, Why.UNKNOWN)

    def _called(self, said: Said) -> bool:
        """Whether the words are in titles of requests, where such are announced."""
        words = self.question.words(said.span.first, said.span.last)
        names = self.known.requests_saying(words)[:MOST_REQUESTS] if said.cue == "request!" else []
        if names:
            self._stand(said, names)
        return bool(names)

    def _text(self, said: Said) -> None:
        if said.denial or (self.texts and said.joined == "or"):  # a text holds all of its words
            self.ignore(said, Why.UNASKABLE)
        else:
            self.texts.append(said.span)

    def _choice(self, said: Said) -> None:
        name, _ = CHOICES[said.kind]
        if said.denial is None:
            self.values.setdefault(name, set()).update(said.span.value.split())
        elif self._denies_all(said, self.question.words(said.denial.first, said.denial.last).lower()):
            self.ignore(said, Why.UNASKABLE)
        else:
            self.denied.setdefault(name, []).append(said)

    def _denies_all(self, said: Said, word: str) -> bool:
        """Whether what is not there is asked for: "no open ones", "haven't complained"."""
        return word in QUANTIFIERS or (said.kind is Kind.SENTIMENT and word.replace("'", "") in NEVER)

    def _add(self, said: Said, name: str, *values: Any) -> bool:
        if said.denial:
            self.ignore(said, Why.UNASKABLE)
            return False
        self.values.setdefault(name, set()).update(values)
        return True

    def _left(self, name: str, denied: list[Said]) -> frozenset[str]:
        """What is left of a choice after what is *denied*; what would leave nothing is ignored instead."""
        known = dict(CHOICES.values())[name]
        wanted = self.values.get(name) or set(known)
        left = wanted - {value for said in denied for value in said.span.value.split()}
        if left:
            return frozenset(left)
        for said in denied:
            self.ignore(said, Why.UNASKABLE)
        return frozenset(self.values.get(name, ()))
