"""The questions of the corpus with what they mean: question | what is asked | filter | ignored words."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from sonora.filters.filterset import FilterSet
from tests.chat.world import World

CORPUS = Path(__file__).parent / "corpus"
PLAIN = {"metric": "conversations", "group_by": None, "order": None, "limit": None, "against": None}
KEYS = {"by": "group_by", "order": "order", "against": "against"}


@dataclass(frozen=True)
class Example:
    """A question, and what it means: the query as JSON (None: nothing), and the words that count for nothing."""

    question: str
    query: dict[str, Any] | None
    ignored: list[str]


def examples(world: World) -> list[Example]:
    lines = [line for path in sorted(CORPUS.glob("*.txt")) for line in path.read_text("utf-8").splitlines()]
    return [_example(line, world) for line in lines if not line.startswith("# ")]


def _example(line: str, world: World) -> Example:
    question, asked, filters, ignored = [part.strip() for part in f"{line}|||".split("|")[:4]]
    query = None if asked == "-" else {**_shape(asked.split()), "filters": _filters(filters.split(), world).as_json()}
    return Example(question, query, [words.strip() for words in ignored.split(";") if words.strip()])


def _shape(words: list[str]) -> dict[str, Any]:
    shape: dict[str, Any] = {"intent": words[0], **PLAIN}
    for word in words[1:]:
        name, given, value = word.partition("=")
        shape |= {"metric": name} if not given else {"limit": int(value)} if name == "limit" else {KEYS[name]: value}
    return shape


def _filters(words: list[str], world: World) -> FilterSet:
    """The filter of an address in which names stand for keys, with underscores for blanks."""
    rows = {"customer": world.customers, "person": world.people, "assignee": world.teammates, "request": world.requests}
    pairs = []
    for word in words:
        name, _, value = word.partition("=")
        spoken = value.replace("_", " ")
        held: dict[str, Any] = world.tags if "tag" in name else rows.get(name, {})
        pairs.append((name, str(held[spoken].pk) if spoken in held else spoken))
    shown, ignored = FilterSet.asked(QueryDict(urlencode(pairs)))
    assert not ignored, words
    return shown
