"""A block that is being made or changed. All of it stands in the address, so that its chips are links."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from django.http import QueryDict

from sonora.canvas import kinds
from sonora.canvas.blocks import Content
from sonora.canvas.describing import Described, described, refined
from sonora.canvas.kinds import Kind
from sonora.canvas.models import LONGEST_PROMPT, LONGEST_TITLE, Block
from sonora.canvas.readings import Reading, readings
from sonora.chat.interpreter import Ignored, Why
from sonora.chat.interpreter.lookup import Lookup
from sonora.chat.interpreter.names import Name
from sonora.chat.query import Query
from sonora.filters.chips import Pairs
from sonora.filters.filterset import Asked, FilterSet
from sonora.filters.reading import Ignored as Passed
from sonora.filters.viewer import Viewer
from sonora.screens.chat import page
from sonora.screens.chat.hints import WHY
from sonora.screens.chat.views import SHAPE
from sonora.screens.filters.place import BESIDE

OWN = {"prompt", "title", "kind", "canvas", "version", "refine", "csrfmiddlewaretoken"}


class Hint(NamedTuple):
    """*words* count for nothing, *why* in words; *meant* are names that may be meant, each in the whole description."""

    words: str
    why: str
    meant: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Meant:
    """One of two things that a description may mean: *name* says what its doubtful words, *unsure*, are taken for."""

    unsure: str
    name: str
    draft: "Draft"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """*query* is None while nothing was described, or nothing was understood; *asked* is its filter.

    *readings* are two drafts in its place where the description may mean either.
    """

    prompt: str
    title: str
    canvas: str
    kind: Kind = Kind.LIST
    query: Query | None = None
    asked: Asked = field(default_factory=lambda: Asked(FilterSet(), []))
    hints: Sequence[Hint] = ()
    readings: Sequence[Meant] = ()

    @property
    def named(self) -> Pairs:
        """What of its address is neither its question's shape nor its filter."""
        own = (("canvas", self.canvas), ("prompt", self.prompt), ("title", self.title), ("kind", self.kind.value))
        return [(name, value) for name, value in own if value]

    @property
    def kept(self) -> Pairs:
        """What of its address is no filter."""
        return [*self.named, *(page.shape(self.query) if self.query else ())]

    @property
    def pairs(self) -> Pairs:
        """All of its address."""
        return [*self.named, *(self.query.pairs if self.query else ())]

    def content(self, title: str) -> Content | None:
        """The block that it would be, called *title*; None while there is no question."""
        if self.query is None:
            return None
        return Content(title=title, kind=self.kind, query=self.query, prompt=self.prompt)


def read(data: QueryDict, viewer: Viewer, *, block: Block | None = None) -> Draft:
    """The draft that an address or a form says, as *refine* in it refines that; the rest is as *block* has it."""
    draft, said = _described(data, viewer, block), " ".join(data.get("refine", "").split())
    if draft.query is None or not said:
        return draft
    query, kind = draft.query, draft.kind

    known = Lookup()

    def again(picked: Sequence[Name]) -> Described:
        return refined(said, query, kind, viewer, picked=picked, known=known)

    found = again(())
    either = [
        Meant(one.unsure, _name(one), _refined(draft, one.text, one.meant)) for one in readings(said, found, again)
    ]
    return replace(_refined(draft, said, found), hints=hints(found.ignored, f"{draft.prompt}, {said}"), readings=either)


def _refined(draft: Draft, said: str, found: Described) -> Draft:
    """*draft* as *found*, which *said* made of it."""
    is_same = (found.query, found.kind) == (draft.query, draft.kind)
    prompt = draft.prompt if is_same else f"{draft.prompt.rstrip('?.! ')}, {said}".removeprefix(", ")[:LONGEST_PROMPT]
    return _asking(replace(draft, prompt=prompt), found.query, found.kind)


def _described(data: QueryDict, viewer: Viewer, block: Block | None) -> Draft:
    blank = Draft(
        prompt=data.get("prompt", block.prompt if block else "")[:LONGEST_PROMPT],
        title=data.get("title", block.title if block else "")[:LONGEST_TITLE],
        canvas=data.get("canvas", ""),
    )
    if "intent" in data:
        asked = FilterSet.asked(data, beside=BESIDE | SHAPE | OWN)
        return _asking(blank, Query.from_query(data).narrowed(asked.shown), data.get("kind"), ignored=asked.ignored)
    kept = block.meant if block and "prompt" not in data else None
    if block and kept:
        return _asking(blank, kept, data.get("kind", block.kind))
    return _read(blank, data.get("kind"), viewer)


def _read(blank: Draft, kind: str | None, viewer: Viewer) -> Draft:
    """What the description in *blank* means, as the *kind* that was chosen, if any."""
    known = Lookup()

    def again(picked: Sequence[Name]) -> Described:
        return described(blank.prompt, viewer, picked=picked, known=known)

    def drawn(text: str, found: Described) -> Draft:
        return _asking(replace(blank, prompt=text), found.query, kind or found.kind)

    found = again(())
    either = [Meant(one.unsure, _name(one), drawn(one.text, one.meant)) for one in readings(blank.prompt, found, again)]
    return replace(drawn(blank.prompt, found), hints=hints(found.ignored, blank.prompt), readings=either)


def _asking(blank: Draft, query: Query | None, kind: str | None, *, ignored: Sequence[Passed] = ()) -> Draft:
    """The draft of *query*, of the *kind* that was said, if that can show it; *blank* where nothing was understood."""
    if query is None:
        return blank
    chosen = next((one for one in kinds.possible(query) if one == kind), kinds.natural(query))
    return replace(blank, kind=chosen, query=query, asked=Asked(query.filters, list(ignored)))


def hints(ignored: Sequence[Ignored], prompt: str) -> list[Hint]:
    """What the description *prompt* says in vain."""
    return [
        Hint(one.words, WHY[one.why], [(name, prompt.replace(one.name, f"“{name}”")) for name in _spelt(one)])
        for one in ignored
    ]


def _spelt(ignored: Ignored) -> Sequence[str]:
    """Names that can be written in the place of its words: not where several things have one name."""
    return () if ignored.why is Why.AMBIGUOUS else ignored.options


def _name(reading: Reading) -> str:
    return reading.taken or f"Without “{reading.unsure}”"
