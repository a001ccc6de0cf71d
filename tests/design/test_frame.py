"""The frame around each page, and the compositions that show every component."""

import re
from types import SimpleNamespace
from typing import Any

import pytest
from django.http import Http404, HttpRequest
from django.template.loader import render_to_string
from django.test import RequestFactory, override_settings

from sonora.core import design
from sonora.core.navigation import Place


def signed_in(path: str = "/", theme: str = "system") -> HttpRequest:
    request = RequestFactory().get(path)
    request.user = SimpleNamespace(is_authenticated=True, email="sam@northwind.example", theme=theme)
    return request


@pytest.fixture(autouse=True)
def _only_the_addresses_of_the_frame(settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.design.urls"


def page(path: str = "/", theme: str = "system", **context: object) -> str:
    return render_to_string("base.html", context, request=signed_in(path, theme))


@pytest.mark.parametrize(
    ("theme", "expected"),
    [("system", '<html lang="en">'), ("light", 'data-theme="light"'), ("dark", 'data-theme="dark"')],
)
def test_the_chosen_theme_is_written_by_the_server(theme: str, expected: str):
    assert expected in page(theme=theme)


def test_a_theme_that_is_none_of_ours_is_left_to_the_system():
    assert "data-theme" not in page(theme='"><script>')


@pytest.mark.parametrize(
    ("path", "word"),
    [
        ("/customers", "Customers"),
        ("/customers/7/people", "Customers"),
        ("/people", "People"),
        ("/settings/users", "Settings"),
    ],
)
def test_the_navigation_marks_where_the_visitor_is(path: str, word: str):
    current = re.findall(r'<a class="nav-item"[^>]*aria-current="page">.*?</svg>(\w+)', page(path), flags=re.DOTALL)
    assert current == [word]


def test_a_place_does_not_hold_an_address_that_only_begins_alike():
    assert not Place(word="People", icon="people", url="/people").holds("/people-search")


def test_settings_carries_the_number_of_connections_in_error():
    assert 'class="badge"' not in page()
    assert '<span class="badge">2' in page(nav_errors=2)


def test_a_page_has_a_skip_link_one_main_and_one_h1():
    text = page()
    assert '<a class="skip" href="#main">' in text
    assert text.count("<main") == text.count("<h1>") == text.count('id="main"') == 1


def test_the_csrf_token_travels_with_every_htmx_request():
    assert re.search(r"hx-headers='{\"X-CSRFToken\": \"\w{32,}\"}'", page())


def test_the_visitor_can_choose_a_theme_and_sign_out():
    text = page(theme="dark")
    assert 'action="/theme"' in text
    assert re.findall(r'name="theme" value="(\w+)" aria-pressed="true"', text) == ["dark"]
    assert 'action="/sign-out"' in text
    assert text.count("csrfmiddlewaretoken") == 2


def test_a_banner_says_the_worst_problem():
    text = page(banner={"meaning": "error", "text": "Intercom <stopped>.", "url": "/x", "action": "Reconnect"})
    assert '<div class="banner banner-error" role="status">' in text
    assert "Intercom &lt;stopped&gt;." in text


def test_a_message_becomes_a_toast_and_a_problem_stays():
    messages = [SimpleNamespace(level_tag="error"), SimpleNamespace(level_tag="success")]
    text = render_to_string("_toasts.html", {"messages": messages, "oob": True})
    assert re.findall(r'class="toast ([\w-]+)"( data-stays)?', text) == [
        ("toast-error", " data-stays"),
        ("toast-ok", ""),
    ]
    assert 'hx-swap-oob="true"' in text


@pytest.mark.parametrize("code", ["400", "403", "404", "403_csrf", "500"])
def test_an_error_page_renders_for_a_visitor_and_without_any_context(code: str):
    text = render_to_string(f"{code}.html")
    assert text.count("<h1>") == 1
    assert "· Sonora</title>" in text


def test_an_error_page_keeps_the_frame_for_who_is_signed_in():
    assert 'class="sidenav"' in render_to_string("404.html", request=signed_in())
    assert 'class="sidenav"' not in render_to_string("404.html")


@pytest.mark.parametrize("name", design.PAGES)
@override_settings(DEBUG=True)
def test_a_composition_renders_with_one_h1_and_ids_that_are_used_once(name: str):
    text = design.gallery(signed_in(f"/design/{name}"), name).content.decode()
    assert text.count("<h1") == 1
    ids = re.findall(r'\sid="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    for attribute in ("aria-labelledby", "aria-describedby", "data-reveal", "data-fill", "data-dialog"):
        assert set(re.findall(rf'{attribute}="([^"]+)"', text)) <= set(ids)


def test_compositions_are_not_served_outside_development():
    with pytest.raises(Http404):
        design.gallery(signed_in("/design"))
