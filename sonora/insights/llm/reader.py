"""Reads with a language model, and with the local reader whatever the model does not."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import structlog

from sonora.insights.llm import answers, asking
from sonora.insights.llm.client import LlmClient, Unavailable
from sonora.insights.llm.masking import masked
from sonora.insights.reading import Reader, Reading

logger = structlog.get_logger(__name__)

LONGEST_READ = 60.0  # seconds that a call may ask the model; then the rest is read here
REST = 60.0  # seconds in which an endpoint that failed is not asked again
PROMPT = 1  # moves when the task changes, so that everything is read again

Allowance = Callable[[int], int]


class LlmReader:
    """What `read` is given belongs to one workspace, as everything that is analysed together does."""

    def __init__(
        self,
        local: Reader,
        client: LlmClient,
        *,
        allowance: Allowance,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """*allowance* takes the number of texts that are about to be sent and returns how many may be, today."""
        self._local = local
        self._client = client
        self._allowance = allowance
        self._now = now
        self._rests_until = -REST

    @property
    def version(self) -> str:
        return f"llm-{PROMPT}:{self._client.model[:40]}+{self._local.version}"

    def read(self, texts: Sequence[str]) -> list[Reading]:
        """One reading for each of *texts*, in order; the local one, which says so, where the model gave none."""
        found: dict[int, Reading] = {}
        ends = self._now() + LONGEST_READ
        for rows in _batches([row for row, text in enumerate(texts) if asking.may_be_sent(text)]):
            if self._now() > ends or not self._asked(rows, texts, found):
                break
        left = [row for row in range(len(texts)) if row not in found]
        found |= zip(left, self._read_here([texts[row] for row in left]), strict=True)
        return [found[row] for row in range(len(texts))]

    def _read_here(self, texts: Sequence[str]) -> list[Reading]:
        """By the local reader: the model is asked again when the conversation changes."""
        return [replace(one, by=self._local.version) for one in self._local.read(texts)] if texts else []

    def _asked(self, rows: Sequence[int], texts: Sequence[str], found: dict[int, Reading]) -> bool:
        """Add to *found* what the model says of those *rows*; False when it is not to be asked any more now."""
        if self._now() < self._rests_until:
            return False
        rows = rows[: self._allowance(len(rows))]
        if not rows:
            return False
        sent = [masked(texts[row]) for row in rows]
        try:
            answer = self._client.ask(asking.body(self._client.model, [one.text for one in sent]))
            said = answers.readings(answer, sent)
        except (Unavailable, answers.Nonsense) as problem:
            self._rests_until = self._now() + REST
            logger.warning("llm_not_used", reason=str(problem) or type(problem).__name__, texts=len(rows))
            return False
        found |= {row: reading for row, reading in zip(rows, said, strict=True) if reading}
        return True


def _batches(rows: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(rows), asking.AT_ONCE):
        yield rows[start : start + asking.AT_ONCE]
