"""The addresses that the tests of the middleware know."""

from django.http import HttpResponse
from django.urls import path

urlpatterns = [path("sign-in/", lambda _: HttpResponse(), name="sign-in")]
