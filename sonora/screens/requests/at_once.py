"""Several who decide about requests at the same instant."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib import messages
from django.db import OperationalError
from django.http import HttpResponse
from django.urls import reverse

from integrations.views.page import back
from sonora.core import again
from sonora.workspaces.access import Request

BUSY = "Somebody else was deciding about requests at the same moment. Nothing was changed: try again."
P = ParamSpec("P")
View = Callable[Concatenate[Request, P], HttpResponse]


def one_after_another(view: View[P]) -> View[P]:
    """Whoever meets others at it comes after them, or is told that nothing was changed; *view* writes once."""

    @wraps(view)
    def made(request: Request, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return again.repeated(view)(request, *args, **kwargs)
        except OperationalError as error:
            if not again.is_passing(error):
                raise
            messages.warning(request, BUSY)
            return back(request, reverse("feature-requests"))

    return made
