"""What a question says of each thing in it: whether it is denied, what announced it, what it is joined to. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sonora.chat.interpreter.choosing import ONLY_TEXT, chosen
from sonora.chat.interpreter.nouns import CUE_OF_NOUN, arranged
from sonora.chat.interpreter.spans import Kind, Span

STANDING = {Kind.ENGAGEMENT, Kind.CHAMPION, Kind.RHYTHM}
LISTED = {Kind.NAME, Kind.QUOTE, Kind.STATE, Kind.SENTIMENT, Kind.ROLE, *STANDING, Kind.UNKNOWN, Kind.NUMBER, Kind.DATE}
NAMING = {Kind.NAME, Kind.QUOTE, Kind.UNKNOWN}
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
    announcing: Span | None = None  # what says *cue*, until something follows

    @property
    def denies_nouns(self) -> bool:
        """Whether "not" is said of the noun that follows, too: "no tags", "without tags or assignee"."""
        return self.denial is not None and (self.owner is None or (self.owner is Kind.NOUN and bool(self.joined)))


def things(spans: Sequence[Span]) -> Iterator[Said]:
    """What *spans* say, in order. In a list, "not" and what announces its first member hold for all of one kind."""
    pending = _Pending()
    spans = list(arranged(spans))
    for place, span in enumerate(spans):
        if _stands_alone(pending, spans, place):
            yield from _left(pending)
            pending = _Pending()
        match span.kind:
            case Kind.NOTHING:
                continue
            case Kind.AND | Kind.OR | Kind.COMMA:
                pending.joined = _joined(pending.joined, JOINS[span.kind])
            case Kind.NOT:
                yield from _left(pending)
                cue, announcing = ("", None) if pending.owner else (pending.cue, pending.announcing)
                pending = _Pending(denial=span, cue=cue, joined=pending.joined, announcing=announcing)
            case Kind.SENTIMENT_TEXT:
                said, _ = _said(Span(Kind.SENTIMENT, span.first, span.last, span.value), pending)
                yield said
                pending = _Pending(cue="text")
            case _ if cue := _cue(spans, place, pending):
                yield from _unheard(pending, before=cue)
                pending = _announced(pending, cue, _announcing(spans, place))
            case Kind.NOUN if span.value in LACKED and pending.denies_nouns:
                yield Said(span=replace(span, kind=LACKED[span.value]))
                pending = _Pending(denial=pending.denial, owner=Kind.NOUN)
            case _:
                yield from _unheard_before(span, pending)
                said, pending = _said(span, pending)
                yield said
    yield from _left(pending)
    yield from _unheard(pending)


def _cue(spans: Sequence[Span], place: int, pending: _Pending) -> str:
    """Which kinds of name the span at *place* announces; empty where it announces none."""
    span = spans[place]
    match span.kind:
        case Kind.CUE:
            return str(span.value)
        case Kind.NOUN if _announces(spans, place, is_denied=pending.denies_nouns):
            return CUE_OF_NOUN[span.value]
        case Kind.BY if _next(spans, place).kind is Kind.NAME:
            return BY_SOMEBODY
        case _:
            return ""


def _next(spans: Sequence[Span], place: int) -> Span:
    """What follows at *place* but for small words; one of these at the end."""
    return next((one for one in spans[place + 1 :] if one.kind is not Kind.NOTHING), Span(Kind.NOTHING, 0, 0))


def _joined(before: str, word: str) -> str:
    """A comma before "and" says no more than the "and"."""
    return word if before in {"", ","} else before


def _announces(spans: Sequence[Span], place: int, *, is_denied: bool) -> bool:
    """Whether the noun at *place* says what follows at once: "customers Halden lost", unlike "customers of Halden".

    That may be what nothing is called where it *is_denied*: "without the tag Biling" speaks of one tag. Of "customers
    #VIP" the tag is none of the customers.
    """
    noun, following = spans[place].value, next(iter(spans[place + 1 :]), None)
    if following is None or noun not in CUE_OF_NOUN:
        return False
    if following.kind is Kind.UNKNOWN:
        return is_denied and noun in LACKED
    return following.kind is Kind.QUOTE or (
        following.kind is Kind.NAME and bool(chosen(following.value, CUE_OF_NOUN[noun]))
    )


def _announced(pending: _Pending, cue: str, announcing: Span | None = None) -> _Pending:
    denial = pending.denial if pending.owner is None else None
    return _Pending(denial=denial, cue=cue, joined=pending.joined, announcing=announcing)


def _said(span: Span, pending: _Pending) -> tuple[Said, _Pending]:
    same = pending.owner is span.kind or (
        span.kind in NAMING and (pending.owner is Kind.UNKNOWN or span.kind is not Kind.NAME)
    )
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


def _stands_alone(pending: _Pending, spans: Sequence[Span], place: int) -> bool:
    """Whether "not tagged" and the like say all, since at *place* nothing follows that may be one of them."""
    if pending.denial is None or pending.owner is not None or pending.cue not in ALONE:
        return False
    is_small = spans[place].kind in {Kind.NOTHING, Kind.NOT}
    return not (is_small or spans[place].kind in NAMING or _cue(spans, place, pending))


def _unheard(pending: _Pending, *, before: str = "") -> Iterator[Said]:
    """What announces a thing of one kind, or words, and no such thing follows: "mentioning the".

    Not *before* another word that announces the same: "tagged with the tag".
    """
    if (
        pending.announcing is not None
        and pending.cue.endswith("!")
        and pending.denial is None
        and pending.cue != before
    ):
        yield Said(span=pending.announcing)


def _unheard_before(span: Span, pending: _Pending) -> Iterator[Said]:
    """The same where *span* is nothing to look for: "mentioning the by customer"."""
    if span.kind not in LISTED and pending.cue == ONLY_TEXT:
        yield from _unheard(pending)


def _announcing(spans: Sequence[Span], place: int) -> Span | None:
    """The cue at *place*, unless what it is said of stands before it: "what Chloé said", "a refund was mentioned"."""
    before = next((one for one in reversed(spans[:place]) if one.kind is not Kind.NOTHING), None)
    is_of_it = before is not None and before.kind in NAMING
    return spans[place] if spans[place].kind is Kind.CUE and not is_of_it else None
