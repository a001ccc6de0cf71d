"""A text that very many conversations hold, on every page that counts: never an error, never a wrong number."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from sonora.canvas.kinds import Kind
from sonora.chat.answers import talks
from sonora.chat.query import Group, Intent, Metric, Query
from sonora.conversations import search
from sonora.conversations.models import Conversation
from sonora.core import clock
from sonora.filters import dates
from sonora.filters.filterset import FilterSet
from sonora.workspaces.models import User
from tests.factories.cast import Cast
from tests.factories.conversations import ConversationFactory, MessageFactory
from tests.screens.asking import ask, last
from tests.screens.canvas.pages import block_of, fragment, narrow, words

WHY = "“saffron” is too common to count"
WHAT_TO_DO = "Narrow the question by a date, a tag or a customer, or ask for a rarer word."
PEOPLE = Query(metric=Metric.PEOPLE, filters=FilterSet(text="saffron"))


@pytest.fixture
def ada(cast: Cast, as_user: Callable[[User | None], Client]) -> Client:
    return as_user(cast.ada)


@pytest.fixture(autouse=True)
def common(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Four conversations say saffron, where two are many and a list counts two."""
    with scope(workspace=cast.a.workspace):
        for number in range(3):
            talk = ConversationFactory(connection=cast.a.connection, updated_at=clock.now() - number)
            MessageFactory(conversation=talk, text="More saffron.")
    monkeypatch.setattr(search, "COMMON", 2)
    monkeypatch.setattr(search, "OFTEN", 2)
    monkeypatch.setattr(talks, "MOST", 2)


@contextmanager
def giving_up(words_of_sql: str) -> Iterator[None]:
    """The database gives up on statements that have these words."""

    def give_up(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if words_of_sql in sql:
            raise OperationalError("canceling statement due to statement timeout")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(give_up):
        yield


def test_an_answer_says_what_was_seen_why_it_is_no_more_and_what_to_do(ada: Client):
    page = ask(ada, "conversations mentioning saffron by customer")
    for said in ("At least 2 conversations match.", f"{WHY} conversations by customer in time.", WHAT_TO_DO):
        assert said in page
    assert "2+ conversations" in page
    assert "?text=saffron" in page or "?q=saffron" in page
    assert "CSV" not in page
    assert "Add to Canvas" not in page


def test_the_rows_of_what_is_not_counted_say_why_and_lead_to_the_conversations(ada: Client):
    page = ada.get(f"{reverse('chat-rows')}?{urlencode(PEOPLE.pairs)}")
    assert page.status_code == 200
    assert f"{WHY} people in time. {WHAT_TO_DO} Show the conversations" in words(page)
    assert len(ada.get(page.context["talks_url"]).context["page"].rows) == 4


def test_a_file_of_what_is_not_counted_is_not_made(cast: Cast, ada: Client):
    ask(ada, "how many people mention saffron?")
    turn = last(cast)
    page = ada.get(reverse("export-turn", args=[turn.thread_id, turn.pk]), follow=True)
    assert page.redirect_chain
    assert f"{WHY} people" in words(page)


@pytest.mark.parametrize("kind", [Kind.BARS, Kind.TABLE, Kind.LINE, Kind.TEXT])
def test_a_block_says_why_it_counts_nothing(cast: Cast, ada: Client, kind: Kind):
    query = Query(intent=Intent.COUNT, group_by=Group.CUSTOMER, filters=FilterSet(text="saffron"))
    said = words(fragment(ada, block_of(cast, query, kind)))
    assert f"{WHY} conversations by {'week' if kind is Kind.LINE else 'customer'} in time. {WHAT_TO_DO}" in said


def test_a_block_names_the_text_of_its_canvas(cast: Cast, ada: Client):
    narrow(cast, FilterSet(text="saffron"))
    block = block_of(cast, Query(intent=Intent.COUNT, group_by=Group.CUSTOMER), Kind.BARS)
    assert f"{WHY} conversations by customer in time." in words(fragment(ada, block))


def test_a_number_of_few_people_is_shown_where_those_of_its_canvas_are_too_many_to_count(cast: Cast, ada: Client):
    narrow(cast, FilterSet(text="saffron"))
    states = frozenset({cast.a.conversation.state})
    with scope(workspace=cast.a.workspace):
        Conversation.objects.exclude(pk=cast.a.conversation.pk).update(state="snoozed")
    query = Query(intent=Intent.COUNT, metric=Metric.PEOPLE, filters=FilterSet(states=states))
    assert "1 person" in words(fragment(ada, block_of(cast, query, Kind.METRIC)))


def test_a_number_that_is_not_the_whole_is_compared_with_nothing(cast: Cast, ada: Client):
    shown = FilterSet(text="saffron", updated=dates.parse("last-30-days"))
    said = words(fragment(ada, block_of(cast, Query(intent=Intent.COUNT, filters=shown), Kind.METRIC)))
    assert "2+ conversations" in said
    assert " than the " not in said
    assert " of " not in said.split("2+", 1)[1].split("conversations", 1)[0]


def test_the_command_says_at_least_how_many_and_refuses_what_it_cannot_count(cast: Cast):
    out, slug = StringIO(), cast.a.workspace.slug
    call_command("ask", "conversations mentioning saffron", workspace=slug, stdout=out)
    call_command("ask", "conversations mentioning saffron", workspace=slug, as_json=True, stdout=out)
    call_command("ask", "how many people mention saffron?", workspace=slug, as_json=True, stdout=out)
    sentence, some, none = out.getvalue().splitlines()
    assert sentence.startswith("2+ conversations")
    assert '"count": 2, "at_least": true' in some
    assert '"count": null, "at_least": true' in none
    with pytest.raises(CommandError, match=f"{WHY} people"):
        call_command("ask", "how many people mention saffron?", workspace=slug, stdout=out)


def test_a_question_on_which_the_database_gives_up_is_no_error_page(cast: Cast, ada: Client):
    ask(ada, "open conversations")
    turn = last(cast)
    address = reverse("turn", args=[turn.thread_id, turn.pk])
    with giving_up('"conversations_conversation"."state" IN'):
        page = ada.get(address)
    assert page.status_code == 200
    assert "The database gave no answer in time, or none at all, so I claim nothing." in words(page)
    assert re.search(rf'<a [^>]*href="{address}">Retry</a>', page.content.decode())
    assert "gave no answer" not in words(ada.get(address))
