"""What was read out of customers' words, how far that is, and what people said about it."""

from sonora.insights.models.analysis import Analysis, Turn
from sonora.insights.models.corrections import Correction
from sonora.insights.models.readings import MessageReading
from sonora.insights.models.sentiments import ConversationSentiment, Sentiment

__all__ = [
    "Analysis",
    "ConversationSentiment",
    "Correction",
    "MessageReading",
    "Sentiment",
    "Turn",
]
