"""One workspace, and the queries of the whole corpus, for all tests of a file: nothing there writes."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django_scopes import scope

from sonora.chat.interpreter import interpret
from sonora.chat.query import Query
from tests.chat import world as worlds
from tests.chat.examples import examples
from tests.chat.world import VIEWER, World


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
