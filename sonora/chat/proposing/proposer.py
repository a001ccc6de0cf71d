"""Asks a language model about questions of which the rules left words unread, within an allowance and a time."""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache

import structlog
from django.conf import settings

from sonora.chat.interpreter import Ignored, Interpretation, Why
from sonora.chat.interpreter.names import Grams, Name
from sonora.chat.interpreter.tokens import Question
from sonora.chat.interpreter.tokens import question as cut
from sonora.chat.proposing import asking
from sonora.chat.proposing.proposals import Proposal, proposal
from sonora.chat.proposing.vocabulary import vocabulary
from sonora.chat.query import Query
from sonora.filters.viewer import Viewer
from sonora.insights import allowance
from sonora.insights.llm.answers import Nonsense
from sonora.insights.llm.client import LlmClient, Unavailable
from sonora.insights.llm.masking import masked
from sonora.insights.text.orders import gives_orders

logger = structlog.get_logger(__name__)

LONGEST_WAIT = 8.0  # seconds that somebody waits for an answer
REST = 60.0  # seconds in which an endpoint that failed is not asked again
LEFT = {Why.UNKNOWN, Why.UNASKABLE}  # what a model may read; a time to come stays one, and what is too long is unread


class Proposer:
    """Whom to ask in front of the rules' own reading; a process has one."""

    def __init__(
        self, client: LlmClient, *, allowance: Callable[[int], int], now: Callable[[], float] = time.monotonic
    ) -> None:
        """*allowance* takes the number of questions that are about to be sent and returns how many may be, today."""
        self._client = client
        self._allowance = allowance
        self._now = now
        self._rests_until = -REST

    def read(self, text: str, viewer: Viewer, read: Interpretation, picked: Sequence[Name]) -> Interpretation:
        """*read*, what the rules made of *text*, with what the model made of the words that they left.

        What they read stays: a proposal only adds to the filter. As it came where nothing is left, or where nothing
        that can be believed comes of it.
        """
        asked = cut(text)
        if not _leaves_words(read, asked) or gives_orders(asked.text) or self._now() < self._rests_until:
            return read
        found = self._proposed(asked, viewer, picked) if self._allowance(1) else None
        return _together(read, found, self._client.model) if found else read

    def _proposed(self, asked: Question, viewer: Viewer, picked: Sequence[Name]) -> Proposal | None:
        names, sent = vocabulary(Grams.of(asked), picked), masked(asked.text)
        today = datetime.fromtimestamp(viewer.now, viewer.zone).date()
        try:
            answer = self._client.ask(asking.body(self._client.model, sent.text, names.told, today))
            return proposal(answer, sent, names, viewer)
        except Unavailable as problem:
            self._rests_until = self._now() + REST
            logger.warning("llm_not_used", reason=str(problem))
        except Nonsense:
            logger.warning("llm_not_used", reason="Nonsense")
        return None


def _leaves_words(read: Interpretation, asked: Question) -> bool:
    return (
        bool(asked.tokens) and not asked.rest and (read.query is None or any(one.why in LEFT for one in read.ignored))
    )


def _together(read: Interpretation, found: Proposal, model: str) -> Interpretation:
    stays = tuple(one for one in read.ignored if one.why not in LEFT)
    unread = tuple(Ignored(words, Why.UNKNOWN) for words in found.unread)
    return Interpretation(query=_kept(read.query, found.query), ignored=(*unread, *stays), by=model)


def _kept(read: Query | None, proposed: Query) -> Query:
    """*proposed*, with every part of the filter that was *read*."""
    filters = proposed.filters
    for part in read.filters.parts if read else ():
        filters = filters.given(part, read.filters.of(part) if read else None)
    return replace(proposed, filters=filters)


@cache
def proposer() -> Proposer | None:
    """The one of this process; None unless the operator turned it on."""
    if settings.INSIGHTS_LLM is None or not settings.CHAT_LLM:
        return None
    return Proposer(LlmClient(settings.INSIGHTS_LLM, whole_request=LONGEST_WAIT), allowance=allowance.taken)
