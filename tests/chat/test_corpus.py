"""Questions with the queries that they mean: nearly all are read exactly, and a figure is the length of its list."""

from typing import Any
from urllib.parse import urlencode

import pytest
from django.http import QueryDict

from sonora.chat.answers import citing, figures
from sonora.chat.interpreter import interpret
from sonora.chat.query import Query
from tests.chat.examples import examples
from tests.chat.world import VIEWER, World

pytestmark = pytest.mark.django_db

EXACT = 0.99  # of all questions


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
