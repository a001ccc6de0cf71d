"""Asking in the browser, and the turn that came of it."""

from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from sonora.chat.models import Turn
from tests.factories.cast import Cast


def post(client: Client, name: str, data: dict[str, Any] | None = None, **kwargs: Any) -> HttpResponse:
    token = str(client.get(reverse("chat")).context["csrf_token"])
    return client.post(
        reverse(name, kwargs=kwargs or None), {"csrfmiddlewaretoken": token, **(data or {})}, follow=True
    )


def ask(client: Client, question: str, **more: Any) -> str:
    response = post(client, "ask", {"question": question, **more})
    assert response.status_code == 200
    return response.content.decode()


def last(cast: Cast) -> Turn:
    with scope(workspace=cast.a.workspace):
        return Turn.objects.select_related("thread").order_by("-pk")[0]


def address(turn: Turn) -> str:
    return reverse("turn", args=[turn.thread_id, turn.pk])
