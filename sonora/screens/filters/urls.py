from django.urls import path

from sonora.screens.filters import views

urlpatterns = [path("filters/options", views.options, name="filter-options")]
