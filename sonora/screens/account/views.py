"""Signing in and out, the theme, the workspace to work in, and where a person begins."""

from http import HTTPStatus

from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from integrations.models import Connection
from sonora.conversations.models import Conversation
from sonora.screens.account.forms import SignInForm
from sonora.workspaces import current
from sonora.workspaces.access import Request, member
from sonora.workspaces.models import User


@require_GET
@member
def home(request: Request) -> HttpResponse:
    if Connection.objects.exclude(setup=Connection.Setup.DISCONNECTED).exists() or Conversation.objects.exists():
        return redirect("chat")
    return render(request, "account/first_run.html")


@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    after = _local(request, request.POST.get("next") or request.GET.get("next"))
    if request.user.is_authenticated:
        return redirect(after)
    form = SignInForm(request)
    if request.method == "POST" and form.is_valid():
        login(request, form.user)
        if not form.cleaned_data["stay"]:
            request.session.set_expiry(0)  # with the browser
        return redirect(after)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "account/sign_in.html", {"form": form, "next": after}, status=status)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("sign-in")


@require_POST
@login_required
def set_theme(request: Request) -> HttpResponse:
    theme = request.POST.get("theme", "")
    if theme in User.Theme.values:
        User.objects.filter(pk=request.user.pk).update(theme=theme)
    return redirect(_local(request, request.POST.get("next")))


@require_http_methods(["GET", "POST"])
@member
def workspaces(request: Request) -> HttpResponse:
    if request.method == "GET":
        return render(request, "account/workspaces.html", {"memberships": request.memberships})
    chosen = request.POST.get("workspace", "")
    if not (chosen.isdecimal() and len(chosen) < 19 and current.choose(request, int(chosen))):
        raise Http404
    return redirect("home")


def _local(request: HttpRequest, url: str | None) -> str:
    """*url* when it is the path of a page of this site, else the start page."""
    is_ours = url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())
    return url if url and url.startswith("/") and is_ours else "/"
