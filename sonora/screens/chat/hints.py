"""What a question said in vain, in words, with the question as it may have been meant."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from sonora.chat.interpreter import Why
from sonora.chat.interpreter.tokens import key, quoted
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
    return [Hint(one["words"], WHY[Why(one["why"])], list(_meant(turn.question, one))) for one in turn.ignored]


def _meant(question: str, ignored: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The names that may be meant; of several things of one name each goes along by its key."""
    if ignored["why"] == Why.UNKNOWN:
        for name in ignored["options"]:
            yield name, _asked(question, ignored.get("denied") or ignored["words"], name)
    for option, (name, picked) in zip(ignored["options"], ignored.get("names", ()), strict=False):
        yield option, _asked(question, ignored["words"], name, picked=picked)


def _asked(question: str, words: str, name: str, **more: str) -> str:
    """The address at which *question* stands ready to be asked, with *name* for its *words* unless they have it."""
    clear = question if key(name) in key(words) else question.replace(words, quoted(name))
    return f"{reverse('chat')}?{urlencode({'question': clear, **more})}"
