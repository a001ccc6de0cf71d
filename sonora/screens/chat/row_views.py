"""The whole list behind a figure of an answer that counts customers, people or requests."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from sonora.chat.answers import figures, sentences
from sonora.chat.answers.talks import TooCommon
from sonora.chat.query import Query
from sonora.core import paging, words
from sonora.filters.chips import chips
from sonora.filters.viewer import Viewer
from sonora.screens import connection
from sonora.screens.chat import addresses, page, things
from sonora.workspaces.access import Request, member


@require_GET
@member
def index(request: Request) -> HttpResponse:
    query, viewer = Query.from_query(request.GET), connection.viewer(request)
    if query.metric not in things.ORDER:
        return redirect(addresses.of(query))
    path = reverse("chat-rows")
    context = {"metric": query.metric.value, "chips": chips(query.filters, path=path, kept=page.shape(query))}
    try:
        return render(request, "chat/rows.html", context | _rows(request, query, viewer, path=path))
    except TooCommon as found:
        talks = Query(filters=found.filters)
        context |= {"problem": sentences.too_common(query), "talks_url": addresses.of(talks)}
        return render(request, "chat/rows.html", context)


def _rows(request: Request, query: Query, viewer: Viewer, *, path: str) -> dict[str, Any]:
    after, before = request.GET.get("after"), request.GET.get("before")
    rows, shown = things.page(query, viewer, after=after, before=before)
    number = figures.count(query, viewer)
    links = paging.links(shown, path=path, query=urlencode(query.pairs), total=words.thousands(number))
    return {"rows": rows, "number": number, "links": links}
