from django.urls import path

from sonora.screens.search import views

urlpatterns = [path("search", views.index, name="search")]
