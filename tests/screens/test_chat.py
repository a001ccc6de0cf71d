"""Chat in the browser: asking, following up, changing chips, sharing, taking rows away."""

import re
from collections.abc import Callable
from html import unescape
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_scopes import scope

from integrations.models import SyncState
from sonora.chat.models import Thread
from sonora.chat.query import Metric, Query
from sonora.filters.filterset import FilterSet
from sonora.insights.models import ConversationSentiment
from sonora.workspaces.models import User
from tests.factories.cast import Cast
from tests.factories.conversations import ConversationFactory, MessageFactory
from tests.screens.asking import address, ask, last, post

Browser = Callable[[User | None], Client]
MOST_QUERIES = 15


@pytest.fixture
def ada(cast: Cast, as_user: Browser) -> Client:
    return as_user(cast.ada)


@pytest.fixture
def ben(cast: Cast, as_user: Browser) -> Client:
    return as_user(cast.ben)


def test_an_answer_says_its_number_its_filter_and_its_sources(cast: Cast, ada: Client):
    page = ask(ada, "How many open conversations tagged “Billing saffron”?")
    assert "1 conversation matches." in page
    for words in (
        "Billing saffron",
        "Open",
        f"/conversations/{cast.a.conversation.pk}#m{cast.a.message.pk}",
        "It reads saffron.",
    ):
        assert words in page
    assert f"state=open&amp;tag={cast.a.tag.pk}" in page


def test_an_answer_says_to_how_many_customers_its_conversations_belong(cast: Cast, ada: Client):
    page = ask(ada, "open conversations")
    (url,) = re.findall(r'<a class="plain-link" href="([^"]+)">1 customer</a>', page)
    assert len(ada.get(unescape(url)).context["rows"]) == 1
    assert "1 customer</a>" not in ask(ada, "conversations")


def test_the_question_and_what_is_in_messages_are_text_never_markup(cast: Cast, ada: Client):
    with scope(workspace=cast.a.workspace):
        MessageFactory(
            conversation=cast.a.conversation,
            contact=cast.a.contact,
            text="<img src=x onerror=alert(1)>",
            created_at=2_000_000_000,
        )
    page = ask(ada, "open conversations <script>alert(1)</script>")
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "&lt;img src=x" in page


def test_words_that_count_for_nothing_are_named_with_what_may_have_been_meant(cast: Cast, ada: Client):
    page = ask(ada, "conversations tagged Biling")
    assert "Ignored:" in page
    assert "Did you mean" in page
    assert "Billing saffron" in page


def test_a_slip_behind_a_not_is_asked_again_with_the_not(cast: Cast, ada: Client):
    page = ask(ada, "conversations not tagged Biling saffrn")
    (again,) = re.findall(r'<a href="([^"]+)"><bdi>Billing saffron', page)
    assert "conversations not tagged “Billing saffron”" in ada.get(unescape(again)).content.decode()


def test_where_nothing_is_understood_nothing_is_claimed(cast: Cast, ada: Client):
    page = ask(ada, "qwertz uiop")
    assert "I understood nothing in this question" in page
    assert "Interpreted as" not in page


def test_where_nothing_is_found_the_nearest_is_offered_and_works(cast: Cast, ada: Client):
    page = ask(ada, "snoozed conversations from Halden saffron")
    assert "I found no conversations that match." in page
    assert "Closest: 1 without the state filter." in page
    assert ">Remove state</a>" in page
    without = ada.get(
        address(last(cast)), {"intent": "list", "metric": "conversations", "customer": cast.a.customer.pk}
    )
    assert "1 conversation matches." in without.content.decode()


def test_of_two_dates_the_one_to_remove_is_named_as_its_chip_is(cast: Cast, ada: Client):
    ask(ada, "open conversations")
    edited = [("intent", "list"), ("opened", "2001-05-03..2001-05-03"), ("updated", "2001-01-01..")]
    page = ada.get(address(last(cast)), dict(edited)).content.decode()
    assert "Closest: 1 without the “Opened” filter." in page


