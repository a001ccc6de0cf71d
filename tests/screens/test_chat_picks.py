"""What can be picked while a question is typed, and what picking means."""

import re
from collections.abc import Callable
from html import unescape
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_scopes import scope, scopes_disabled

from integrations.models import SyncState
from sonora.chat.interpreter.tokens import quoted
from sonora.workspaces.models import User
from tests.factories.cast import Cast
from tests.factories.conversations import TagFactory
from tests.factories.customers import CustomerFactory
from tests.factories.people import ContactFactory
from tests.screens.asking import ask, last

OPTION = re.compile(r'role="option"[^>]*? data-words="([^"]*)"(?: data-picked="([^"]*)")?')
MOST_QUERIES = 8  # with the session, the membership and the connection


@pytest.fixture
def ada(cast: Cast, as_user: Callable[[User | None], Client]) -> Client:
    return as_user(cast.ada)


def picks(client: Client, sign: str, find: str = "") -> list[tuple[str, str]]:
    page = client.get(reverse("chat-picks"), {"sign": sign, "find": find}).content.decode()
    return [(unescape(words), picked) for words, picked in OPTION.findall(page)]


def person(cast: Cast, name: str, email: str) -> int:
    with scopes_disabled():
        return ContactFactory(connection=cast.a.connection, name=name, email=email).person_id


def test_tags_are_offered_by_any_part_of_their_name_those_first_that_begin_with_it(cast: Cast, ada: Client):
    with scopes_disabled():
        late = TagFactory(connection=cast.a.connection, name="A billing matter")
        TagFactory(connection=cast.a.connection, name="Billing of old", deleted_at=1)
    assert picks(ada, "#", "bill") == [
        ("#“Billing saffron”", f"tag:{cast.a.tag.pk}"),
        ("#“A billing matter”", f"tag:{late.pk}"),
    ]


def test_customers_and_people_are_offered_by_the_beginning_of_a_word_of_their_name(cast: Cast, ada: Client):
    assert ("@“Halden saffron”", f"customer:{cast.a.customer.pk}") in picks(ada, "@", "hal")
    assert ("@“Ines saffron”", f"person:{cast.a.person.pk}") in picks(ada, "@", "INES")
    assert ("@“Ines saffron”", f"person:{cast.a.person.pk}") in picks(ada, "@", "saff")


def test_both_kinds_have_room(cast: Cast, ada: Client):
    with scopes_disabled():
        for number in range(9):
            CustomerFactory(workspace=cast.a.workspace, name=f"Sam & Co {number}")
    for number in range(9):
        person(cast, f"Sam {number}", f"sam{number}@x.example")
    kinds = [picked.partition(":")[0] for _, picked in picks(ada, "@", "sam")]
    assert kinds == ["customer"] * 4 + ["person"] * 4


def test_questions_are_offered_to_begin_with(cast: Cast, ada: Client):
    assert ("Who asked for ", "") in picks(ada, "/")
    assert picks(ada, "/", "unhappy") == [("Unhappy customers this month", "")]


@pytest.mark.parametrize("find", ["indigo", "%", "\x00indigo", "x" * 600, "(?:a+)+$", "' OR 1=1 --"])
def test_nothing_of_another_workspace_and_nothing_by_odd_words(cast: Cast, ada: Client, find: str):
    assert [picks(ada, sign, find) for sign in "#@"] == [[], []]


def test_a_sign_that_is_none_offers_nothing(cast: Cast, ada: Client):
    assert picks(ada, "!", "a") == []


def test_a_list_asks_the_database_little(cast: Cast, ada: Client):
    with scope(workspace=cast.a.workspace):
        SyncState.objects.create(workspace=cast.a.workspace, connection=cast.a.connection)
    for sign in "#@":
        with CaptureQueriesContext(connection) as queries:
            picks(ada, sign, "a")
        assert len(queries) <= MOST_QUERIES, sign


