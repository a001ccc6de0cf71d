"""The people of the workspace, and one of them."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from sonora.people.models import Person
from sonora.screens import connection
from sonora.screens.people import listing, profile, working
from sonora.workspaces.access import Request, member


@require_GET
@member
def index(request: Request) -> HttpResponse:
    page = listing.page(
        request.GET.get("q", ""),
        work=request.GET.get("work", ""),
        unnamed="unnamed" in request.GET,
        after=request.GET.get("after"),
        before=request.GET.get("before"),
    )
    return render(
        request,
        "people/index.html",
        {"page": page, "works": working.WORDS.items(), "connection": connection.of(request)},
    )


@require_GET
@member
def show(request: Request, pk: int) -> HttpResponse:
    person = get_object_or_404(Person.objects.all().present(), pk=pk)
    return render(request, "people/show.html", {"person": person, "profile": profile.of(person)})
