"""The customers of the workspace, and one of them."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from sonora.screens import connection, trend
from sonora.screens.chat import suggestions
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
    customer, viewer = get_object_or_404(profile.customers(), pk=pk), connection.viewer(request)
    context = {
        "customer": customer,
        "profile": profile.of(customer, viewer),
        "felt": trend.of_customer(customer.pk, viewer) if connection.feels(request) else None,
        "ask": suggestions.about(customer),
        "synced_at": connection.synced_at(connection.of(request)),
    }
    return render(request, "customers/show.html", context)
