"""What to remove from the filter where nothing was found."""

from dataclasses import dataclass
from urllib.parse import urlencode

from sonora.chat.answers.answering import Answer
from sonora.filters.filterset import FilterSet
from sonora.filters.parts import BY_KEY, SPANS, TAGGED


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A part of the filter in a word, how much there is without it, and where that is."""

    name: str
    number: int
    url: str


def of(answer: Answer, path: str) -> Offer | None:
    """The offer of *answer*, whose page is at *path*; None where something was found, or nothing would be."""
    nearest = answer.nearest
    if nearest is None or nearest.count.query is None:
        return None
    without = f"{path}?{urlencode(nearest.count.query.pairs)}"
    return Offer(name=_name(nearest.part, answer.query.filters), number=nearest.count.number, url=without)


def _name(part: str, shown: FilterSet) -> str:
    """A date, a tag, a customer; where *shown* has two of these, as the chip of *part* is called."""
    is_alone = [_word(other) for other in shown.parts].count(_word(part)) == 1
    return _word(part) if is_alone else f"“{BY_KEY[part].label}”"


def _word(part: str) -> str:
    if part in SPANS:
        return "date"
    field = part.partition(".")[0]
    return (TAGGED[field][1] if field in TAGGED else BY_KEY[part].label).lower()
