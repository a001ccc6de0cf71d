"""The stakeholder map of a customer, and the graph across customers."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from sonora.customers.models import Customer
from sonora.filters.filterset import FilterSet
from sonora.screens import connection
from sonora.screens.filters.place import BESIDE, Place
from sonora.screens.people import graphing, mapping
from sonora.workspaces.access import Request, member


@require_GET
@member
def of_customer(request: Request, pk: int) -> HttpResponse:
    customer = get_object_or_404(Customer, pk=pk)
    drawn = mapping.of_customer(customer, connection.viewer(request))
    synced_at = connection.synced_at(connection.of(request))
    return render(
        request,
        "people/of_customer.html",
        {"customer": customer, "map": drawn, "synced_at": synced_at, "legend": mapping.LEGEND},
    )


@require_GET
@member
def across(request: Request) -> HttpResponse:
    """The people whom a filter finds, as their list does."""
    graph = graphing.page(
        FilterSet.asked(request.GET, beside=BESIDE),
        connection.viewer(request),
        Place.of(request.GET, path=reverse("people-graph"), listing="people"),
        connection.of(request),
    )
    is_fragment = request.htmx.target == "results" and not request.htmx.history_restore_request
    template = "people/_graph_results.html" if is_fragment else "people/graph.html"
    context = {"graph": graph, "legend": mapping.LEGEND, "synced_at": connection.synced_at(connection.of(request))}
    return render(request, template, context)
