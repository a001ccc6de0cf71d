"""The stakeholder map of a customer, and the graph across customers."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from sonora.customers.models import Customer
from sonora.filters.filterset import FilterSet
from sonora.people.models import Person
from sonora.screens import connection
from sonora.screens.filters.place import BESIDE, Place
from sonora.screens.people import card, graphing, mapping
from sonora.workspaces.access import Request, member


@require_GET
@member
def of_customer(request: Request, pk: int) -> HttpResponse:
    """The map; `who` of the address names the person whose card stands beside it, which htmx asks for alone."""
    customer, viewer = get_object_or_404(Customer, pk=pk), connection.viewer(request)
    feels = connection.feels(request)
    shown = card.of(request.GET, mapping.people_of(customer), viewer, feels=feels)
    if request.htmx.target == card.ID:
        return _card(request, shown)
    drawn, numbers = mapping.of_customer(customer, viewer, feels=feels)
    context = {"customer": customer, "map": drawn, "numbers": numbers, "card": shown}
    return render(request, "people/of_customer.html", context | _beside(request))


@require_GET
@member
def across(request: Request) -> HttpResponse:
    """The people whom a filter finds, as their list does; `who` as on the map of a customer."""
    viewer, feels = connection.viewer(request), connection.feels(request)
    shown = card.of(request.GET, Person.objects.all().present(), viewer, feels=feels)
    if request.htmx.target == card.ID:
        return _card(request, shown)
    graph = graphing.page(
        FilterSet.asked(request.GET, beside=BESIDE | {card.WHO}),
        viewer,
        Place.of(request.GET, path=reverse("people-graph"), listing="people"),
        connection.of(request),
        name=request.workspace.name,
    )
    is_fragment = request.htmx.target == "results" and not request.htmx.history_restore_request
    template = "people/_graph_results.html" if is_fragment else "people/graph.html"
    context = {"graph": graph, "is_fragment": is_fragment, "card": shown}
    return render(request, template, context | _beside(request))


def _beside(request: Request) -> dict[str, Any]:
    """What stands beside a map."""
    return {
        "legend": mapping.LEGEND,
        "connection": connection.of(request),
        "synced_at": connection.synced_at(connection.of(request)),
        "who_url": card.opener(request.GET),
        "closed_url": card.closed(request.GET),
    }


def _card(request: Request, shown: card.Card | None) -> HttpResponse:
    return render(request, "people/_card.html", {"card": shown, "closed_url": card.closed(request.GET)})
