"""The stakeholder map of a customer."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from sonora.customers.models import Customer
from sonora.screens import connection
from sonora.screens.people import mapping
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
