from django.urls import path

from sonora.screens.people import decision_views, map_views, views

urlpatterns = [
    path("people", views.index, name="people"),
    path("people/graph", map_views.across, name="people-graph"),
    path("people/<int:pk>", views.show, name="person"),
    path("people/<int:pk>/timeline", views.show_timeline, name="person-timeline"),
    path("people/<int:pk>/identities", views.show_identities, name="person-identities"),
    path("people/<int:pk>/champion", decision_views.choose_champion, name="choose-champion"),
    path("people/<int:pk>/engagement", decision_views.choose_engagement, name="choose-engagement"),
    path("customers/<int:pk>/people", map_views.of_customer, name="customer-people"),
    path("people/<int:pk>/merge", decision_views.merge, name="merge-person"),
    path("contacts/<int:pk>/split", decision_views.split, name="split-contact"),
    path("person-decisions/<int:pk>/undo", decision_views.undo, name="undo-person-decision"),
]
