"""Asking where the operator lets a language model propose what questions mean."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from sonora.chat.proposing import proposer
from sonora.core.secret import SecretStr
from sonora.insights.llm.endpoint import endpoint as endpoint_of
from sonora.workspaces.models import User
from tests.chat.model import proposes
from tests.factories.cast import Cast
from tests.insights.llm.endpoint import FakeEndpoint, endpoint
from tests.screens.asking import ask, last

QUESTION = "grumpy conversations"


@pytest.fixture
def server(settings: Any) -> Iterator[FakeEndpoint]:
    with endpoint(proposes(sentiments=["negative"])) as running:
        settings.INSIGHTS_LLM = endpoint_of(running.url, key=SecretStr("sk-test-0000-not-a-real-key"), model="small-1")
        settings.CHAT_LLM = True
        proposer.proposer.cache_clear()
        yield running
    proposer.proposer.cache_clear()


@pytest.fixture
def ada(cast: Cast, as_user: Callable[[User | None], Client]) -> Client:
    return as_user(cast.ada)


def test_the_chips_show_what_was_proposed_and_the_model_is_named(cast: Cast, ada: Client, server: FakeEndpoint):
    page = ask(ada, QUESTION)
    assert "Sentiment <b>Negative</b>" in page
    assert "small-1" in page
    assert "Ignored:" not in page
    assert (last(cast).read_by, last(cast).meant.filters.sentiments) == ("small-1", {"negative"})


def test_a_number_of_the_day_that_is_used_up_leaves_questions_to_the_rules(
    cast: Cast, ada: Client, server: FakeEndpoint, settings: Any
):
    settings.INSIGHTS_LLM_DAILY_MESSAGES = 1
    ask(ada, QUESTION)
    page = ask(ada, QUESTION)
    assert len(server.asked) == 1
    assert last(cast).read_by == ""
    assert "Ignored:" in page
    assert "no model proposed anything" in page


def test_nothing_is_sent_unless_the_operator_turns_it_on(cast: Cast, ada: Client, server: FakeEndpoint, settings: Any):
    settings.CHAT_LLM = False
    proposer.proposer.cache_clear()
    ask(ada, QUESTION)
    assert (server.asked, last(cast).read_by) == ([], "")
