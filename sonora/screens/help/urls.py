from django.urls import path

from sonora.screens.help import views

urlpatterns = [path("help/intercom", views.intercom, name="help-intercom")]
