from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from sonora.workspaces.access import Request, member


@require_GET
@member
def intercom(request: Request) -> HttpResponse:
    return render(request, "help/intercom.html")
