from typing import Any

import pytest
from django.http import HttpResponse, HttpResponseRedirect
from django.test import RequestFactory

from sonora.core.middleware import PrivatePages

HTMX = {"HX-Request": "true", "HX-Current-URL": "http://testserver/customers/?tag=3&tag=4"}


@pytest.fixture(autouse=True)
def sign_in(settings: Any) -> None:
    settings.LOGIN_URL = "sign-in"
    settings.ROOT_URLCONF = "tests.core.pages"


def answer(response: HttpResponse, **headers: str) -> HttpResponse:
    return PrivatePages(lambda _: response)(RequestFactory().get("/fragment/", headers=headers))


def test_a_page_is_kept_out_of_every_cache_unless_its_view_says_otherwise():
    assert answer(HttpResponse("x"))["Cache-Control"] == "no-store"
    public = HttpResponse("x", headers={"Cache-Control": "public, max-age=60"})
    assert answer(public)["Cache-Control"] == "public, max-age=60"


def test_every_answer_says_that_it_is_for_this_site_alone():
    assert answer(HttpResponse("x"))["Cross-Origin-Resource-Policy"] == "same-origin"


def test_htmx_that_must_sign_in_leaves_the_page_and_comes_back_to_it():
    left = answer(HttpResponseRedirect("/sign-in/" + "?next=/fragment/"), **HTMX)
    assert left.status_code == 204
    assert left["HX-Redirect"] == "/sign-in/?next=/customers/%3Ftag%3D3%26tag%3D4"
    assert "Location" not in left.headers
    assert left["Cache-Control"] == "no-store"


@pytest.mark.parametrize("current", ["https://evil.example/customers/", "", "//evil.example/", "javascript:alert(1)"])
def test_a_foreign_page_is_no_place_to_come_back_to(current: str):
    left = answer(HttpResponseRedirect("/sign-in/?next=/x/"), **{**HTMX, "HX-Current-URL": current})
    assert left["HX-Redirect"] == "/sign-in/"


def test_other_redirects_and_other_requests_stay_as_they_are():
    assert answer(HttpResponseRedirect("/customers/"), **HTMX).status_code == 302
    assert answer(HttpResponseRedirect("/sign-in/?next=/x/")).status_code == 302
    assert answer(HttpResponse("x"), **HTMX).status_code == 200
