"""What a question says of each thing in it: whether it is denied, what announced it, what it is joined to. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sonora.chat.interpreter.choosing import chosen
from sonora.chat.interpreter.nouns import CUE_OF_NOUN, arranged
from sonora.chat.interpreter.spans import Kind, Span

STANDING = {Kind.ENGAGEMENT, Kind.CHAMPION, Kind.RHYTHM}
LISTED = {Kind.NAME, Kind.QUOTE, Kind.STATE, Kind.SENTIMENT, Kind.ROLE, *STANDING, Kind.UNKNOWN, Kind.NUMBER, Kind.DATE}
JOINS = {Kind.AND: "and", Kind.OR: "or", Kind.COMMA: ","}
ALONE = {"teammate!": Kind.UNASSIGNED, "tag!": Kind.UNTAGGED}  # what "not" says with a cue that no name follows
LACKED = {"teammates": Kind.UNASSIGNED, "tags": Kind.UNTAGGED}  # what "no", "without" and "neither" say with a noun
BY_SOMEBODY = "person teammate customer"


@dataclass(frozen=True, slots=True)
class Said:
    """One thing: its span, the "not" before it, what announced it (`phrases`), the word that joins it to the last."""

    span: Span
    denial: Span | None = None
    cue: str = ""
    joined: str = ""

    @property
    def kind(self) -> Kind:
        return self.span.kind


@dataclass(slots=True)
class _Pending:
    """What was said before the thing that it belongs to."""

    denial: Span | None = None
    cue: str = ""
    joined: str = ""
    owner: Kind | None = None  # the kind of the thing that had it last

    @property
    def denies_nouns(self) -> bool:
        """Whether "not" is said of the noun that follows, too: "no tags", "without tags or assignee"."""
        return self.denial is not None and (self.owner is None or (self.owner is Kind.NOUN and bool(self.joined)))


def things(spans: Sequence[Span]) -> Iterator[Said]:
    """What *spans* say, in order. In a list, "not" and what announces its first member hold for all of one kind."""
    pending = _Pending()
    spans = list(arranged(spans))
    for place, span in enumerate(spans):
        following = next((one.kind for one in spans[place + 1 :] if one.kind is not Kind.NOTHING), None)
        match span.kind:
            case Kind.NOTHING:
                continue
            case Kind.AND | Kind.OR | Kind.COMMA:
                pending.joined = _joined(pending.joined, JOINS[span.kind])
            case Kind.NOT:
                yield from _left(pending)
                cue = "" if pending.owner else pending.cue
                pending = _Pending(denial=span, cue=cue, joined=pending.joined)
            case Kind.SENTIMENT_TEXT:
                said, _ = _said(Span(Kind.SENTIMENT, span.first, span.last, span.value), pending)
                yield said
                pending = _Pending(cue="text")
            case Kind.CUE:
                pending = _announced(pending, span.value)
            case Kind.NOUN if (
                span.value in CUE_OF_NOUN
                and following in {Kind.NAME, Kind.QUOTE}
                and _is_next(spans, place)
                and _is_of(span.value, spans[place + 1])
            ):
                pending = _announced(pending, CUE_OF_NOUN[span.value])
            case Kind.NOUN if span.value in LACKED and pending.denies_nouns:
                yield Said(span=replace(span, kind=LACKED[span.value]))
                pending = _Pending(denial=pending.denial, owner=Kind.NOUN)
            case Kind.BY if following is Kind.NAME:
                pending = _announced(pending, BY_SOMEBODY)
            case _:
                said, pending = _said(span, pending)
                yield said
    yield from _left(pending)


def _joined(before: str, word: str) -> str:
    """A comma before "and" says no more than the "and"."""
    return word if before in {"", ","} else before


def _is_next(spans: Sequence[Span], place: int) -> bool:
    """Whether the name follows the noun at once: "customers Halden lost" names one, "customers of Halden" does not."""
    return place + 1 < len(spans) and spans[place + 1].kind in {Kind.NAME, Kind.QUOTE}


def _is_of(noun: str, following: Span) -> bool:
    """Whether what follows *noun* can be one: of "customers #VIP" the tag is none of the customers."""
    return following.kind is Kind.QUOTE or bool(chosen(following.value, CUE_OF_NOUN[noun]))


def _announced(pending: _Pending, cue: str) -> _Pending:
    denial = pending.denial if pending.owner is None else None
    return _Pending(denial=denial, cue=cue, joined=pending.joined)


def _said(span: Span, pending: _Pending) -> tuple[Said, _Pending]:
    same = pending.owner in {span.kind, Kind.UNKNOWN} or span.kind in {Kind.UNKNOWN, Kind.QUOTE}
    in_list = bool(pending.joined) and same
    if pending.owner is not None and not in_list:
        pending = _Pending(joined=pending.joined)
    said = Said(span=span, denial=pending.denial, cue=pending.cue, joined=pending.joined)
    if span.kind not in LISTED:
        return said, _Pending()
    return said, _Pending(denial=pending.denial, cue=pending.cue, owner=span.kind)


def _left(pending: _Pending) -> Iterator[Said]:
    """What denies nothing that follows: "not tagged" alone is without a tag; what can't stand alone is to be named."""
    if pending.denial is not None and pending.owner is None:
        yield Said(span=replace(pending.denial, kind=ALONE.get(pending.cue, Kind.NOT)))