def test_of_two_people_of_one_name_the_picked_one_is_meant(cast: Cast, ada: Client):
    first, second = person(cast, "Sam Lee", "sam@a.example"), person(cast, "Sam Lee", "sam@b.example")
    for meant in (first, second):
        page = ask(ada, "conversations with @“Sam Lee”", picked=f"person:{meant}")
        assert last(cast).meant.filters.people == {meant}
        assert "Ignored:" not in page
    ask(ada, "conversations with @“Sam Lee” or @“Sam Lee”", picked=[f"person:{first}", f"person:{second}"])
    assert last(cast).meant.filters.people == {first, second}


def test_of_two_people_of_one_name_that_was_typed_either_can_be_asked_for(cast: Cast, ada: Client):
    keys = {at: person(cast, "Sam Lee", f"sam@{at}.example") for at in ("fjord", "halden")}
    page = ask(ada, "conversations with Sam Lee")
    for at, key in keys.items():
        (url,) = re.findall(rf'<a href="([^"]*)"><bdi>Sam Lee \(person, sam@{at}.example\)', page)
        composer = ada.get(unescape(url)).content.decode()
        assert f'name="picked" value="person:{key}"' in composer
        assert "conversations with Sam Lee</textarea>" in composer
        ask(ada, "conversations with Sam Lee", picked=f"person:{key}")
        assert last(cast).meant.filters.people == {key}


def test_of_a_customer_and_a_tag_of_one_name_the_customer_is_asked_for_by_its_whole_name(cast: Cast, ada: Client):
    with scopes_disabled():
        TagFactory(connection=cast.a.connection, name="Acme")
        customer = CustomerFactory(workspace=cast.a.workspace, name="Acme Inc.")
    page = unescape(ask(ada, "Acme conversations"))
    question = "“Acme Inc.” conversations"
    assert urlencode({"question": question, "picked": f"customer:{customer.pk}"}) in page
    ask(ada, question, picked=f"customer:{customer.pk}")
    assert last(cast).meant.filters.customers == {customer.pk}


def test_a_picked_tag_is_a_tag_whatever_stands_before_it_and_else_is_called_so(cast: Cast, ada: Client):
    with scopes_disabled():
        CustomerFactory(workspace=cast.a.workspace, name="Open")
        tag = TagFactory(connection=cast.a.connection, name="Open")
    for question in ("customers #“Open”", "conversations from #Open", "who wrote about #open"):
        ask(ada, question, picked=f"tag:{tag.pk}")
        assert last(cast).meant.filters.tags.any == {tag.pk}, question
        assert not last(cast).meant.filters.states, question


@pytest.mark.parametrize("name", ['Is "this" a name?', "a “curly” one", "not, or", "#1 @home / now", "«» \u202e"])
def test_any_name_can_be_picked(cast: Cast, ada: Client, name: str):
    with scopes_disabled():
        tag = TagFactory(connection=cast.a.connection, name=name)
    ((words, picked),) = [one for one in picks(ada, "#", name[:6]) if one[1] == f"tag:{tag.pk}"]
    assert words == f"#{quoted(name)}"
    ask(ada, f"conversations {words} and #“Billing saffron”", picked=picked)
    assert last(cast).meant.filters.tags.named == {tag.pk, cast.a.tag.pk}


@pytest.mark.parametrize("forged", ["tag:{b}", "tag:x", "passwords:1", "tag:" + "9" * 30, "", "customer:-1"])
def test_what_was_picked_in_no_list_of_the_workspace_means_nothing(cast: Cast, ada: Client, forged: str):
    ask(ada, "open conversations #“Billing indigo”", picked=forged.format(b=cast.b.tag.pk))
    assert not last(cast).meant.filters.tags.named
    assert last(cast).ignored[0]["words"] == "Billing indigo"


def test_what_was_picked_and_taken_out_again_means_nothing(cast: Cast, ada: Client):
    ask(ada, "open conversations", picked=f"tag:{cast.a.tag.pk}")
    assert not last(cast).meant.filters.tags.named


def test_a_tag_that_was_deleted_since_it_was_picked_means_nothing(cast: Cast, ada: Client):
    with scopes_disabled():
        tag = TagFactory(connection=cast.a.connection, name="Of old", deleted_at=1)
    ask(ada, "open conversations #“Of old”", picked=f"tag:{tag.pk}")
    assert not last(cast).meant.filters.tags.named