def test_conversations_of_an_answer_are_listed_as_many_as_fit(cast: Cast, ada: Client):
    with scope(workspace=cast.a.workspace):
        for number in range(11):
            ConversationFactory(connection=cast.a.connection, customer=cast.a.customer, title=f"Depot {number}")
    page = ask(ada, "conversations from Halden saffron")
    assert page.count('class="block-talk"') == 10
    assert ">All 12</a>" in page
    assert "Depot 10" in page
    assert ask(ada, "the latest 3 conversations").count('class="block-talk"') == 3


def test_an_answer_says_how_its_question_was_read_and_worked_out(cast: Cast, ada: Client):
    page = ask(ada, "open conversations by tag tagged Biling")
    assert "Interpreted as <b>Conversations by tag" in page
    assert page.index("Interpreted as") < page.index("Ignored:") < page.index("How this was worked out")
    worked_out = page[page.index("How this was worked out") :]
    for words in ("Within: <bdi>State Open</bdi>", "State, Tag", "5 messages are cited", "Sonora’s rules"):
        assert words in worked_out


def test_a_follow_up_keeps_the_filter_and_says_so(cast: Cast, ada: Client):
    ask(ada, "open conversations from Halden saffron")
    page = ask(ada, "and closed ones?", thread=last(cast).thread_id)
    turn = last(cast)
    assert turn.meant.filters.states == {"closed"}
    assert turn.meant.filters.customers == {cast.a.customer.pk}
    assert "kept from before: Customer" in page


def test_a_chip_that_is_removed_asks_again_without_rewriting_the_question(cast: Cast, ada: Client):
    ask(ada, "snoozed conversations")
    turn = last(cast)
    shape = [(name, value) for name, value in turn.meant.pairs if name != "state"]
    page = ada.get(f"{address(turn)}?{urlencode(shape)}").content.decode()
    assert "1 conversation matches." in page
    assert "with the filter changed" in page
    assert "snoozed conversations" in page
    assert last(cast).meant.filters.states == {"snoozed"}


def test_a_follow_up_is_asked_within_what_the_chips_say_by_then(cast: Cast, ada: Client):
    ask(ada, "snoozed conversations from Halden saffron")
    turn = last(cast)
    edited = [("intent", "list"), ("metric", "conversations"), ("state", "closed")]
    page = ada.get(address(turn), dict(edited)).content.decode()
    carried = re.search(r'name="before" value="([^"]*)" form="composer"', page)
    assert carried
    ask(ada, "which customers?", thread=turn.thread_id, before=unescape(carried[1]))
    assert last(cast).meant.filters.states == {"closed"}
    assert not last(cast).meant.filters.customers


def test_clear_leaves_the_question_without_a_filter(cast: Cast, ada: Client):
    page = ask(ada, "snoozed conversations from Halden saffron")
    found = re.search(r'href="([^"]*)"[^>]*>Clear', page)
    assert found
    cleared = ada.get(unescape(found[1])).content.decode()
    assert "1 conversation matches." in cleared
    assert ">Clear<" not in cleared


def test_a_chat_on_somebodys_page_begins_with_their_chip_locked_and_can_be_opened(cast: Cast, ada: Client):
    customer, person = cast.a.customer.pk, cast.a.person.pk
    for page, name, pk in (("customer", "customer", customer), ("person", "person", person)):
        assert f"{reverse('chat')}?{name}={pk}" in ada.get(reverse(page, args=[pk])).content.decode()
    page = ada.get(reverse("chat"), {"customer": customer, "question": "What changed?"}).content.decode()
    assert "Remove filter Customer Halden saffron" in page
    assert 'href="/chat?question=What+changed%3F"' in page
    carried = re.search(r'name="before" value="([^"]*)"', page)
    assert carried
    ask(ada, "open conversations", before=unescape(carried[1]))
    assert last(cast).meant.filters.customers == {customer}
    assert last(cast).meant.filters.states == {"open"}


