"""What a language model proposed, as far as it can be meant here."""

from dataclasses import dataclass
from typing import Any

import msgspec

from sonora.chat.interpreter.names import NameKind
from sonora.chat.interpreter.tokens import key
from sonora.chat.proposing.vocabulary import Vocabulary
from sonora.chat.query import Query
from sonora.filters.dates import Dates
from sonora.filters.filterset import FilterSet
from sonora.filters.viewer import Viewer
from sonora.insights.llm.answers import Nonsense, content
from sonora.insights.llm.masking import Masked


class _Proposal(msgspec.Struct, forbid_unknown_fields=True):
    intent: str
    metric: str
    group_by: str | None
    order: str | None
    limit: int | None
    against: str | None
    updated: str | None
    opened: str | None
    states: list[str]
    sentiments: list[str]
    tags_any: list[str]
    tags_all: list[str]
    tags_none: list[str]
    untagged: bool
    customers: list[str]
    people: list[str]
    teammates: list[str]
    segments: list[str]
    requests: list[str]
    text: str
    unread: list[str]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A query, and the words of the question that it does not say."""

    query: Query
    unread: list[str]


def proposal(answer: bytes, question: Masked, names: Vocabulary, viewer: Viewer) -> Proposal:
    """What *answer* proposes for *question*.

    Raises Nonsense when it is in another shape, names what was not given, looks for words that nobody typed, or asks
    about a time to come: what cannot be meant as a whole is not meant in part.
    """
    said = content(answer, _Proposal)
    try:
        query = Query.from_json({**_shape(said), "filters": {}})
        shown, ignored = FilterSet.proposed(_filters(said, question, names))
    except (ValueError, KeyError):
        raise Nonsense from None
    spans = (query.against, shown.updated, shown.opened)
    if ignored or any(_is_to_come(span, viewer) for span in spans) or not _stands(said.text, question):
        raise Nonsense
    unread = [question.shown(words) for words in said.unread if words.strip() and _stands(words, question)]
    return Proposal(query.narrowed(shown), unread)


def _shape(said: _Proposal) -> dict[str, Any]:
    return {name: getattr(said, name) for name in ("intent", "metric", "group_by", "order", "limit", "against")}


def _filters(said: _Proposal, question: Masked, names: Vocabulary) -> dict[str, Any]:
    tags = {
        "any": names.values(said.tags_any, NameKind.TAG),
        "all": names.values(said.tags_all, NameKind.TAG),
        "none": names.values(said.tags_none, NameKind.TAG),
        "untagged": said.untagged,
    }
    return {
        "states": said.states,
        "sentiments": said.sentiments,
        "updated": said.updated,
        "opened": said.opened,
        "tags": tags,
        "customers": names.values(said.customers, NameKind.CUSTOMER),
        "people": names.values(said.people, NameKind.PERSON),
        "assignees": names.values(said.teammates, NameKind.TEAMMATE),
        "tiers": names.values(said.segments, NameKind.SEGMENT),
        "requests": names.values(said.requests, NameKind.REQUEST),
        "text": question.shown(said.text),
    }


def _is_to_come(span: Dates | None, viewer: Viewer) -> bool:
    start = span.bounds(viewer.now, viewer.zone)[0] if span else None
    return start is not None and start > viewer.now


def _stands(words: str, question: Masked) -> bool:
    return key(words) in key(question.text)
