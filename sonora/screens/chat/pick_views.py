"""The list under the cursor of somebody who types a question."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from sonora.screens import connection
from sonora.screens.chat import picks
from sonora.workspaces.access import Request, member


@require_GET
@member
def index(request: Request) -> HttpResponse:
    sign = request.GET.get("sign", "")
    found = picks.of(sign, request.GET.get("find", ""), connection.viewer(request))
    problem = connection.tags_problem(connection.of(request)) if sign == "#" else ""
    return render(request, "chat/_picks.html", {"picks": found, "problem": problem})
