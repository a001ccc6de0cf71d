"""The values that a picker offers, counted when it opens and searched while somebody types."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from sonora.core import typed
from sonora.filters.filterset import FilterSet
from sonora.filters.parts import BY_KEY, SPANS, TAGGED
from sonora.screens import connection
from sonora.screens.filters import options as offered
from sonora.screens.filters.place import OFFERED
from sonora.workspaces.access import Request, member


@require_GET
@member
def options(request: Request) -> HttpResponse:
    listing, part = request.GET.get("listing", "conversations"), request.GET.get("part", "tags.any")
    if listing not in OFFERED or part not in BY_KEY or part in {"text", *SPANS} or "untagged" in part:
        raise Http404
    asked = offered.Asked(
        shown=FilterSet.from_query(request.GET),
        part=part,
        viewer=connection.viewer(request),
        find=typed.text(request.GET.get("find", "")),
    )
    name = TAGGED[part.partition(".")[0]][0] if "." in part else BY_KEY[part].name
    context = {"options": offered.counted(asked, listing=listing), "name": name}
    return render(request, "filters/_options.html", context)
