from django.urls import path

from sonora.screens.audit import views

urlpatterns = [
    path("settings/audit", views.index, name="audit"),
]
