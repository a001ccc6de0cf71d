"""A message that an answer rests on, beside the answer."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from sonora.chat.models import Thread, Turn
from sonora.filters.filterset import FilterSet
from sonora.screens import connection
from sonora.screens.chat import sources, views
from sonora.workspaces.access import Request, member

LONGEST_NUMBER = 3  # digits of a marker


@require_GET
@member
def show(request: Request, pk: int, turn: int, message: int) -> HttpResponse:
    """The source as a fragment; asked for as a page, the conversation at the message. Gone: its marker is struck."""
    thread = get_object_or_404(Thread.objects.all().open_to(request.membership), pk=pk)
    query = views.read(request, get_object_or_404(Turn.objects.filter(thread=thread), pk=turn)).query
    shown = query.filters if query else FilterSet()
    found = sources.source(message, shown, feels=connection.feels(request))
    if found and not request.htmx:
        return redirect(found.url)
    number = request.GET.get("number", "")[:LONGEST_NUMBER]
    context = {"source": found, "number": int(number) if number.isascii() and number.isdecimal() else None}
    return render(request, "chat/_source.html", context, status=200 if found else 404)
