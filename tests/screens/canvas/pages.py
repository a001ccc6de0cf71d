"""Looking at canvases and pressing their buttons."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from typing import Any

from django.db import OperationalError, connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from sonora.canvas.kinds import Kind
from sonora.canvas.models import Block, Canvas
from sonora.chat.query import Query
from sonora.filters.filterset import FilterSet
from tests.factories.canvas import BlockFactory
from tests.factories.cast import Cast

FRAGMENT = {"HX-Request": "true"}


def post(client: Client, name: str, data: dict[str, Any] | None = None, args: Any = ()) -> HttpResponse:
    token = str(client.get(reverse("canvases")).context["csrf_token"])
    return client.post(reverse(name, args=args), {"csrfmiddlewaretoken": token, **(data or {})}, follow=True)


def words(response: HttpResponse) -> str:
    """The text of a page, as somebody reads it."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def fragment(client: Client, block: Block) -> HttpResponse:
    return client.get(reverse("block", args=[block.canvas_id, block.pk]), headers=FRAGMENT)


def block_of(cast: Cast, query: Query, kind: Kind, **more: Any) -> Block:
    with scope(workspace=cast.a.workspace):
        return BlockFactory(canvas=cast.a.block.canvas, query=query.as_json(), kind=kind, **more)


def blocks(cast: Cast) -> list[Block]:
    with scope(workspace=cast.a.workspace):
        return list(Block.objects.select_related("canvas").order_by("canvas", "place", "pk"))


def narrow(cast: Cast, filters: FilterSet) -> None:
    with scope(workspace=cast.a.workspace):
        Canvas.objects.filter(pk=cast.a.block.canvas_id).update(filters=filters.as_json())


@contextmanager
def failing() -> Iterator[None]:
    """The database gives up on every question about conversations."""

    def give_up(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if '"conversations_conversation"' in sql:
            raise OperationalError("canceling statement due to statement timeout")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(give_up):
        yield
