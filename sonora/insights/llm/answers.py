"""What a language model answered, as far as it can be believed."""

from collections.abc import Sequence
from typing import Annotated, Literal, TypeVar

import msgspec

from sonora.insights.llm.masking import Masked
from sonora.insights.reading import Label, Reading

MOST_AGAINST = 0.3  # a score that is further on the other side than this contradicts its label

Said = TypeVar("Said", bound=msgspec.Struct)
Share = Annotated[float, msgspec.Meta(ge=0, le=1)]


class Nonsense(Exception):
    """The answer is not what was asked for: no JSON, another schema, other texts."""


class _Reading(msgspec.Struct, forbid_unknown_fields=True):
    n: int
    sentiment: Label
    score: Annotated[float, msgspec.Meta(ge=-1, le=1)]
    confidence: Share
    sentence: str
    request: Share
    quote: str | None


class _Readings(msgspec.Struct, forbid_unknown_fields=True):
    readings: list[_Reading]


class _Message(msgspec.Struct):
    content: str
    role: Literal["assistant"] = "assistant"


class _Choice(msgspec.Struct):
    message: _Message


class _Completion(msgspec.Struct):
    choices: list[_Choice]


def readings(answer: bytes, texts: Sequence[Masked]) -> list[Reading | None]:
    """One reading for each of *texts*, None where the model's contradicts itself or quotes what is not there.

    Raises Nonsense when the answer as a whole is not one about these texts.
    """
    found = content(answer, _Readings).readings
    if sorted(one.n for one in found) != list(range(1, len(texts) + 1)):
        raise Nonsense
    by_number = {one.n: one for one in found}
    return [_believed(by_number[number], text) for number, text in enumerate(texts, start=1)]


def content(answer: bytes, kind: type[Said]) -> Said:
    """What a completion says, which is one of *kind*. Raises Nonsense when it is anything else."""
    try:
        completion = msgspec.json.decode(answer, type=_Completion)
        return msgspec.json.decode(completion.choices[0].message.content, type=kind)
    except (msgspec.MsgspecError, IndexError, UnicodeError, RecursionError):
        raise Nonsense from None  # what is wrong with it may quote the answer


def _believed(one: _Reading, text: Masked) -> Reading | None:
    sentence, quote = one.sentence.strip(), (one.quote or "").strip()
    if _contradicts(one) or sentence not in text.text or quote not in text.text:
        return None
    return Reading(
        label=one.sentiment,
        score=round(one.score, 4),
        confidence=round(one.confidence, 4),
        sentence=text.shown(sentence),
        request=round(one.request, 4),
        quote=text.shown(quote) or None,
    )


def _contradicts(one: _Reading) -> bool:
    if one.request >= 0.5 and not (one.quote or "").strip():
        return True
    if one.sentiment is Label.NEUTRAL:
        return False
    return (one.score if one.sentiment is Label.NEGATIVE else -one.score) > MOST_AGAINST
