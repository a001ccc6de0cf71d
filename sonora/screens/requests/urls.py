from django.urls import path

from sonora.screens.requests import decision_views, exporting, name_views, views

HOME = "feature-requests"

urlpatterns = [
    path(HOME, views.index, name="feature-requests"),
    path(f"{HOME}.csv", exporting.download, name="export-feature-requests"),
    path(f"{HOME}/to-check", views.to_check, name="feature-requests-to-check"),
    path(f"{HOME}/dismissed", views.dismissed, name="dismissed-feature-requests"),
    path(f"{HOME}/similar", views.similar, name="similar-feature-requests"),
    path(f"{HOME}/similar/<int:pk>/refusal", decision_views.refuse, name="refuse-likeness"),
    path(f"{HOME}/similar/<int:pk>/suggestion", decision_views.suggest, name="suggest-likeness"),
    path(f"{HOME}/names", name_views.edit, name="feature-request-names"),
    path(f"{HOME}/decisions", decision_views.create, name="decide-request"),
    path(f"{HOME}/decisions/<int:pk>/undo", decision_views.undo, name="undo-request-decision"),
    path(f"{HOME}/<int:pk>", views.show, name="feature-request"),
    path(f"{HOME}/<int:pk>/choose", decision_views.choose, name="choose-feature-request"),
]
