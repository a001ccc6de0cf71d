"""`manage.py ask`, as the Contract says it."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django_scopes import scope

from sonora.conversations.models import Conversation, Message
from sonora.core import clock
from tests.chat import world as worlds
from tests.chat.world import NOW, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return worlds.build(conversations=12)


def ask(world: World, *arguments: str) -> str:
    out = StringIO()
    with clock.fixed(NOW):
        call_command("ask", "--workspace", world.connection.workspace.slug, *arguments, stdout=out)
    return out.getvalue()


def told(world: World, question: str) -> dict[str, Any]:
    return dict(json.loads(ask(world, "--json", question)))


def test_the_query_its_count_and_its_citations_are_told(world: World):
    answer = told(world, "How many open conversations about VIP and wombats?")
    assert answer["intent"] == "count"
    assert answer["metric"] == "conversations"
    assert answer["group_by"] is None
    assert answer["filters"]["states"] == ["open"]
    assert answer["filters"]["tags"]["any"] == [world.tags["VIP"].pk]
    assert answer["filters"]["text"] == "wombats"
    assert (answer["count"], answer["citations"]) == (0, [])


def test_a_citation_has_the_ids_of_the_export_and_the_address_of_the_message(world: World):
    answer = told(world, "snoozed conversations")
    with scope(workspace=world.connection.workspace):
        assert answer["count"] == Conversation.objects.filter(state="snoozed").count() == len(answer["citations"])
        for one in answer["citations"]:
            message = Message.objects.get(external_id=one["message_id"])
            assert message.conversation.external_id == one["conversation_id"]
            assert message.conversation.state == "snoozed"
            assert one["url"] == f"/conversations/{message.conversation_id}#m{message.pk}"


def test_words_that_count_for_nothing_are_told_with_what_may_have_been_meant(world: World):
    answer = told(world, "conversations tagged Biling next week")
    assert answer["ignored"] == ["Biling", "next week"]
    assert answer["hints"][0] == {"words": "Biling", "why": "unknown", "options": ["Billing"]}
    assert answer["hints"][1]["why"] == "time"


def test_where_nothing_is_understood_nothing_is_claimed(world: World):
    nothing = told(world, "'); DELETE qwertz")
    assert nothing["ignored"] == ["DELETE qwertz"]
    assert (nothing["intent"], nothing["metric"], nothing["count"], nothing["citations"]) == (None, None, 0, [])


def test_people_read_a_line_and_a_question_without_meaning_fails(world: World):
    assert ask(world, "how many snoozed conversations?") == "2 conversations: State Snoozed\n"
    with pytest.raises(CommandError, match="qwertz"):
        ask(world, "qwertz")


def test_an_unknown_workspace_is_said_so(world: World):
    with pytest.raises(CommandError, match="no workspace 'nowhere'"):
        call_command("ask", "--workspace", "nowhere", "open conversations")
