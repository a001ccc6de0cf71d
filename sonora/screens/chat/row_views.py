"""The whole list behind a figure of an answer that counts customers, people or requests."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from sonora.chat.answers import figures
from sonora.chat.query import Query
from sonora.core import paging, words
from sonora.filters.chips import chips
from sonora.screens import connection
from sonora.screens.chat import addresses, page, things
from sonora.workspaces.access import Request, member


@require_GET
@member
def index(request: Request) -> HttpResponse:
    query, viewer = Query.from_query(request.GET), connection.viewer(request)
    if query.metric not in things.ORDER:
        return redirect(addresses.of(query))
    after, before = request.GET.get("after"), request.GET.get("before")
    rows, shown = things.page(query, viewer, after=after, before=before)
    path, number = reverse("chat-rows"), figures.count(query, viewer)
    context = {
        "metric": query.metric.value,
        "rows": rows,
        "number": number,
        "links": paging.links(shown, path=path, query=urlencode(query.pairs), total=words.thousands(number)),
        "chips": chips(query.filters, path=path, kept=page.shape(query)),
    }
    return render(request, "chat/rows.html", context)
