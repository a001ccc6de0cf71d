"""The sentences of texts, and which of them speaks most for an answer."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sonora.insights.local.linear import Floats, Linear
from sonora.insights.local.plain import plain
from sonora.insights.local.sentences import sentences

LONGEST = 500  # characters of a sentence that is shown
REQUEST = 3  # the column of scores that says whether a text asks; the three before are the feelings


@dataclass(frozen=True, slots=True)
class Parts:
    """A text's sentences as they stand in it, and four scores for each of them where it was worth scoring them."""

    sentences: Sequence[str]
    scores: Floats

    def strongest(self, column: int) -> str:
        """The sentence that speaks most for what *column* stands for; the only one, where there is only one."""
        if not len(self.scores):
            return self.longest()
        rivals = [other for other in range(REQUEST) if other != column] if column < REQUEST else []
        lead = self.scores[:, column] - (self.scores[:, rivals].max(axis=1) if rivals else 0)
        return self.sentences[int(np.argmax(lead))][:LONGEST]

    def longest(self) -> str:
        return max(self.sentences, key=len)[:LONGEST]


def parts_of(texts: Sequence[str], linear: Linear, *, wanted: Sequence[bool]) -> list[Parts]:
    """The parts of each of *texts*, scored together; only where *wanted*, and where there is more than one."""
    cut = [sentences(text) or [text.strip()] for text in texts]
    scored = [want and len(some) > 1 for want, some in zip(wanted, cut, strict=True)]
    shown = [plain(part) for want, some in zip(scored, cut, strict=True) if want for part in some]
    scores = linear.scores(shown, with_cues=False)
    ends = np.cumsum([len(some) if want else 0 for want, some in zip(scored, cut, strict=True)])
    rows = np.split(scores, ends[:-1]) if texts else []
    return [Parts(some, row) for some, row in zip(cut, rows, strict=True)]
