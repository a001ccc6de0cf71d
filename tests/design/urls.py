"""The two addresses that the frame of a page links by name."""

from django.http import HttpRequest, HttpResponse
from django.urls import path


def nothing(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


urlpatterns = [path("theme", nothing, name="set-theme"), path("sign-out", nothing, name="sign-out")]
