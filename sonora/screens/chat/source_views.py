"""A message that an answer or a block rests on, beside it."""

import re

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from sonora.filters.filterset import FilterSet
from sonora.screens import connection
from sonora.screens.chat import sources
from sonora.workspaces.access import Request, member

MARKER = re.compile(r"(?:[a-z0-9]{1,20}-)?([0-9]{1,3})")  # `Marker.key`


@require_GET
@member
def show(request: Request, pk: int) -> HttpResponse:
    """The message *pk*, cited for the filter of the address, as a fragment; as a page, the conversation at the message.

    One that is gone strikes its *marker*.
    """
    found = sources.source(pk, FilterSet.from_query(request.GET), feels=connection.feels(request))
    if found and not request.htmx:
        return redirect(found.url)
    marker = MARKER.fullmatch(request.GET.get("marker", ""))
    named = {"marker": marker[0], "number": int(marker[1])} if marker else {}
    return render(request, "chat/_source.html", {"source": found, **named}, status=200 if found else 404)
