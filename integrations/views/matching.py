"""The companies of a connection and their customers: the queue, and why a company is not in it."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from integrations.matching import health, rows
from integrations.models import Connection
from integrations.providers import Provider
from integrations.views.page import connection_or_404, short_head
from sonora.core import paging, typed, words
from sonora.customers import explaining, queue
from sonora.customers.models import Customer, MatchingRules
from sonora.customers.queue import Counts, Filter
from sonora.workspaces.access import Request, member

TABS = (
    ("review", "To review"),
    ("unmatched", "Unmatched"),
    ("matched", "Matched"),
    ("conflicts", "Conflicts"),
    ("ignored", "Ignored"),
)


@require_safe
@member
def index(request: Request, provider_name: str) -> HttpResponse:
    """A page of the companies of one tab, of those that `q` finds in it."""
    provider, connection = connection_or_404(request, provider_name)
    asked = request.GET.get("tab", "")
    wanted = Filter(tab=asked if asked in queue.TABS else "review", text=typed.text(request.GET.get("q", "")))
    context = head(request, provider, connection)
    context |= _listed(request, connection, wanted, context["counts"])
    return render(request, "integrations/matching.html", context)


@require_safe
@member
def why(request: Request, provider_name: str) -> HttpResponse:
    """What became of the companies that are called `q`."""
    provider, connection = connection_or_404(request, provider_name)
    text = typed.text(request.GET.get("q", ""))
    answers = explaining.why(connection.pk, text) if text else []
    context = {**head(request, provider, connection), "text": text, "answers": answers}
    return render(request, "integrations/matching_why.html", context)


def head(request: Request, provider: Provider, connection: Connection) -> dict[str, Any]:
    """What all matching pages share."""
    counts = queue.tallies(connection.pk)
    return {
        **short_head(request, provider, connection, tab="matching"),
        "counts": counts,
        "to_review": counts.tabs["review"],
        "rules": rules_of(connection),
    }


def rules_of(connection: Connection) -> MatchingRules:
    """The rules that hold for *connection*, saved or not."""
    found: MatchingRules | None = getattr(connection, "rules", None)
    return found or MatchingRules(workspace_id=connection.workspace_id, connection=connection)


def _listed(request: Request, connection: Connection, wanted: Filter, counts: Counts) -> dict[str, Any]:
    page = queue.page(connection.pk, wanted, after=request.GET.get("after"), before=request.GET.get("before"))
    path = reverse("matching", args=[connection.provider])
    found = (
        queue.found(connection.pk, wanted) if wanted.text else {"all": counts.tabs[wanted.tab], "likely": counts.likely}
    )
    query = urlencode({"tab": wanted.tab, **({"q": wanted.text} if wanted.text else {})})
    return {
        "wanted": wanted,
        "found": found,
        "tabs": [(key, title, counts.tabs[key]) for key, title in TABS],
        "parts": health.parts(counts),
        "rows": rows.of(page.rows, tab=wanted.tab),
        "links": paging.links(page, path=path, query=query, total=words.thousands(found["all"])),
        **({} if page.rows else _empty(counts)),
    }


def _empty(counts: Counts) -> dict[str, Any]:
    """What an empty list says instead of rows."""
    return {
        "matched": counts.tabs["matched"],
        "companies": sum(counts.companies.values()),
        "no_customers": not Customer.objects.exists(),
    }