@pytest.mark.parametrize("before", ["", "x" * 9_000, "intent=delete&metric=x", "customer=٣&state=furious&q="])
def test_a_forged_question_before_it_means_nothing(cast: Cast, ada: Client, before: str):
    ask(ada, "open conversations", before=before)
    assert last(cast).meant == Query(filters=FilterSet(states=frozenset({"open"})))


def test_while_the_first_sync_runs_an_answer_says_on_how_much_it_rests(cast: Cast, ada: Client):
    with scope(workspace=cast.a.workspace):
        SyncState.objects.filter(connection=cast.a.connection).delete()
        SyncState.objects.create(connection=cast.a.connection, workspace=cast.a.workspace)
    assert "based on 1 conversation so far" in ask(ada, "open conversations")


def test_a_fragment_is_the_answer_alone(cast: Cast, ada: Client):
    ask(ada, "open conversations")
    page = ada.get(address(last(cast)), headers={"HX-Request": "true", "HX-Target": "results"}).content.decode()
    assert page.lstrip().startswith('<div id="results"')
    assert "<html" not in page


def test_a_thread_is_its_owners_until_it_is_shared(cast: Cast, ada: Client, ben: Client):
    ask(ada, "open conversations")
    turn = last(cast)
    assert ben.get(address(turn)).status_code == 404
    post(ada, "share-thread", pk=turn.thread_id)
    page = ben.get(address(turn)).content.decode()
    assert "Shared with you" in page
    assert f'data-copy-text="http://testserver{address(turn)}"' in page
    assert 'name="question"' not in page
    assert post(ben, "ask", {"question": "closed ones?", "thread": turn.thread_id}).status_code == 404
    post(ada, "share-thread", {"off": "1"}, pk=turn.thread_id)
    assert ben.get(address(turn)).status_code == 404


def test_who_shares_an_answer_or_judges_it_stays_at_it_as_it_is(cast: Cast, ada: Client):
    ask(ada, "snoozed conversations")
    turn = last(cast)
    ask(ada, "closed ones?", thread=turn.thread_id)
    edited = f"{address(turn)}?intent=list&metric=conversations"
    page = post(ada, "share-thread", {"next": edited}, pk=turn.thread_id)
    assert page.request["PATH_INFO"] + "?" + page.request["QUERY_STRING"] == edited
    assert f'data-copy-text="http://testserver{edited.replace("&", "&amp;")}"' in page.content.decode()
    judged = post(ada, "give-opinion", {"opinion": "good", "next": edited}, pk=turn.thread_id, turn=turn.pk)
    assert judged.request["QUERY_STRING"] == "intent=list&metric=conversations"
    away = post(ada, "share-thread", {"next": "https://elsewhere.example/"}, pk=turn.thread_id)
    assert away.redirect_chain[0][0] == reverse("thread", args=[turn.thread_id])


def test_a_deleted_thread_is_gone(cast: Cast, ada: Client):
    ask(ada, "open conversations")
    turn = last(cast)
    post(ada, "delete-thread", pk=turn.thread_id)
    assert ada.get(address(turn)).status_code == 404
    with scope(workspace=cast.a.workspace):
        assert not Thread.objects.filter(pk=turn.thread_id).exists()


def test_rows_can_be_taken_away_as_a_file(cast: Cast, ada: Client):
    with scope(workspace=cast.a.workspace):
        ConversationFactory(connection=cast.a.connection, customer=cast.a.customer, title="=cmd()")
    ask(ada, "conversations from Halden saffron")
    turn = last(cast)
    rows = b"".join(ada.get(reverse("export-turn", args=[turn.thread_id, turn.pk]))).decode().splitlines()
    assert rows[0] == "Conversation,Customer,State,Last updated,Intercom ID"
    assert len(rows) == 3
    assert any(row.startswith("'=cmd()") for row in rows)


@pytest.mark.parametrize("metric", [Metric.CUSTOMERS, Metric.PEOPLE])
def test_a_number_of_customers_or_people_opens_all_of_them(cast: Cast, ada: Client, metric: Metric):
    query = Query(metric=metric).pairs
    response = ada.get(reverse("chat-rows"), query)
    assert len(response.context["rows"]) == response.context["number"] > 0


