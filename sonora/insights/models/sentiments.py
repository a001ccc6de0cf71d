"""How a customer feels in one conversation."""

from typing import Self

from django.db import models

from sonora.conversations.models import Conversation, Message
from sonora.insights.models.analysis import VERSION_LENGTH
from sonora.workspaces.scoping import WorkspaceManager, WorkspaceOwned


class Sentiment(models.TextChoices):
    """What is shown of a conversation; `unsure` is a reading without confidence, `none` one without words."""

    NEGATIVE = "negative", "Negative"
    NEUTRAL = "neutral", "Neutral"
    POSITIVE = "positive", "Positive"
    MIXED = "mixed", "Mixed"
    UNSURE = "unsure", "Unsure"
    NONE = "none", "Not enough text"


class ConversationSentimentQuerySet(models.QuerySet["ConversationSentiment"]):
    def shown(self) -> Self:
        """Those of connections whose sentiment is analysed: where that is turned off, nothing is shown."""
        return self.filter(conversation__connection__analyse_sentiment=True)


class ConversationSentiment(WorkspaceOwned):
    """The sentiment of one conversation and what it rests on.

    *label* is what every page and filter shows: a person's correction if there is one, else what was *found*. Score,
    confidence and what it rests on are always the reader's. Deleted conversations have no row. When the conversation
    was opened, and by which connection it came, is that of its row (`opened`).
    """

    conversation = models.OneToOneField(
        Conversation, on_delete=models.CASCADE, primary_key=True, related_name="sentiment"
    )
    label = models.CharField(max_length=10, choices=Sentiment)
    found = models.CharField(max_length=10, choices=Sentiment)
    score = models.FloatField(null=True)  # −1 … 1; null: not enough text
    confidence = models.FloatField(null=True)  # 0 … 1
    messages = models.IntegerField(default=0)  # of the customer, that were read
    message = models.ForeignKey(Message, on_delete=models.SET_NULL, null=True, related_name="+")
    sentence = models.TextField(blank=True)  # of that message, that it rests on
    at = models.BigIntegerField()  # the customer's last message that was read; Unix seconds
    reader = models.CharField(max_length=VERSION_LENGTH)  # the version of what read that message
    analysed_at = models.BigIntegerField()  # Unix seconds
    created_at = models.BigIntegerField(null=True)  # of the conversation
    connection_id = models.BigIntegerField(null=True)  # of the conversation

    objects = WorkspaceManager.from_queryset(ConversationSentimentQuerySet)()

    class Meta:
        indexes = [
            models.Index(fields=["workspace", "label", "-at"], name="sentiment_by_label_and_time"),
            models.Index(fields=["label", "conversation"], name="conversations_by_sentiment"),
            models.Index(  # counts over time without reading a row or a conversation
                fields=["workspace", "created_at", "label", "connection_id"], name="sentiment_by_creation"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.conversation_id}"
