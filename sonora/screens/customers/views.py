"""The customers of the workspace, and one of them."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from sonora.customers.models import Customer
from sonora.filters.filterset import FilterSet
from sonora.screens import connection, trend
from sonora.screens.chat import suggestions
from sonora.screens.customers import companies, listing, profile
from sonora.workspaces.access import Request, member
from sonora.workspaces.permissions import MANAGE_INTEGRATIONS, allows


@require_GET
@member
def index(request: Request) -> HttpResponse:
    page = listing.page(
        listing.Asked.of(request.GET),
        after=request.GET.get("after"),
        before=request.GET.get("before"),
        until=trend.until(connection.viewer(request)),
    )
    return render(request, "customers/index.html", {"page": page, "companies": companies.WORDS.items()})


@require_GET
@member
def show(request: Request, pk: int) -> HttpResponse:
    customer, viewer = get_object_or_404(profile.customers(), pk=pk), connection.viewer(request)
    context = {
        "customer": customer,
        "profile": profile.of(customer, viewer),
        "felt": trend.of_customer(customer.pk, viewer) if connection.feels(request) else None,
        "ask": suggestions.ABOUT,
        "synced_at": connection.synced_at(connection.of(request)),
        "decide_url": _decide_url(request),
    }
    return render(request, "customers/show.html", context)


@require_GET
@member
def show_list(_: Request, pk: int, of: str) -> HttpResponse:
    """Lead from a customer to its rows in the list *of* all."""
    get_object_or_404(Customer, pk=pk)
    return redirect(f"{reverse(of)}?{FilterSet(customers=frozenset({pk})).query}")


@require_GET
@member
def show_identifiers(_: Request, pk: int) -> HttpResponse:
    """Lead to where the page of a customer lists them."""
    get_object_or_404(Customer, pk=pk)
    return redirect(f"{reverse('customer', args=[pk])}#identifiers")


def _decide_url(request: Request) -> str:
    """Where it is said that a company is not this customer; empty for whoever may not."""
    linked = connection.of(request)
    may = linked is not None and allows(request.membership.role, MANAGE_INTEGRATIONS)
    return reverse("matching-decisions", args=[linked.provider]) if linked and may else ""
