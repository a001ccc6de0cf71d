from django.urls import path

from sonora.screens.conversations import views

urlpatterns = [
    path("conversations", views.index, name="conversations"),
    path("conversations/<int:pk>", views.show, name="conversation"),
    path("conversations/<int:pk>/sentiment", views.correct_sentiment, name="correct-sentiment"),
    path("messages/<int:pk>/files/<int:place>", views.file, name="message-file"),
]
