from django.urls import path

from sonora.screens.people import views

urlpatterns = [
    path("people", views.index, name="people"),
    path("people/<int:pk>", views.show, name="person"),
]
