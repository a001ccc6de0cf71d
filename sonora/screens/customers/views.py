"""The customers of the workspace, and one of them."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from sonora.customers.models import Customer
from sonora.screens import connection, trend
from sonora.screens.customers import listing, profile
from sonora.workspaces.access import Request, member


@require_GET
@member
def index(request: Request) -> HttpResponse:
    page = listing.page(
        request.GET.get("q", ""),
        after=request.GET.get("after"),
        before=request.GET.get("before"),
        until=trend.until(connection.viewer(request)),
    )
    return render(request, "customers/index.html", {"page": page})


@require_GET
@member
def show(request: Request, pk: int) -> HttpResponse:
    customer = get_object_or_404(Customer, pk=pk)
    felt = trend.of_customer(customer.pk, connection.viewer(request)) if connection.feels(request) else None
    context = {"customer": customer, "profile": profile.of(customer), "felt": felt}
    return render(request, "customers/show.html", context)
