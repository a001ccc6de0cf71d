"""The card beside a map of people: of whom an address asks, with the page around it or alone."""

from collections.abc import Callable

import pytest
from django.test import Client

from integrations.models import SyncState
from sonora.workspaces.models import User
from sonora.workspaces.scoping import scope
from tests.factories.cast import Cast
from tests.factories.people import ContactFactory

Browser = Callable[[User | None], Client]
ALONE = {"HX-Request": "true", "HX-Target": "card"}


@pytest.fixture
def ada(cast: Cast, as_user: Browser) -> Client:
    with scope(workspace=cast.a.workspace):
        SyncState.objects.create(workspace=cast.a.workspace, connection=cast.a.connection)
    return as_user(cast.ada)


@pytest.fixture(params=["/customers/{customer}/people", "/people/graph"], ids=["customer", "graph"])
def path(request: pytest.FixtureRequest, cast: Cast) -> str:
    return str(request.param).format(customer=cast.a.customer.pk)


def test_a_page_of_a_map_shows_the_card_that_its_address_asks_for(cast: Cast, ada: Client, path: str) -> None:
    assert ada.get(path).context["card"] is None
    response = ada.get(path, {"who": cast.a.person.pk})
    assert response.context["card"].row.person == cast.a.person
    text = response.content.decode()
    for words in ('id="card-title"', "Halden saffron", "Strength", "Open page", 'aria-current="true" aria-label'):
        assert words in text


def test_htmx_gets_the_same_card_alone(cast: Cast, ada: Client, path: str) -> None:
    whole = ada.get(path, {"who": cast.a.person.pk}).content.decode()
    alone = ada.get(path, {"who": cast.a.person.pk}, headers=ALONE).content.decode()
    assert "<html" not in alone
    assert alone.startswith('<div id="card"')
    for words in (f'data-of="{cast.a.person.pk}"', "Conversations", "in 90 days", "Strength"):
        assert words in alone
        assert words in whole


@pytest.mark.parametrize("headers", [{}, ALONE], ids=["page", "alone"])
def test_nobody_has_a_card_who_is_not_on_the_map(cast: Cast, ada: Client, path: str, headers: dict[str, str]) -> None:
    for who in ("", "x", "-1", "9" * 40, "999999", str(cast.b.person.pk)):
        response = ada.get(path, {"who": who}, headers=headers)
        assert (response.status_code, response.context["card"]) == (200, None), who


def test_a_customers_map_has_no_card_of_somebody_elsewhere(cast: Cast, ada: Client) -> None:
    with scope(workspace=cast.a.workspace):
        elsewhere = ContactFactory(connection=cast.a.connection, name="Elsewhere").person_id
    for headers in ({}, ALONE):
        response = ada.get(f"/customers/{cast.a.customer.pk}/people", {"who": elsewhere}, headers=headers)
        assert response.context["card"] is None


def test_cards_keep_the_filter_and_leave_out_what_was_being_edited(cast: Cast, ada: Client) -> None:
    response = ada.get("/people/graph", {"role": "user", "edit": "roles", "who": cast.a.person.pk})
    assert response.context["who_url"] == "?role=user&who="
    assert response.context["closed_url"] == "?role=user"
    assert f'href="?role=user&amp;who={cast.a.person.pk}#card"' in response.content.decode()
