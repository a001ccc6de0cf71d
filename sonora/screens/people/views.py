"""The people of the workspace, and one of them."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from sonora.filters.filterset import FilterSet
from sonora.people.identities import survivors
from sonora.people.models import Level, Person
from sonora.screens import connection
from sonora.screens.filters.place import BESIDE, Place
from sonora.screens.people import head, identities, listing, profile, timeline, working
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
    context = {
        "page": page,
        "works": working.WORDS.items(),
        "connection": connection.of(request),
        "feels": connection.feels(request),
        "is_fragment": is_fragment,
    }
    return render(request, template, context)


@require_GET
@member
def show(request: Request, pk: int) -> HttpResponse:
    """The page of a person; whoever was merged into another leads there."""
    person = _lasting(pk)
    if person.pk != pk:
        return redirect("person", pk=person.pk)
    shown = profile.of(person, connection.viewer(request))
    context = {
        "person": person,
        "head": shown.head,
        "profile": shown,
        "felt": shown.felt if connection.feels(request) else None,
        "synced_at": connection.synced_at(connection.of(request)),
        "levels": Level.choices,
        "tab": "overview",
    }
    return render(request, "people/show.html", context)


@require_GET
@member
def show_timeline(request: Request, pk: int) -> HttpResponse:
    """What happened with a person; `kind` of the address narrows it."""
    person = _lasting(pk)
    if person.pk != pk:
        return redirect("person-timeline", pk=person.pk)
    shown = timeline.of(person, kind=request.GET.get("kind", ""))
    context = {
        "person": person,
        "head": head.of(person),
        "timeline": shown,
        "kinds": timeline.KINDS.items(),
        "tab": "timeline",
    }
    return render(request, "people/timeline.html", context)


@require_GET
@member
def show_identities(request: Request, pk: int) -> HttpResponse:
    """Which contacts a person is."""
    person = _lasting(pk)
    if person.pk != pk:
        return redirect("person-identities", pk=person.pk)
    context = {
        "person": person,
        "head": head.of(person),
        "identities": identities.of(person),
        "tab": "identities",
    }
    return render(request, "people/identities.html", context)


def _lasting(pk: int) -> Person:
    """The person that *pk* is now. Raises Http404 for whoever is gone."""
    present = Person.objects.all().present().with_choices()
    found = present.filter(pk=pk).first()
    return found or get_object_or_404(present, pk=survivors([pk])[pk])