def test_a_trend_has_a_chart_and_a_table_whose_figures_are_links(cast: Cast, ada: Client):
    page = ask(ada, "conversations per week over the last 3 months")
    assert 'role="img"' in page
    assert "opened=" in page


def test_sentiment_over_time_is_a_chart_of_parts_with_its_figures_in_words(cast: Cast, ada: Client):
    with scope(workspace=cast.a.workspace):
        for at, label in ((1_762_000_000, "negative"), (1_764_000_000, "negative"), (1_764_000_000, "positive")):
            talk = ConversationFactory(connection=cast.a.connection, created_at=at, updated_at=at)
            ConversationSentiment.objects.create(
                workspace=cast.a.workspace,
                conversation=talk,
                label=label,
                found=label,
                at=at,
                reader="a reader of tests",
                analysed_at=at,
            )
    page = ask(ada, "sentiment per month")
    assert page.count('class="felt felt-negative"') == 2
    assert page.count('class="felt felt-positive"') == 1
    assert re.search(r"At the end \d negative, \d mixed, \d neutral, \d positive, \d other\.", page)
    assert "<summary" in page


def test_an_empty_question_asks_nothing(cast: Cast, ada: Client):
    before = last(cast).pk
    assert post(ada, "ask", {"question": "  \n"}).status_code == 200
    assert last(cast).pk == before


def test_a_very_long_question_is_kept_short_and_answered(cast: Cast, ada: Client):
    page = ask(ada, "open conversations " + "x " * 5000)
    assert "the question is too long" in page
    assert len(last(cast).question) <= 2000


def opinion(cast: Cast) -> tuple[str, str]:
    turn = last(cast)
    return turn.opinion, turn.reason


def test_the_owner_says_whether_an_answer_helped_and_takes_it_back(cast: Cast, ada: Client):
    ask(ada, "open conversations")
    turn = last(cast)
    place = {"pk": turn.thread_id, "turn": turn.pk}
    page = post(ada, "give-opinion", {"opinion": "bad"}, **place).content.decode()
    assert "What was wrong?" in page
    post(ada, "give-opinion", {"opinion": "bad", "reason": "Too many <b>rows</b> "}, **place)
    assert opinion(cast) == ("bad", "Too many <b>rows</b>")
    assert "&lt;b&gt;rows" in ada.get(address(turn)).content.decode()
    post(ada, "give-opinion", {"opinion": ""}, **place)
    assert opinion(cast) == ("", "")


@pytest.mark.parametrize("said", [{"opinion": "splendid"}, {"opinion": "bad", "reason": "x" * 501}])
def test_an_opinion_that_is_none_changes_nothing(cast: Cast, ada: Client, said: dict[str, str]):
    ask(ada, "open conversations")
    turn = last(cast)
    post(ada, "give-opinion", said, pk=turn.thread_id, turn=turn.pk)
    assert opinion(cast) == ("", "")


def test_who_reads_a_shared_answer_is_not_asked_for_an_opinion(cast: Cast, ada: Client, ben: Client):
    ask(ada, "open conversations")
    turn = last(cast)
    post(ada, "share-thread", pk=turn.thread_id)
    assert "Helpful" not in ben.get(address(turn)).content.decode()
    assert post(ben, "give-opinion", {"opinion": "bad"}, pk=turn.thread_id, turn=turn.pk).status_code == 404


def test_the_words_of_an_answer_can_be_copied(cast: Cast, ada: Client):
    page = ask(ada, "open conversations")
    assert 'data-copy="#answer-text"' in page
    assert re.search(r'<span id="answer-text">1 conversation matches\.[^<]*</span>', page)


def test_a_page_asks_the_database_little(cast: Cast, ada: Client):
    ask(ada, "How many open conversations from Halden saffron per week?")
    url = address(last(cast))
    with scope(workspace=cast.a.workspace):
        SyncState.objects.create(workspace=cast.a.workspace, connection=cast.a.connection)
    with CaptureQueriesContext(connection) as queries:
        ada.get(url)
    assert len(queries) <= MOST_QUERIES
