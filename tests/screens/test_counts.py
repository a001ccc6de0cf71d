"""Counts of long lists."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scope, scopes_disabled

from integrations.models import Connection
from sonora.conversations.models import Conversation
from sonora.screens import counts
from tests.factories.conversations import ConversationFactory
from tests.factories.integrations import ConnectionFactory


@pytest.fixture
def link(db: None) -> Connection:
    with scopes_disabled():
        made = ConnectionFactory()
        ConversationFactory.create_batch(5, connection=made, title="Refund")
        ConversationFactory(connection=made, title="Export")
        return made


@pytest.mark.parametrize("few", [2, 100], ids=["many", "few"])
def test_counting_once_gives_the_same_rows(link: Connection, few: int, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(counts, "FEW", few)
    with scope(workspace=link.workspace):
        wanted = Conversation.objects.filter(title="Refund")
        number, rows = counts.counted_once(wanted)
        assert number == 5
        assert set(rows) == set(wanted)


def test_few_rows_are_not_looked_for_a_second_time(link: Connection):
    with scope(workspace=link.workspace):
        _, rows = counts.counted_once(Conversation.objects.filter(title="Refund"))
        with CaptureQueriesContext(connection) as asked:
            assert len(rows) == 5
    assert "title" not in asked[0]["sql"].partition("WHERE")[2]


def test_a_count_ends_one_past_the_cap(link: Connection, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(counts, "CAP", 3)
    with scope(workspace=link.workspace):
        number, _ = counts.counted_once(Conversation.objects.filter(title="Refund"))
        assert number == 4
        assert counts.text(number) == "3+"
