from django.urls import path

from sonora.screens.chat import pick_views, row_views, source_views, thread_views, views

urlpatterns = [
    path("chat", views.index, name="chat"),
    path("chat/questions", views.ask, name="ask"),
    path("chat/picks", pick_views.index, name="chat-picks"),
    path("chat/rows", row_views.index, name="chat-rows"),
    path("chat/sources/<int:pk>", source_views.show, name="source"),
    path("chat/<int:pk>", views.thread, name="thread"),
    path("chat/<int:pk>/turns/<int:turn>", views.turn, name="turn"),
    path("chat/<int:pk>/turns/<int:turn>/csv", thread_views.export, name="export-turn"),
    path("chat/<int:pk>/turns/<int:turn>/opinion", thread_views.give_opinion, name="give-opinion"),
    path("chat/<int:pk>/share", thread_views.share, name="share-thread"),
    path("chat/<int:pk>/delete", thread_views.delete, name="delete-thread"),
]
