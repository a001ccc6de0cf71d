"""From a description in plain words to a block: chat's interpreter reads what is asked, this how it is to be shown."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sonora.canvas import kinds
from sonora.canvas.kinds import Kind
from sonora.chat.interpreter import Ignored, interpret
from sonora.chat.interpreter.lookup import Lookup
from sonora.chat.interpreter.names import Name
from sonora.chat.query import Query
from sonora.filters.viewer import Viewer

CHART = r"(?: chart| graph| diagram)s?"
SAID = {  # a pie is drawn as bars, which can be compared
    Kind.BARS: rf"\b(?:as )?(?:an? )?(?:pie|bar|column){CHART}(?: of| for| with)?\b"
    r"|\bas (?:an? )?(?:pie|bars?|columns?)\b",
    Kind.LINE: rf"\b(?:as )?(?:an? )?line{CHART}(?: of| for| with)?\b|\bas (?:an? )?lines?\b",
    Kind.TABLE: r"^\s*(?:an? )?table (?:of|with)\b|\bas (?:an? )?table\b",
    Kind.LIST: r"\bas (?:an? )?list\b",
    Kind.METRIC: r"\bas (?:an? )?number\b",
    Kind.TEXT: r"^\s*(?:summari[sz]e|(?:an? )?(?:text )?summary of)\b|\b(?:as|in) a (?:paragraph|summary|text)\b",
}

ENDS = {  # what a refinement may end with
    Kind.BARS: "bars?|columns?|pie",
    Kind.LINE: "lines?",
    Kind.TABLE: "table",
    Kind.LIST: "list",
    Kind.METRIC: "number",
    Kind.TEXT: "text|paragraph|summary",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """What a description means: *query* is None when nothing in it was understood."""

    query: Query | None
    kind: Kind
    ignored: tuple[Ignored, ...] = ()


def described(text: str, viewer: Viewer, *, picked: Sequence[Name] = (), known: Lookup | None = None) -> Described:
    """What *text*, whatever was typed, describes; what it says in vain is named.

    *picked*: what names in it stand for. *known*: what was looked up for other readings of it.
    """
    if not text.strip():
        return Described(query=None, kind=Kind.LIST)
    wanted, rest = _kind_said(text)
    read = interpret(rest, viewer, picked=picked, known=known)
    if read.query is None:
        return Described(query=None, kind=wanted or Kind.LIST, ignored=read.ignored)
    shows = wanted in kinds.possible(read.query)
    return Described(
        query=read.query,
        kind=wanted if wanted and shows else kinds.natural(read.query),
        ignored=read.ignored,
    )


def refined(
    text: str,
    before: Query,
    kind: Kind,
    viewer: Viewer,
    *,
    picked: Sequence[Name] = (),
    known: Lookup | None = None,
) -> Described:
    """*before*, shown as *kind*, as *text* refines it: “only Enterprise”, “weekly bars”. What it does not say stays.

    *picked*: what names in it stand for. *known*: what was looked up for other readings of it.
    """
    wanted, rest = _kind_said(text)
    if wanted is None:
        wanted, rest = _ending(text)
    read = interpret(rest, viewer, before=before, picked=picked, known=known)
    query = read.query or before
    shows = kinds.possible(query)
    stays = kind if kind in shows and query.group_by == before.group_by else kinds.natural(query)
    return Described(query=query, kind=wanted if wanted and wanted in shows else stays, ignored=read.ignored)


def _kind_said(text: str) -> tuple[Kind | None, str]:
    """The kind that *text* names, and *text* without those words."""
    for kind, words in SAID.items():
        rest, times = re.subn(words, " ", text, flags=re.IGNORECASE)
        if times:
            return kind, rest
    return None, text


def _ending(text: str) -> tuple[Kind | None, str]:
    """The kind that *text* ends with, and *text* without it."""
    for kind, words in ENDS.items():
        rest, times = re.subn(rf"\b(?:{words})\s*$", "", text, flags=re.IGNORECASE)
        if times:
            return kind, rest
    return None, text
