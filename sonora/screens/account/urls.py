from django.urls import path

from sonora.screens.account import views

urlpatterns = [
    path("", views.home, name="home"),
    path("sign-in", views.sign_in, name="sign-in"),
    path("sign-out", views.sign_out, name="sign-out"),
    path("theme", views.set_theme, name="set-theme"),
    path("workspaces", views.workspaces, name="workspaces"),
]
