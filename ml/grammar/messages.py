"""Messages of every kind, in the dress of a mail, a chat, a post, a review or a forum."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from ml.grammar.kinds import KINDS, Feeling, Kind
from ml.grammar.lists import Lists
from ml.grammar.noise import typed

Draw = Callable[[str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    text: str
    feeling: Feeling
    asks: bool


def messages(count: int, *, seed: int) -> Iterator[Message]:
    """*count* different messages; the same *seed* gives the same ones."""
    rng = Random(seed)  # noqa: S311  not for secrets
    lists = Lists()
    seen: set[str] = set()
    weights = [kind.weight for kind in KINDS]
    while len(seen) < count:
        message = _message(rng.choices(KINDS, weights)[0], lists, rng)
        if message.text.lower() not in seen:
            seen.add(message.text.lower())
            yield message


def _message(kind: Kind, lists: Lists, rng: Random) -> Message:
    def draw(name: str) -> str:
        return lists.draw(name, rng)

    core = _core(kind, draw, rng)
    dressed = core if kind.language != "en" else _dressed(core, kind, draw, rng)
    feeling = 1 if kind.feeling[2] > 0.6 else -1 if kind.feeling[0] > 0.6 else 0
    return Message(text=typed(dressed, rng, feeling=feeling), feeling=kind.feeling, asks=kind.asks)


def _core(kind: Kind, draw: Draw, rng: Random) -> str:
    parts = [draw(name) for name in kind.core]
    if kind.joint == ". ":
        end = "!" if rng.random() < 0.12 else "."
        return " ".join(_sentence(part, end) for part in parts)
    return _sentence(kind.joint.join([parts[0].rstrip(".!?"), *(_small(part) for part in parts[1:])]), ".")


def _sentence(text: str, end: str) -> str:
    text = text[:1].upper() + text[1:]
    return text if text[-1:] in ".!?)" else text + end


def _small(text: str) -> str:
    return text if text[:2] in {"I ", "I'"} else text[:1].lower() + text[1:]


def _dressed(core: str, kind: Kind, draw: Draw, rng: Random) -> str:
    dress = rng.choices([_bare, _mail, _chat, _post, _review], [4, 3, 2, 1.5, 1.5])[0]
    return dress(core, kind, draw, rng)


def _bare(core: str, _kind: Kind, _draw: Draw, _rng: Random) -> str:
    return core


def _mail(core: str, _kind: Kind, draw: Draw, rng: Random) -> str:
    lines = [f"{draw('hello')},", f"{draw('well')} {core}".strip(), draw("bye")]
    return rng.choice(["\n", "\n\n", " "]).join(lines)


def _chat(core: str, _kind: Kind, draw: Draw, rng: Random) -> str:
    hello = f"{draw('hello')}{rng.choice([',', '!', '', ' -'])} "
    bye = f" {draw('bye')}"
    return f"{hello if rng.random() < 0.7 else ''}{core}{bye if rng.random() < 0.3 else ''}"


def _post(core: str, _kind: Kind, draw: Draw, rng: Random) -> str:
    handle = f"{draw('handle')} " if rng.random() < 0.7 else ""
    hashtag = f" {draw('hashtag')}" if rng.random() < 0.4 else ""
    return f"{handle}{core}{hashtag}"


def _review(core: str, kind: Kind, draw: Draw, rng: Random) -> str:
    """A title that agrees with what follows, then the text, as stores print them in one line."""
    negative, _, positive = kind.feeling
    if positive > 0.6:
        title = draw("good_title")
    elif negative > 0.6:
        title = draw("bad_title")
    else:
        title = draw("plain_title")
    return title + rng.choice([" ", ". ", " - ", ": ", "\n"]) + core
