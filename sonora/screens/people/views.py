"""The people of the workspace, and one of them."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from sonora.filters.filterset import FilterSet
from sonora.people.models import Person
from sonora.screens import connection, trend
from sonora.screens.filters.place import BESIDE, Place
from sonora.screens.people import listing, profile, working
from sonora.workspaces.access import Request, member


@require_GET
@member
def index(request: Request) -> HttpResponse:
    beside = listing.Beside.of(request.GET)
    page = listing.page(
        FilterSet.asked(request.GET, beside=BESIDE | {"work", "unnamed"}),
        beside,
        connection.viewer(request),
        Place.of(request.GET, path=reverse("people"), listing="people", kept=beside.pairs),
        connection.of(request),
        after=request.GET.get("after"),
        before=request.GET.get("before"),
    )
    is_fragment = request.htmx.target == "results" and not request.htmx.history_restore_request
    template = "people/_results.html" if is_fragment else "people/index.html"
    context = {"page": page, "works": working.WORDS.items(), "connection": connection.of(request)}
    return render(request, template, context | {"is_fragment": is_fragment})


@require_GET
@member
def show(request: Request, pk: int) -> HttpResponse:
    person = get_object_or_404(Person.objects.all().present(), pk=pk)
    felt = trend.of_person(person.pk, connection.viewer(request)) if connection.feels(request) else None
    return render(request, "people/show.html", {"person": person, "profile": profile.of(person), "felt": felt})
