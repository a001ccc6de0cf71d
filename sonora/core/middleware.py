"""What every answer carries, and how htmx is told to leave for another page."""

from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url

# Beside those that Django's SecurityMiddleware and django-csp write from the settings.
HEADERS = {
    "Cache-Control": "no-store",  # a page holds a customer's words and a nonce; a view may say otherwise
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


class PrivatePages:
    """Keeps pages out of every cache, and turns htmx's redirect to sign-in into one of the whole page.

    htmx follows a redirect unseen and would put the sign-in form into the middle of a page; ``HX-Redirect`` makes the
    browser go there.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        sign_in = resolve_url(settings.LOGIN_URL)
        if request.headers.get("HX-Request") == "true" and _leads_to(response, sign_in):
            response = HttpResponse(status=HTTPStatus.NO_CONTENT, headers={"HX-Redirect": sign_in + _back_to(request)})
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response


def _leads_to(response: HttpResponse, path: str) -> bool:
    location = response.headers.get("Location", "")  # only a redirect has one
    return bool(location) and urlsplit(location).path == path


def _back_to(request: HttpRequest) -> str:
    """The query that brings the person back to the page they were on: the address of a fragment is no page."""
    current = urlsplit(request.headers.get("HX-Current-URL", ""))
    if current.netloc != request.get_host():
        return ""
    return "?" + urlencode({"next": current.path + (f"?{current.query}" if current.query else "")}, safe="/")
