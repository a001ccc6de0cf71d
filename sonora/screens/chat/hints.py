"""What a question said in vain, in words, with the question as it may have been meant."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from sonora.chat.interpreter import Why
from sonora.chat.models import Turn

WHY = {
    Why.UNKNOWN: "nothing here has that name",
    Why.AMBIGUOUS: "several have that name",
    Why.UNASKABLE: "no filter can say that",
    Why.TIME: "no time that can be asked about",
    Why.LONG: "the question is too long",
}


@dataclass(frozen=True, slots=True)
class Hint:
    """*words* count for nothing, *why* in words; *meant* are names and the addresses to ask with them instead."""

    words: str
    why: str
    meant: list[tuple[str, str]]


def of(turn: Turn) -> list[Hint]:
    """A hint for everything that *turn* ignores."""
    return [
        Hint(one["words"], WHY[Why(one["why"])], _meant(turn, one) if one["why"] == Why.UNKNOWN else [])
        for one in turn.ignored
    ]


def _meant(turn: Turn, ignored: dict[str, str]) -> list[tuple[str, str]]:
    return [
        (name, f"{reverse('chat')}?{urlencode({'question': turn.question.replace(ignored['words'], f'“{name}”')})}")
        for name in ignored["options"]
    ]
