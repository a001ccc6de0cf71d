"""Sentiment on the pages: what is shown, why, and how somebody corrects it."""

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from integrations.models import Connection, SyncState
from sonora.conversations.models import Conversation
from sonora.core import clock
from sonora.graph import keeping
from sonora.insights.models import Analysis, ConversationSentiment, Correction, MessageReading
from sonora.workspaces.models import User
from tests.factories import cast as people
from tests.factories.cast import Cast
from tests.factories.conversations import ConversationContactFactory, ConversationFactory, MessageFactory

Browser = Callable[[User | None], Client]


@pytest.fixture
def ben(cast: Cast, as_user: Browser) -> Client:
    return as_user(cast.ben)


def text(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def page(cast: Cast) -> str:
    return reverse("conversation", args=[cast.a.conversation.pk])


def post(client: Client, cast: Cast, **sent: str) -> str:
    """Send the form of the page, and read the page it leads to."""
    token = str(client.get(page(cast)).context["csrf_token"])
    url = reverse("correct-sentiment", args=[cast.a.conversation.pk])
    response = client.post(url, {"csrfmiddlewaretoken": token, **sent}, follow=True)
    assert response.redirect_chain == [(f"{page(cast)}#sentiment", 302)]
    return response.content.decode()


def test_the_reader_says_how_the_customer_feels_and_leads_to_the_words(cast: Cast, ben: Client) -> None:
    shown = text(ben, page(cast))
    assert 'class="sentiment sentiment-neg sentiment-pill"' in shown
    assert f'<a class="quote quote-link" href="#m{cast.a.message.pk}"><bdi>It reads saffron.</bdi></a>' in shown
    assert "<mark>It reads saffron.</mark>" in shown
    assert shown.count("message-evidence") == 1
    assert "words-1" in shown  # what read it, in the details


def test_the_list_says_it_with_the_words_behind_it(cast: Cast, ben: Client) -> None:
    shown = text(ben, "/conversations")
    assert 'title="“It reads saffron.”"' in shown
    assert f'href="{page(cast)}#m{cast.a.message.pk}"' in shown
    assert 'aria-label="1 negative message"' in shown
    assert 'href="/conversations?sentiment=negative"' in shown


def test_a_member_corrects_it_and_takes_that_back(cast: Cast, ben: Client) -> None:
    shown = post(ben, cast, label="positive", note="They were joking.")
    assert "Saved. Your word stays" in shown
    assert 'class="sentiment sentiment-pos sentiment-pill"' in shown
    for words in ("Edited by ben@a.example", "They were joking.", "Sonora read: negative."):
        assert words in shown
    assert "Edited by ben@a.example" in text(ben, "/conversations")
    shown = post(ben, cast, reset="1")
    assert "Edited by" not in shown
    assert 'class="sentiment sentiment-neg sentiment-pill"' in shown


@pytest.mark.parametrize("sent", [{}, {"label": "angry"}, {"label": "unsure"}, {"label": "neutral", "note": "x" * 501}])
def test_what_nobody_can_say_is_refused_in_words(cast: Cast, ben: Client, sent: dict[str, str]) -> None:
    assert "Choose how the customer feels." in post(ben, cast, **sent)
    with scope(workspace=cast.a.workspace):
        assert not Correction.objects.exists()


def test_what_a_correction_says_is_text_to_a_browser(cast: Cast, ben: Client) -> None:
    shown = post(ben, cast, label="neutral", note="<script>alert(1)</script>")
    assert "<script>alert(1)" not in shown
    assert "&lt;script&gt;alert(1)" in shown


def change(cast: Cast, **state: Any) -> None:
    with scope(workspace=cast.a.workspace):
        mine = {"workspace": cast.a.workspace, "connection": cast.a.connection}
        if "analysis" in state:
            Analysis.objects.create(**mine, conversation=cast.a.conversation, sentiment_by=state["analysis"])
        if state.get("removed"):
            ConversationSentiment.objects.all().delete()
            MessageReading.objects.all().delete()
        if "switch" in state:
            SyncState.objects.get_or_create(**mine)
            Connection.objects.update(analyse_sentiment=state["switch"])


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ({"removed": True, "analysis": ""}, "Not analysed yet."),
        ({"removed": True, "analysis": "words-1"}, "No customer has written here."),
        ({"analysis": ""}, "Newer messages are still to be analysed."),
        ({"switch": False}, "Sentiment is turned off for Intercom."),
    ],
)
def test_it_says_why_there_is_none_or_not_the_latest(cast: Cast, ben: Client, state: dict, words: str) -> None:
    change(cast, **state)
    assert words in text(ben, page(cast))


def test_where_it_is_turned_off_nothing_is_shown_and_nothing_can_be_corrected(cast: Cast, ben: Client) -> None:
    token = str(ben.get(page(cast)).context["csrf_token"])
    change(cast, switch=False)
    assert "sentiment-neg" not in text(ben, page(cast))
    assert "sentiment-neg" not in text(ben, "/conversations")
    url = reverse("correct-sentiment", args=[cast.a.conversation.pk])
    assert ben.post(url, {"csrfmiddlewaretoken": token, "label": "positive"}).status_code == 404


