"""Connect: the wizard, and the check that stores nothing."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from integrations import connections, live, throttle
from integrations.checks import CheckResult
from integrations.forms import DEFAULTS, AccessForm, ConnectForm
from integrations.lookback import Lookback
from integrations.models import Connection
from integrations.providers import Provider
from integrations.refusals import AlreadyConnected, Refused
from integrations.views.page import provider_or_404
from sonora.core import clock
from sonora.customers.models import ExternalId
from sonora.workspaces.access import Request, permitted
from sonora.workspaces.permissions import MANAGE_INTEGRATIONS

TOO_MANY_CHECKS = "That were many checks in a short time. Check again in ten minutes."


@sensitive_post_parameters("token")
@require_http_methods(["GET", "HEAD", "POST"])
@permitted(MANAGE_INTEGRATIONS)
def wizard(request: Request, provider_name: str) -> HttpResponse:
    """The form, and Save: checks once more, stores, and goes to the card."""
    provider = provider_or_404(provider_name)
    connection = connections.of(request.workspace, provider.name)
    if _stands(connection) and not _reconnects(request):
        messages.info(request, f"{provider.title} is already connected.")
        return redirect("integration", provider.name)
    form = _form(request, provider, connection)
    if request.method == "POST" and form.is_valid():
        answer = _save(request, provider, connection, form)
        if answer is not None:
            return answer
    return _wizard_page(request, provider, connection, form)


@sensitive_post_parameters("token")
@require_POST
@permitted(MANAGE_INTEGRATIONS)
def check(request: Request, provider_name: str) -> HttpResponse:
    """Ask the provider what the typed token opens; with `elsewhere`, at its other addresses. Stores nothing.

    Answers a fragment, or the page without htmx.
    """
    provider = provider_or_404(provider_name)
    connection = connections.of(request.workspace, provider.name)
    typed = AccessForm(request.POST, provider=provider)
    wanted = Lookback.of(request.POST)
    result, refused = None, ""
    if typed.is_valid():
        result, refused = _check(request, provider, typed, wanted)
    closed = wanted.brings_in(result) if wanted and result else ""
    if request.htmx:
        shown = _check_context(provider, connection, result, typed)
        return render(
            request, "integrations/_checked.html", {**shown, "refused": refused, "closed": closed, "oob": True}
        )
    form = _form(request, provider, connection)
    form.errors  # noqa: B018 - what is wrong with the other fields is for Save to say
    form.add_error(None, refused) if refused else None
    return _wizard_page(request, provider, connection, form, result, closed=closed)


@require_safe
@permitted(MANAGE_INTEGRATIONS)
def stale_check(request: Request, provider_name: str) -> HttpResponse:
    """What stands in place of a result once the token or the address was changed."""
    provider_or_404(provider_name)
    return render(request, "integrations/_check_stale.html", {"connection": _reconnects(request), "oob": True})


@sensitive_variables("typed")
def _check(
    request: Request, provider: Provider, typed: AccessForm, wanted: Lookback | None
) -> tuple[CheckResult | None, str]:
    if not throttle.checks_left(request.user.pk):
        return None, TOO_MANY_CHECKS
    if "elsewhere" in request.POST:
        return live.check_elsewhere(provider, typed.access()), ""
    closed_after = wanted.since(clock.now()) if wanted else None
    return live.check(provider, typed.access(), closed_after=closed_after), ""


@sensitive_variables("form")
def _save(request: Request, provider: Provider, connection: Connection | None, form: AccessForm) -> HttpResponse | None:
    if not throttle.checks_left(request.user.pk):
        form.add_error(None, TOO_MANY_CHECKS)
        return None
    by, keep = request.user.email, form.cleaned_data["keep_base_url"]
    try:
        if isinstance(form, ConnectForm):
            connections.connect(
                request.workspace,
                provider,
                form.access(),
                **form.bring_in(),
                by=by,
                request=request,
                keep_base_url=keep,
            )
        elif connection is not None:
            connections.reconnect(connection, form.access(), by=by, request=request, keep_base_url=keep)
    except AlreadyConnected as already:
        messages.info(request, already.user_message)
    except Refused as refused:
        form.refused = refused
        form.add_error(refused.field or None, refused.user_message)
        return None
    else:
        messages.success(request, f"{provider.title} is connected. {_what_starts(form)}")
    return HttpResponseRedirect(reverse("integration", args=[provider.name]) + "#status")


def _what_starts(form: AccessForm) -> str:
    return "The first sync has started." if isinstance(form, ConnectForm) else "Syncing goes on."


def _stands(connection: Connection | None) -> bool:
    return connection is not None and connection.setup == Connection.Setup.OK


def _reconnects(request: Request) -> bool:
    return request.GET.get("mode") == "reconnect"


def _form(request: Request, provider: Provider, connection: Connection | None) -> AccessForm:
    """The whole wizard for a new connection; token and address alone for one that is there."""
    data = None
    if request.method == "POST":
        data = request.POST.copy()
        if "switch_to" in data:
            data["base_url"] = data.get("switch_to", "")
    if connection is not None:
        return AccessForm(data, provider=provider, initial={"base_url": connection.base_url})
    return ConnectForm(data, provider=provider, initial=dict(DEFAULTS))


def _wizard_page(
    request: Request,
    provider: Provider,
    connection: Connection | None,
    form: AccessForm,
    result: CheckResult | None = None,
    *,
    closed: str = "",
) -> HttpResponse:
    result = result or (form.refused.result if form.refused else None)
    context = {
        **_check_context(provider, connection, result, form),
        "started": form.is_bound or connection is not None,
        "known_ids": ExternalId.objects.exists(),
        "closed": closed,
        "oob": False,
    }
    return render(request, "integrations/connect.html", context, status=422 if form.is_bound and form.errors else 200)


def _check_context(
    provider: Provider, connection: Connection | None, result: CheckResult | None, form: AccessForm
) -> dict[str, Any]:
    titles = {choice.key: choice.title for choice in reversed(provider.regions()) if choice.key}
    address = form.cleaned_data.get("base_url", "") if form.is_bound and form.is_valid() else ""
    return {
        "provider": provider,
        "connection": connection,
        "form": form,
        "result": result,
        "asked_elsewhere": form.is_bound and "elsewhere" in form.data,
        "found_region": titles.get(result.region, "") if result else "",
        "region_matches": bool(result and result.region and provider.region_of(address) == result.region),
    }
