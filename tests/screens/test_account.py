"""Signing in and out, the theme, the workspace."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection as database
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_scopes import scopes_disabled

from integrations.models import Connection
from sonora.conversations.models import Conversation
from sonora.screens.account import throttle
from sonora.workspaces.models import User
from tests.factories.cast import Cast, fill
from tests.factories.workspaces import PASSWORD, MembershipFactory

Browser = Callable[[User | None], Client]


@pytest.fixture(autouse=True)
def no_tries_yet() -> None:
    cache.clear()


def post(client: Client, name: str, data: dict[str, Any]) -> Any:
    """A form sent as a person sends it: from the page that carries its token."""
    page = client.get(reverse("sign-in"), follow=True)
    return client.post(reverse(name), {**data, "csrfmiddlewaretoken": str(page.context["csrf_token"])})


def sign_in(client: Client, email: str, password: str = PASSWORD, **more: str) -> Any:
    return post(client, "sign-in", {"email": email, "password": password, "stay": "on", **more})


def test_the_right_password_signs_in(cast: Cast, as_user: Browser):
    client = as_user(None)
    response = sign_in(client, " Ada@A.example ")
    assert (response.status_code, response.headers["Location"]) == (302, "/")
    assert client.get(reverse("conversations")).status_code == 200


def test_the_page_suits_a_password_manager(cast: Cast, as_user: Browser):
    text = as_user(None).get(reverse("sign-in")).content.decode()
    assert 'autocomplete="username"' in text
    assert 'autocomplete="current-password"' in text
    assert "onpaste" not in text


@pytest.mark.parametrize(("email", "password"), [("ada@a.example", "wrong"), ("nobody@a.example", PASSWORD)])
def test_a_wrong_password_and_an_unknown_e_mail_get_the_same_words(
    cast: Cast, as_user: Browser, email: str, password: str
):
    response = sign_in(as_user(None), email, password)
    assert response.status_code == 422
    text = response.content.decode()
    assert "This e-mail and password don&#x27;t fit." in text
    assert email in text  # what was typed stays
    assert f'value="{password}"' not in text


def test_an_unknown_e_mail_costs_a_hash_too(cast: Cast, as_user: Browser, monkeypatch: pytest.MonkeyPatch):
    hashed: list[str] = []
    monkeypatch.setattr(User, "set_password", lambda self, password: hashed.append(password))
    sign_in(as_user(None), "nobody@a.example", "guess")
    assert hashed == ["guess"]


def test_ten_wrong_tries_close_the_door_for_that_e_mail_alone(cast: Cast, as_user: Browser):
    client = as_user(None)
    for _ in range(throttle.TRIES):
        sign_in(client, "ada@a.example", "wrong")
    assert "Too many tries. Wait 15 minutes" in sign_in(client, "ada@a.example").content.decode()
    assert sign_in(client, "ben@a.example").status_code == 302


def test_the_right_password_forgets_the_wrong_ones(cast: Cast, as_user: Browser):
    client = as_user(None)
    for _ in range(throttle.TRIES - 1):
        sign_in(client, "ada@a.example", "wrong")
    sign_in(client, "ada@a.example")
    post(client, "sign-out", {})
    for _ in range(throttle.TRIES - 1):
        sign_in(client, "ada@a.example", "wrong")
    assert sign_in(client, "ada@a.example").status_code == 302


@pytest.mark.parametrize("bad", ["", "no address", "x" * 300 + "@a.example"])
def test_what_is_no_address_is_told_beside_its_field(cast: Cast, as_user: Browser, bad: str):
    response = sign_in(as_user(None), bad)
    assert response.status_code == 422
    assert 'id="id_email_error"' in response.content.decode()


@pytest.mark.parametrize(
    ("wanted", "reached"),
    [
        ("/customers?q=x", "/customers?q=x"),
        ("https://evil.example/", "/"),
        ("//evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("/\\evil.example", "/"),
        ("chat", "/"),
        ("1", "/"),
    ],
)
def test_signing_in_leads_back_only_within_sonora(cast: Cast, as_user: Browser, wanted: str, reached: str):
    client = as_user(None)
    assert sign_in(client, "ada@a.example", next=wanted).headers["Location"] == reached
    assert client.get(reverse("sign-in"), {"next": wanted}).headers["Location"] == reached


def test_not_staying_ends_with_the_browser(cast: Cast, as_user: Browser):
    client = as_user(None)
    post(client, "sign-in", {"email": "ada@a.example", "password": PASSWORD})
    assert client.session.get_expire_at_browser_close()


def test_the_session_changes_when_somebody_signs_in(cast: Cast, as_user: Browser):
    client = as_user(None)
    client.get(reverse("conversations"))
    before = client.session.session_key
    sign_in(client, "ada@a.example")
    assert client.session.session_key != before


def test_signing_out_ends_the_session(cast: Cast, as_user: Browser):
    client = as_user(cast.ada)
    assert post(client, "sign-out", {}).headers["Location"] == reverse("sign-in")
    assert client.get(reverse("conversations")).status_code == 302


def test_somebody_inactive_does_not_sign_in(cast: Cast, as_user: Browser):
    User.objects.filter(pk=cast.ada.pk).update(is_active=False)
    assert sign_in(as_user(None), "ada@a.example").status_code == 422


def test_somebody_made_inactive_is_signed_out_at_once(cast: Cast, as_user: Browser):
    client = as_user(cast.ada)
    assert client.get(reverse("conversations")).status_code == 200
    User.objects.filter(pk=cast.ada.pk).update(is_active=False)
    assert client.get(reverse("conversations")).status_code == 302


def test_a_person_and_their_memberships_are_read_with_one_question(cast: Cast, as_user: Browser):
    client = as_user(cast.ada)
    with CaptureQueriesContext(database) as asked:
        client.get(reverse("workspaces"))
    assert sum('FROM "workspaces_' in query["sql"] for query in asked) == 1


@pytest.mark.parametrize(("theme", "kept"), [("dark", "dark"), ("light", "light"), ("neon", "system")])
def test_the_theme_is_kept_with_the_user(cast: Cast, as_user: Browser, theme: str, kept: str):
    client = as_user(cast.ada)
    response = post(client, "set-theme", {"theme": theme, "next": "/customers"})
    assert response.headers["Location"] == "/customers"
    cast.ada.refresh_from_db()
    assert cast.ada.theme == kept


def test_a_person_of_two_workspaces_switches_between_them(cast: Cast, as_user: Browser):
    with scopes_disabled():
        MembershipFactory(user=cast.ada, workspace=cast.b.workspace)
    client = as_user(cast.ada)
    assert "Switch workspace" in client.get(reverse("customers")).content.decode()
    assert post(client, "workspaces", {"workspace": cast.b.workspace.pk}).status_code == 302
    text = client.get(reverse("customers")).content.decode()
    assert "Halden indigo" in text
    assert "saffron" not in text


@pytest.mark.parametrize("choice", ["", "x", "9" * 30, "b"])
def test_nobody_switches_to_a_strangers_workspace(cast: Cast, as_user: Browser, choice: str):
    client = as_user(cast.ada)
    workspace = str(cast.b.workspace.pk) if choice == "b" else choice
    assert post(client, "workspaces", {"workspace": workspace}).status_code == 404
    assert "Switch workspace" not in client.get(reverse("customers")).content.decode()
    assert "Halden saffron" in client.get(reverse("customers")).content.decode()


def test_the_start_page_leads_to_the_chat(cast: Cast, as_user: Browser):
    assert as_user(cast.ada).get("/").headers["Location"] == reverse("chat")


@pytest.mark.parametrize(("who", "words"), [("ada", "Go to Integrations"), ("ben", "Ask an admin to connect Intercom")])
def test_with_nothing_connected_the_start_page_says_what_to_do(cast: Cast, as_user: Browser, who: str, words: str):
    with scopes_disabled():
        Conversation.objects.filter(workspace=cast.a.workspace).delete()
        Connection.objects.filter(workspace=cast.a.workspace).update(setup=Connection.Setup.DISCONNECTED)
    assert words in as_user(getattr(cast, who)).get("/").content.decode()


def test_fill_makes_equal_external_ids(db: None):
    a, b = fill("one", words="x"), fill("two", words="y")
    assert a.conversation.external_id == b.conversation.external_id
    assert a.company.company_id == b.company.company_id
