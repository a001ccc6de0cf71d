"""From what a customer's messages say to how they feel in the whole conversation. Pure.

A message that is nothing but thanks and farewell is passed over, unless the customer wrote nothing else: who says
"Thanks, bye!" under a complaint is polite. Later messages weigh more: a message weighs half of what the second one
after it weighs, so of five the last weighs as much as the first four times over. A reading below `SURE` has no vote.
What is left votes with its weight:

- *mixed* when negative and positive ones have `BOTH` of the votes each,
- else whichever of negative and positive has more, if that is more than half of what the neutral ones have,
- else *neutral*;
- *unsure* when less than `HEARD` of all weight has a vote, *none* (not enough text) when nothing was read.

The score is the mean of the votes' scores, weighed in the same way, and so is the confidence.
"""

from collections.abc import Sequence
from dataclasses import dataclass

SURE = 0.5  # confidence: below it a reading is a guess among three labels
BOTH = 0.25
HEARD = 1 / 3
HALF_LIFE = 2  # messages


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One message of the customer as it was read; *key* is the caller's own."""

    key: int
    label: str  # negative, neutral, positive
    score: float
    confidence: float
    courtesy: bool = False  # thanks and farewell alone


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """The conversation: *label* as above, *score* −1 … 1 and *confidence* 0 … 1 (None when nothing was read).

    *because* is the key of the message that the label rests on.
    """

    label: str
    score: float | None = None
    confidence: float | None = None
    because: int | None = None


def weigh(said: Sequence[Said]) -> Whole:
    """What the messages of a customer, oldest first, say together."""
    if not said:
        return Whole(label="none")
    said = [one for one in said if not one.courtesy] or said
    weighed = [(weight(place, len(said)), one) for place, one in enumerate(said)]
    votes = [(weight, one) for weight, one in weighed if one.confidence >= SURE]
    unsure = sum(weight for weight, _ in votes) < HEARD * sum(weight for weight, _ in weighed)
    label = "unsure" if unsure else _label(votes)
    heard = weighed if unsure else votes
    total = sum(weight for weight, _ in heard)
    return Whole(
        label=label,
        score=sum(weight * one.score for weight, one in heard) / total,
        confidence=sum(weight * one.confidence for weight, one in heard) / total,
        because=_strongest(label, heard).key,
    )


def weight(place: int, number: int) -> float:
    """How much the message at *place* (0 is the oldest) of *number* messages weighs; the last one weighs 1."""
    return float(0.5 ** ((number - 1 - place) / HALF_LIFE))


def winner(*, negative: float, neutral: float, positive: float) -> str:
    """The label of a whole whose votes weigh so much; at least one of them weighs something."""
    if min(negative, positive) >= BOTH * (negative + neutral + positive):
        return "mixed"
    feeling = max(negative, positive)
    if feeling <= neutral / 2:
        return "neutral"
    return "negative" if negative >= positive else "positive"


def _label(votes: Sequence[tuple[float, Said]]) -> str:
    share = {label: sum(weight for weight, one in votes if one.label == label) for label in _LABELS}
    return winner(**share)


def _strongest(label: str, heard: Sequence[tuple[float, Said]]) -> Said:
    """The message that weighs most for *label*; of a mixed conversation what hurts, of an unsure one the last."""
    wanted = "negative" if label == "mixed" else label
    same = [pair for pair in heard if pair[1].label == wanted]
    if label in {"neutral", "unsure"} or not same:
        return (same or list(heard))[-1][1]
    return max(same, key=lambda pair: pair[0] * abs(pair[1].score))[1]


_LABELS = ("negative", "neutral", "positive")
