"""Adding a customer, changing what is known of it, and its ids."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from sonora.customers import editing
from sonora.customers.models import Customer, ExternalId
from sonora.screens.customers import edit_forms, linking
from sonora.screens.customers.edit_forms import CustomerForm, ExternalIdForm
from sonora.workspaces import audit
from sonora.workspaces.access import Request, permitted
from sonora.workspaces.permissions import EDIT_CUSTOMERS


@require_http_methods(["GET", "POST"])
@permitted(EDIT_CUSTOMERS)
def create(request: Request) -> HttpResponse:
    form = CustomerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        customer = editing.create(request.workspace.pk, form.facts(), by=request.user.email)
        linking.look_at_names_again(request.workspace.pk)
        audit.record("customer.created", subject=customer.name, detail={"customer": customer.pk}, request=request)
        messages.success(request, "Customer added.")
        return redirect("customer", pk=customer.pk)
    return render(request, "customers/edit.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@permitted(EDIT_CUSTOMERS)
def edit(request: Request, pk: int) -> HttpResponse:
    customer = get_object_or_404(Customer, pk=pk)
    form = CustomerForm(request.POST or None, initial=edit_forms.of(customer))
    if request.method == "POST" and form.is_valid():
        changes = editing.change(customer, form.facts(), by=request.user.email)
        if changes["after"]:
            detail = {"customer": customer.pk, **changes}
            audit.record("customer.changed", subject=customer.name, detail=detail, request=request)
        if changes["after"].keys() & {"name", "domain"}:
            linking.look_at_names_again(request.workspace.pk)
        messages.success(request, "Saved.")
        return redirect("customer", pk=customer.pk)
    context = {"form": form, "customer": customer}
    return render(request, "customers/edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@permitted(EDIT_CUSTOMERS)
def add_id(request: Request, pk: int) -> HttpResponse:
    """Give the customer one more id; companies that carry it become its own at once."""
    customer = get_object_or_404(Customer, pk=pk)
    form = ExternalIdForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            found = editing.add_id(customer, **form.cleaned_data, by=request.user.email)
        except editing.IdTaken as taken:
            form.add_error("value", str(taken))
        else:
            return _added(request, customer, found)
    context = {"form": form, "customer": customer, "sources": edit_forms.SOURCES}
    return render(request, "customers/add_id.html", context, status=422 if form.errors else 200)


def _added(request: Request, customer: Customer, found: ExternalId) -> HttpResponse:
    linked = linking.link(request.workspace.pk, linking.with_id(found.value))
    detail = {"customer": customer.pk, "source": found.source, "id": found.value, "companies": linked}
    audit.record("customer.id_added", subject=customer.name, detail=detail, request=request)
    messages.success(
        request, f"ID added. {_companies(linked)} now {'belongs' if linked == 1 else 'belong'} to {customer}."
    )
    return redirect("customer", pk=customer.pk)


@require_POST
@permitted(EDIT_CUSTOMERS)
def remove_id(request: Request, pk: int) -> HttpResponse:
    """Take an id away; companies that were matched by it are matched anew."""
    found = get_object_or_404(ExternalId.objects.select_related("customer"), pk=pk)
    customer, companies = found.customer, linking.by_id(found)
    detail = {"customer": customer.pk, "source": found.source, "id": found.value}
    found.delete()
    linked = linking.link(request.workspace.pk, companies) if companies else 0
    detail["companies"] = linked
    audit.record("customer.id_removed", subject=customer.name, detail=detail, request=request)
    messages.success(request, f"ID removed. {_companies(linked)} changed hands.")
    return redirect("customer", pk=customer.pk)


def _companies(number: int) -> str:
    return "1 company" if number == 1 else f"{number} companies"
