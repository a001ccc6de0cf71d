"""Every address of Sonora."""

from django.urls import include, path

from sonora import health

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("", include("sonora.screens.account.urls")),
    path("", include("sonora.screens.chat.urls")),
    path("", include("sonora.screens.canvas.urls")),
    path("", include("sonora.screens.conversations.urls")),
    path("", include("sonora.screens.customers.urls")),
    path("", include("sonora.screens.people.urls")),
    path("", include("sonora.screens.filters.urls")),
    path("", include("sonora.screens.requests.urls")),
    path("", include("sonora.screens.search.urls")),
    path("", include("sonora.screens.help.urls")),
    path("", include("sonora.screens.audit.urls")),
    path("settings/", include("integrations.urls")),
]
