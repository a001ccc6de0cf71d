"""Settings → Integrations: a card for each provider."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from integrations.models import Connection
from integrations.providers import Provider, all_providers
from integrations.views.page import connection_of, head
from sonora.customers import match_health
from sonora.workspaces.access import Request, member


@require_safe
@member
def index(request: Request) -> HttpResponse:
    """Every integration, those that need somebody first."""
    cards = [_card(request, provider) for provider in all_providers().values()]
    groups = [
        ("Needs attention", [card for card in cards if card["group"] == "attention"]),
        ("Connected", [card for card in cards if card["group"] == "connected"]),
        ("Available", [card for card in cards if card["group"] == "available"]),
    ]
    return render(request, "integrations/catalogue.html", {"groups": [group for group in groups if group[1]]})


def _card(request: Request, provider: Provider) -> dict[str, Any]:
    connection = connection_of(request, provider)
    if connection is None:
        return {"provider": provider, "group": "available"}
    context = head(provider, connection, tab="")
    if context["status"].needs_a_person:
        group = "attention"
    else:
        group = "available" if connection.setup == Connection.Setup.DISCONNECTED else "connected"
    return {**context, "group": group, "health": match_health.of(connection.pk)}
