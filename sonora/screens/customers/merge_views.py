"""Merging two customers: choose the other one, look at what moves, confirm; and undo."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from sonora.conversations import effects, following
from sonora.core import typed
from sonora.customers.decisions import Refused
from sonora.customers.models import Customer, ExternalId, Match, Merge
from sonora.customers.searching import found_by
from sonora.workspaces import audit
from sonora.workspaces.access import Request, permitted
from sonora.workspaces.permissions import EDIT_CUSTOMERS

SHOWN = 20  # customers to choose from


@require_http_methods(["GET", "POST"])
@permitted(EDIT_CUSTOMERS)
def create(request: Request, pk: int) -> HttpResponse:
    """Merge the customer named by `other` into this one. Without it, choose; a GET with it shows what would move."""
    customer = get_object_or_404(Customer, pk=pk)
    other = _other(request, customer)
    if request.method == "POST" and other is not None:
        return _merge(request, customer, other)
    context: dict[str, Any] = {"customer": customer, "other": other, "text": typed.text(request.GET.get("q", ""))}
    if other is None:
        context["choices"] = _choices(customer, context["text"])
    else:
        context["moves"] = _moves(other)
    return render(request, "customers/merge.html", context)


@require_POST
@permitted(EDIT_CUSTOMERS)
def undo(request: Request, pk: int) -> HttpResponse:
    """Make two customers again of one."""
    merge = get_object_or_404(Merge, pk=pk)
    try:
        merge = following.split(request.workspace.pk, merge.pk, by=request.user.email)
    except Refused as refused:
        messages.warning(request, str(refused))
    else:
        detail = {"customer": merge.kept_id, "again": merge.gone["id"]}
        audit.record("customer.split", subject=merge.name, detail=detail, request=request)
        messages.success(request, f"{merge.name} is a customer of its own again.")
    return redirect("customer", pk=merge.kept_id)


def _other(request: Request, customer: Customer) -> Customer | None:
    asked = typed.key(request.POST.get("other") or request.GET.get("other", ""))
    return Customer.objects.filter(pk=asked or 0).exclude(pk=customer.pk).first()


def _choices(customer: Customer, text: str) -> list[Customer]:
    """With *text* the customers that are found by it, else those whose name begins alike."""
    begins = customer.name.split()[0] if customer.name.split() else ""
    found = found_by(text) if text else Customer.objects.filter(name__istartswith=begins)
    return list(found.exclude(pk=customer.pk).order_by("name", "pk")[:SHOWN])


def _moves(other: Customer) -> dict[str, Any]:
    companies = list(Match.objects.linking().filter(customer=other).values_list("company_id", flat=True))
    return {
        "ids": list(ExternalId.objects.filter(customer=other).order_by("source", "value")),
        "companies": len(companies),
        "effect": effects.total(companies),
    }


def _merge(request: Request, customer: Customer, other: Customer) -> HttpResponse:
    try:
        merge = following.merge(request.workspace.pk, customer.pk, other.pk, by=request.user.email)
    except Refused as refused:
        messages.warning(request, str(refused))
        return redirect("merge-customer", pk=customer.pk)
    detail = {"customer": customer.pk, "merged": other.name, "companies": len(merge.matches)}
    audit.record("customer.merged", subject=customer.name, detail=detail, request=request)
    messages.success(request, f"{merge.name} is part of {customer} now. You can undo it below.")
    return redirect("customer", pk=customer.pk)
