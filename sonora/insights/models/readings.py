"""What one message of a customer says."""

from django.db import models

from sonora.conversations.models import Message
from sonora.insights.models.analysis import VERSION_LENGTH
from sonora.workspaces.scoping import WorkspaceManager, WorkspaceOwned


class MessageReading(WorkspaceOwned):
    """The reading of one message of a customer, or why it was not read. Others' messages have none.

    What was not asked for is empty: *label*, *score* and *confidence* without sentiment, *request* without requests.
    """

    class Label(models.TextChoices):
        NEGATIVE = "negative", "Negative"
        NEUTRAL = "neutral", "Neutral"
        POSITIVE = "positive", "Positive"

    class NotRead(models.TextChoices):
        NO_WORDS = "no_words", "No words of their own"
        AUTOMATIC = "automatic", "Sent by a machine"
        TEAMMATE = "teammate", "Written by a teammate"

    message = models.OneToOneField(Message, on_delete=models.CASCADE, primary_key=True, related_name="reading")
    label = models.CharField(max_length=10, choices=Label, blank=True)
    score = models.FloatField(null=True)  # −1 … 1
    confidence = models.FloatField(null=True)  # 0 … 1, of the label
    sentence = models.TextField(blank=True)  # of the message, that the label rests on
    request = models.FloatField(null=True)  # 0 … 1, that it asks for a feature
    quote = models.TextField(blank=True)  # the asking words; empty: it does not ask
    language = models.CharField(max_length=12, blank=True)
    courtesy = models.BooleanField(default=False)  # thanks and farewell alone
    not_read = models.CharField(max_length=12, choices=NotRead, blank=True)
    content_hash = models.CharField(max_length=64)  # of what was read: SHA-256
    reader = models.CharField(max_length=VERSION_LENGTH)  # the version of what read it
    analysed_at = models.BigIntegerField()  # Unix seconds

    objects = WorkspaceManager["MessageReading"]()

    def __str__(self) -> str:
        return f"{self.label or self.not_read} {self.message_id}"
