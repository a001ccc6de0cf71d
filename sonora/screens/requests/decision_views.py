"""Deciding about requests and their quotes, and taking it back."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from integrations.views.page import back
from sonora.core import typed
from sonora.filters.filterset import FilterSet
from sonora.insights import deciding
from sonora.insights.models import Evidence, FeatureRequest, Likeness, RequestDecision
from sonora.screens import connection
from sonora.screens.requests import acts, listing
from sonora.screens.requests.at_once import one_after_another
from sonora.screens.requests.wanted import Wanted, number
from sonora.workspaces.access import Request, permitted
from sonora.workspaces.permissions import EDIT_REQUESTS

MOST_QUOTES = 1_000  # in one decision
CHOICES = 20


@require_POST
@permitted(EDIT_REQUESTS)
@one_after_another
def create(request: Request) -> HttpResponse:
    """Carry out the decision that the form names."""
    asked = _asked(request)
    try:
        result = acts.decide(asked, by=request.user.email, request=request)
    except acts.Unknown:
        return HttpResponseBadRequest("There is no such decision.")
    except deciding.Refused as refused:
        messages.warning(request, str(refused))
    else:
        undo_url = reverse("undo-request-decision", args=[result.decision.pk]) if result.decision else ""
        messages.success(request, result.said, extra_tags=undo_url)
    return back(request, reverse("feature-requests"))


@require_POST
@permitted(EDIT_REQUESTS)
@one_after_another
def undo(request: Request, pk: int) -> HttpResponse:
    """Put back what a decision changed; what cannot be put back is told."""
    said, is_whole = acts.undo(get_object_or_404(RequestDecision, pk=pk), by=request.user.email, request=request)
    (messages.success if is_whole else messages.warning)(request, said)
    return back(request, reverse("feature-requests"))


@require_POST
@permitted(EDIT_REQUESTS)
def refuse(request: Request, pk: int) -> HttpResponse:
    """Two requests that look alike are not the same."""
    pair = get_object_or_404(Likeness, pk=pk)
    undo_url = reverse("suggest-likeness", args=[pair.pk])
    messages.success(request, acts.refuse(pair.pk, by=request.user.email, request=request), extra_tags=undo_url)
    return back(request, reverse("similar-feature-requests"))


@require_POST
@permitted(EDIT_REQUESTS)
def suggest(request: Request, pk: int) -> HttpResponse:
    """Two requests that were kept apart may be the same after all."""
    pair = get_object_or_404(Likeness, pk=pk)
    messages.success(request, acts.suggest(pair.pk, request=request))
    return back(request, reverse("similar-feature-requests"))


@require_http_methods(["GET", "POST"])
@permitted(EDIT_REQUESTS)
def choose(request: Request, pk: int) -> HttpResponse:
    """Where to merge a request into; with `quote`, where to move these quotes of it. Changes nothing."""
    listing.tabs(request.workspace.pk)
    one = get_object_or_404(FeatureRequest, pk=pk, merged_into__isnull=True)
    chosen = _quotes([*request.GET.getlist("quote"), *request.POST.getlist("quote")])
    quotes = list(Evidence.objects.filter(request=one, pk__in=chosen).defer("vector"))
    text = typed.text(request.GET.get("q", ""))
    found = Wanted(shown=FilterSet(text=text)).requests(connection.viewer(request)).exclude(pk=pk).defer("vector")
    choices = list(found.order_by("-customers", "-people", "-mentions", "-pk")[:CHOICES])
    context = {"one": one, "quotes": quotes, "text": text, "choices": choices}
    return render(request, "requests/choose.html", context)


def _asked(request: Request) -> acts.Asked:
    form = request.POST
    return acts.Asked(
        act=form.get("act", ""),
        request=_request(form.get("request", "")),
        other=_request(form.get("other", "")),
        quotes=_quotes(form.getlist("quote")),
        title=typed.text(form.get("title", "")),
        status=form.get("status", ""),
    )


def _request(text: str) -> FeatureRequest | None:
    """The request that a form names, None when it names none; a stranger's is not found."""
    return get_object_or_404(FeatureRequest, pk=number(text) or 0) if text else None


def _quotes(texts: list[str]) -> list[int]:
    return [pk for pk in map(number, texts[:MOST_QUOTES]) if pk is not None]
