"""A sentiment says of its conversation what the conversation says, whatever happens."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from integrations.models import Connection
from sonora.conversations.models import Conversation
from sonora.core.upsert import upsert
from sonora.insights.models import ConversationSentiment
from sonora.workspaces.scoping import scope, scopes_disabled
from tests.factories.conversations import ConversationFactory
from tests.factories.integrations import NOW, ConnectionFactory

ACTS = st.lists(
    st.tuples(
        st.sampled_from(("read", "opened", "brought", "forgotten", "spoilt")), st.integers(0, 2), st.integers(0, 2)
    ),
    max_size=12,
)


def says_so() -> bool:
    rows = ConversationSentiment.objects.select_related("conversation")
    return all(
        (one.created_at, one.connection_id) == (one.conversation.created_at, one.conversation.connection_id)
        for one in rows
    )


def act(name: str, talk: Conversation, number: int, connections: list[Connection]) -> None:
    """What a sync, an analysis or anybody else does; *number* is which value of a few it writes."""
    mine = ConversationSentiment.objects.filter(pk=talk.pk)
    match name:
        case "read":
            facts = {"label": "mixed", "found": "mixed", "at": number, "reader": "x", "analysed_at": NOW}
            row = {"workspace_id": talk.workspace_id, "conversation_id": talk.pk, **facts}
            upsert(ConversationSentiment, [row], key=("conversation_id",))
        case "opened":
            Conversation.objects.filter(pk=talk.pk).update(created_at=(None, NOW, NOW - 86_400)[number])
        case "brought":
            Conversation.objects.filter(pk=talk.pk).update(connection=connections[number % 2])
        case "forgotten":
            mine.delete()
        case "spoilt":
            mine.update(created_at=number, connection_id=number)


@pytest.fixture
def connections(db: None) -> list[Connection]:
    with scopes_disabled():
        first = ConnectionFactory()
        return [first, ConnectionFactory(workspace=first.workspace, provider="other")]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_when_it_was_opened_and_by_whom_it_came_is_the_same_on_both(
    connections: list[Connection], acts: list[tuple[str, int, int]]
):
    with scope(workspace=connections[0].workspace), transaction.atomic():
        talks = [ConversationFactory(connection=connections[0]) for _ in range(3)]
        for name, which, number in [("read", 0, 0), *acts]:
            act(name, talks[which], number, connections)
            assert says_so(), (name, which, number)
        transaction.set_rollback(True)
