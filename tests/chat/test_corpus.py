"""Questions with the queries that they mean: nearly all are read exactly, and a figure is the length of its list."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.http import QueryDict
from django_scopes import scope

from sonora.chat.answers import citing, figures
from sonora.chat.interpreter import interpret
from sonora.chat.query import Query
from sonora.filters.filterset import FilterSet
from tests.chat import world as worlds
from tests.chat.world import VIEWER, World

pytestmark = pytest.mark.django_db

CORPUS = Path(__file__).parent / "corpus"
EXACT = 0.95  # of all questions
PLAIN = {"metric": "conversations", "group_by": None, "order": None, "limit": None, "against": None}
KEYS = {"by": "group_by", "order": "order", "against": "against"}


@dataclass(frozen=True)
class Example:
    """A question, and what it means: the query as JSON (None: nothing), and the words that count for nothing."""

    question: str
    query: dict[str, Any] | None
    ignored: list[str]


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """One workspace for all questions: nothing here writes."""
    with django_db_blocker.unblock(), transaction.atomic():
        built = worlds.build()
        with scope(workspace=built.connection.workspace):
            yield built
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def queries(world: World) -> dict[str, Query]:
    """The query that each question of the corpus is read as; those that mean nothing are left out."""
    read = {example.question: interpret(example.question, VIEWER).query for example in examples(world)}
    return {question: query for question, query in read.items() if query}


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


def test_nearly_every_question_is_read_exactly(world: World, record_property: Any):
    wrong = []
    known = examples(world)
    for example in known:
        read = interpret(example.question, VIEWER)
        said = read.query.as_json() if read.query else None
        if said != example.query or [str(one) for one in read.ignored] != example.ignored:
            wrong.append(
                f"{example.question}\n  wanted {example.query} {example.ignored}\n  read   {said} {read.ignored}"
            )
    record_property("exact", f"{len(known) - len(wrong)} of {len(known)}")
    assert len(known) >= 300
    assert len(wrong) <= (1 - EXACT) * len(known), "\n".join(wrong)


def test_every_count_is_the_length_of_the_list_that_its_filter_opens(queries: dict[str, Query]):
    for question, query in queries.items():
        opened = Query.from_query(QueryDict(urlencode(query.pairs)))
        assert figures.count(query, VIEWER) == len(figures.rows(opened.metric, opened.filters, VIEWER)), question


def test_a_citation_is_a_message_of_a_conversation_that_passes(queries: dict[str, Query]):
    some = list(queries.values())[::9]
    cited = [(query, one) for query in some for one in citing.citations(query, VIEWER)]
    assert len(cited) > 100
    for query, one in cited:
        assert one.message.conversation_id == one.conversation.pk
        assert not one.message.internal
        assert query.filters.conversations(VIEWER).filter(pk=one.conversation.pk).exists()