def test_where_it_is_turned_off_no_filter_finds_by_it(cast: Cast, ben: Client) -> None:
    assert "Invoice in saffron" in text(ben, "/conversations?sentiment=negative")
    change(cast, switch=False)
    assert "Invoice in saffron" not in text(ben, "/conversations?sentiment=negative")


def test_a_conversation_that_cannot_be_read_surely_says_so(cast: Cast, ben: Client) -> None:
    with scope(workspace=cast.a.workspace):
        ConversationSentiment.objects.update(label="unsure", found="unsure")
        assert Conversation.objects.filter(sentiment__label="unsure").exists()
    shown = text(ben, page(cast))
    assert "Unsure" in shown
    assert "read without certainty" in shown


# ---- Customers and people ----


def lately(cast: Cast, label: str, number: int, *, days_ago: int) -> None:
    """Conversations of the customer and the person in workspace A that felt *label*."""
    with scope(workspace=cast.a.workspace):
        for _ in range(number):
            at = clock.now() - days_ago * 86_400
            talk = ConversationFactory(connection=cast.a.connection, customer=cast.a.customer, updated_at=at)
            ConversationContactFactory(conversation=talk, contact=cast.a.contact)
            said = MessageFactory(conversation=talk, contact=cast.a.contact)
            people.felt(talk, said, "It reads saffron.", label)


OWNERS = ["customer", "person"]


def owner(cast: Cast, kind: str) -> str:
    return reverse(kind, args=[getattr(cast.a, kind).pk])


@pytest.mark.parametrize("kind", OWNERS)
def test_a_page_says_how_they_felt_lately_with_numbers_that_open_their_rows(cast: Cast, ben: Client, kind: str) -> None:
    change(cast, removed=True)  # what the cast says is of a day that moves away
    lately(cast, "positive", 6, days_ago=40)
    lately(cast, "negative", 5, days_ago=3)
    lately(cast, "neutral", 1, days_ago=3)
    shown = text(ben, owner(cast, kind))
    assert 'class="sentiment sentiment-neg sentiment-pill"' in shown
    assert "Falling" in shown
    if kind == "person":  # the page of a customer lists the open ones alone
        listed = shown.split('id="conversations"')[1]
        assert [listed.count(f'sentiment-{look}"') for look in ("neg", "neu", "pos")] == [5, 1, 6]
    links = re.findall(
        r'<a class="plain-link" href="(/conversations[^"]*)">([^<]+)</a>', shown.split('id="sentiment"')[1]
    )
    assert [word for _, word in links[:3]] == ["6 conversations", "5 negative", "1 neutral"]
    for url, word in links[:3]:
        rows = ben.get(html.unescape(url)).context["page"].rows
        assert len(rows) == int(word.split()[0]), url


@pytest.mark.parametrize("kind", OWNERS)
def test_the_chart_has_a_title_a_summary_and_its_numbers_in_a_table(cast: Cast, ben: Client, kind: str) -> None:
    change(cast, removed=True)  # what the cast says is of a day that moves away
    lately(cast, "positive", 6, days_ago=40)
    lately(cast, "negative", 2, days_ago=3)
    shown = text(ben, owner(cast, kind))
    drawn = re.findall(r"<svg class=\"chart-\w+\".*?</svg>", shown, re.DOTALL)
    assert len(drawn) == 2
    assert all("Sentiment by week, 90 days" in one and "Negative in the last 30 days, 2 conv" in one for one in drawn)
    assert [(one.count("<rect"), one.count("<circle")) for one in drawn] == [(1, 1), (1, 1)]
    table = shown.partition('id="sentiment"')[2].partition("</table>")[0]
    assert len(re.findall(r'<th scope="row">', table)) == 13


@pytest.mark.parametrize("kind", OWNERS)
def test_without_sentiment_the_card_says_what_would_fill_it(cast: Cast, ben: Client, kind: str) -> None:
    change(cast, removed=True)
    assert "No conversation of the last 90 days says how they feel." in text(ben, owner(cast, kind))
    change(cast, switch=False)
    assert "Sentiment is turned off for Intercom." in text(ben, owner(cast, kind))


@pytest.mark.parametrize(("url", "number"), [("/customers", 8), ("/people", 9)])
def test_customers_say_how_the_last_30_days_felt_and_people_of_90(
    cast: Cast, ben: Client, url: str, number: int
) -> None:
    change(cast, removed=True)  # what the cast says is of a day that moves away
    lately(cast, "positive", 1, days_ago=40)
    lately(cast, "negative", 8, days_ago=3)
    with scope(workspace=cast.a.workspace):
        keeping.settle()
    shown = text(ben, url)
    assert f">of {number}</span>" in shown
    assert "sentiment-neg" in shown
    change(cast, switch=False)
    assert "sentiment-neg" not in text(ben, url)
