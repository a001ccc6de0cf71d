"""Deciding about one company: from the queue, or from its own page with every customer to choose from."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from integrations.matching import acts, rows
from integrations.models import Connection
from integrations.views.matching import rules_of
from integrations.views.page import back, connection_or_404, short_head
from sonora.conversations import effects
from sonora.core import typed
from sonora.customers import choosing, decisions
from sonora.customers.matching.names import Candidate
from sonora.customers.models import Company, Match
from sonora.customers.searching import found_by
from sonora.workspaces.access import Request, member, permitted
from sonora.workspaces.permissions import MANAGE_INTEGRATIONS

SHOWN = 20  # customers to choose from


@require_safe
@member
def show(request: Request, provider_name: str, pk: int) -> HttpResponse:
    """One company: what is known of it, the customers that it may be, and with `q` those that are found by it."""
    provider, connection = connection_or_404(request, provider_name)
    match = _match_or_404(connection, pk)
    text = typed.text(request.GET.get("q", ""))
    rules = rules_of(connection)
    context = {
        **short_head(request, provider, connection, tab="matching"),
        "rules": rules,
        "row": rows.bare(match),
        "match": match,
        "company": match.company,
        "effect": effects.of([pk])[pk],
        "candidates": _shown(choosing.candidates(match.company, rules)[:SHOWN]),
        "text": text,
        "choices": list(found_by(text).order_by("name", "pk")[:SHOWN]) if text else [],
    }
    return render(request, "integrations/matching_company.html", context)


@require_POST
@permitted(MANAGE_INTEGRATIONS)
def create(request: Request, provider_name: str) -> HttpResponse:
    """Decide about the company that the form names; two who decide at once are told."""
    provider, connection = connection_or_404(request, provider_name)
    asked = _asked(request, connection)
    try:
        result = acts.decide(asked, by=request.user.email, request=request)
    except acts.Unknown:
        return HttpResponseBadRequest("There is no such decision.")
    except decisions.Refused as refused:
        messages.warning(request, str(refused))
    else:
        undo = reverse("undo-decision", args=[provider.name, result.decision]) if result.decision else ""
        messages.success(request, result.said, extra_tags=undo)
    return back(request, reverse("matching", args=[provider.name]))


def _asked(request: Request, connection: Connection) -> acts.Asked:
    company = typed.key(request.POST.get("company", ""))
    return acts.Asked(
        act=request.POST.get("act", ""),
        company=get_object_or_404(Company, connection=connection, pk=company or 0),
        customer=typed.key(request.POST.get("customer", "")),
        seen=request.POST.get("seen", ""),
        reason=typed.text(request.POST.get("reason", "")),
    )


def _match_or_404(connection: Connection, pk: int) -> Match:
    related = ("company", "customer", "external_id")
    match = Match.objects.filter(company__connection=connection, company=pk).select_related(*related).first()
    if match is None:
        raise Http404
    return match


def _shown(candidates: list[tuple[str, Candidate]]) -> list[dict[str, Any]]:
    return [
        {
            "customer": {"pk": one.customer, "name": name},
            "score": one.score,
            "word": rows.sure(one.score),
            "reasons": [rows.reason(text) for text in one.reasons],
        }
        for name, one in candidates
    ]
