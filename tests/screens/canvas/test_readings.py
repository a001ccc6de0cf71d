"""A description in which a name is doubtful: two previews, and each can be used."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_scopes import scope

from integrations.models import SyncState
from sonora.canvas.kinds import Kind
from sonora.canvas.models import Canvas
from sonora.screens.canvas.previewing import Choice
from tests.factories.cast import Cast
from tests.factories.conversations import TagFactory
from tests.factories.customers import CustomerFactory
from tests.factories.people import ContactFactory
from tests.screens.canvas.pages import FRAGMENT, blocks, post, words

MISSPELT = "How many open conversations tagged Biling"


def choices(client: Client, address: str, **said: str) -> list[Choice]:
    found: list[Choice] = client.get(address, said).context["choices"]
    return found


def used(client: Client, choice: Choice):
    return client.get(choice.url).context["draft"]


@pytest.fixture
def acmes(cast: Cast) -> tuple[int, int]:
    """A tag and a customer that are both called Acme, by key."""
    with scope(workspace=cast.a.workspace):
        customer = CustomerFactory(workspace=cast.a.workspace, name="Acme")
        return TagFactory(connection=cast.a.connection, name="Acme").pk, customer.pk


def test_a_misspelt_name_is_previewed_as_what_it_may_be_and_as_nothing(cast: Cast, ada: Client):
    page = ada.get(reverse("add-block"), {"prompt": MISSPELT})
    assert "Which do you mean?" in words(page)
    assert 'name="title"' not in page.content.decode()
    with_tag, without = page.context["choices"]
    assert (with_tag.name, without.name) == ("Billing saffron", "Without “Biling”")
    assert used(ada, with_tag).query.filters.tags.named == {cast.a.tag.pk}
    assert used(ada, with_tag).prompt == "How many open conversations tagged “Billing saffron”"
    assert used(ada, without).query.filters.tags.named == set()
    for choice in (with_tag, without):
        assert "conversation" in words(ada.get(choice.preview_url, headers=FRAGMENT))
        assert used(ada, choice).kind == choice.kind == Kind.METRIC


@pytest.mark.parametrize("words", ["without Biling saffrn", "not tagged Biling saffrn"])
def test_a_misspelt_name_behind_a_not_is_previewed_without_it(cast: Cast, ada: Client, words: str):
    denied, without = choices(ada, reverse("add-block"), prompt=f"Open conversations {words}")
    assert denied.name == "Billing saffron"
    assert used(ada, denied).query.filters.tags.none == {cast.a.tag.pk}
    assert used(ada, denied).prompt == f"Open conversations {words.replace('Biling saffrn', '“Billing saffron”')}"
    assert not used(ada, without).query.filters.tags


def test_of_two_things_of_one_name_the_one_that_is_used_is_meant(cast: Cast, ada: Client, acmes: tuple[int, int]):
    tag, customer = acmes
    found = {one.name: used(ada, one) for one in choices(ada, reverse("add-block"), prompt="Acme conversations")}
    assert found.keys() == {"Acme (tag)", "Acme (customer)"}
    assert found["Acme (tag)"].query.filters.tags.any == {tag}
    assert found["Acme (customer)"].query.filters.customers == {customer}
    post(ada, "add-block", {**dict(found["Acme (customer)"].pairs), "canvas": "new", "title": ""})
    assert blocks(cast)[-1].meant == found["Acme (customer)"].query


def test_two_people_of_one_name_are_told_apart_by_their_addresses(cast: Cast, ada: Client):
    with scope(workspace=cast.a.workspace):
        people = [
            ContactFactory(connection=cast.a.connection, name="Sam Lee", email=f"sam@{at}.example").person_id
            for at in ("fjord", "halden")
        ]
    found = choices(ada, reverse("add-block"), prompt="Conversations with Sam Lee")
    assert {one.name for one in found} == {f"Sam Lee (person, sam@{at}.example)" for at in ("fjord", "halden")}
    assert {tuple(used(ada, one).query.filters.people) for one in found} == {(one,) for one in people}


def test_a_firm_that_is_named_without_its_legal_form_can_be_meant(cast: Cast, ada: Client):
    with scope(workspace=cast.a.workspace):
        customer = CustomerFactory(workspace=cast.a.workspace, name="Acme Inc.").pk
        TagFactory(connection=cast.a.connection, name="Acme")
    found = {one.name: used(ada, one) for one in choices(ada, reverse("add-block"), prompt="Acme conversations")}
    assert found.keys() == {"Acme (tag)", "Acme Inc. (customer)"}
    assert found["Acme Inc. (customer)"].query.filters.customers == {customer}


def test_a_choice_is_said_once(cast: Cast, ada: Client):
    page = words(ada.get(reverse("add-block"), {"prompt": MISSPELT}))
    assert "Ignored: “Biling” (nothing here has that name)" in page
    assert "Did you mean" not in page


def test_a_doubtful_refinement_is_previewed_twice(cast: Cast, ada: Client, acmes: tuple[int, int]):
    plain = ada.get(reverse("add-block"), {"prompt": "How many open conversations?"}).context["draft"]
    found = choices(ada, reverse("add-block"), **dict(plain.pairs), refine="only Acme")
    drafts = [used(ada, one) for one in found]
    assert [one.query.filters.states for one in drafts] == [{"open"}, {"open"}]
    assert {bool(one.query.filters.customers) for one in drafts} == {True, False}
    assert {one.prompt for one in drafts} == {"How many open conversations, only Acme"}


def test_a_block_that_is_edited_is_previewed_on_its_canvas(
    cast: Cast, ada: Client, canvas: Canvas, acmes: tuple[int, int]
):
    block = blocks(cast)[0]
    address = reverse("edit-block", args=[block.canvas_id, block.pk])
    for place, one in enumerate(choices(ada, address, prompt="Acme conversations"), start=1):
        assert one.url.startswith(f"{address}?")
        assert f"canvas={block.canvas_id}&place={place}" in one.preview_url


def test_a_name_without_a_doubt_or_without_a_likeness_has_one_preview(cast: Cast, ada: Client):
    for prompt in ("Open conversations tagged Billing saffron", "Open conversations tagged Zyxwvut", "Biling"):
        page = ada.get(reverse("add-block"), {"prompt": prompt})
        assert page.context["choices"] == []
        assert "Which do you mean?" not in words(page)


def test_two_texts_are_cited_apart(cast: Cast, ada: Client):
    found = choices(ada, reverse("add-block"), prompt="Summarise open conversations mentioning It tagged Biling")
    pages = [ada.get(one.preview_url, headers=FRAGMENT).context["body"] for one in found]
    assert [one.kind for one in pages] == [Kind.TEXT, Kind.TEXT]
    keys = [marker.key for one in pages for marker in one.markers]
    assert len(set(keys)) == len(keys) > 0


def test_each_reading_asks_the_database_once_what_its_words_name(cast: Cast, ada: Client, acmes: tuple[int, int]):
    with scope(workspace=cast.a.workspace):
        SyncState.objects.create(workspace=cast.a.workspace, connection=cast.a.connection)
    for prompt in (MISSPELT, "Acme conversations"):
        with CaptureQueriesContext(connection) as asked:
            assert len(choices(ada, reverse("add-block"), prompt=prompt)) == 2
        assert len(asked) <= 15, prompt
