"""What was read out of customers' words, how far that is, and what people said about it."""

from sonora.insights.models.allowance import SentTexts
from sonora.insights.models.analysis import Analysis, AnalysisTotal, Turn
from sonora.insights.models.corrections import Correction
from sonora.insights.models.decisions import RequestChange, RequestDecision
from sonora.insights.models.kept import KeptCorrection, KeptQuote
from sonora.insights.models.readings import MessageReading
from sonora.insights.models.requests import Aliases, Due, Evidence, FeatureRequest, Grouping, Likeness
from sonora.insights.models.sentiments import ConversationSentiment, Sentiment

__all__ = [
    "Aliases",
    "Analysis",
    "AnalysisTotal",
    "ConversationSentiment",
    "Correction",
    "Due",
    "Evidence",
    "FeatureRequest",
    "Grouping",
    "KeptCorrection",
    "KeptQuote",
    "Likeness",
    "MessageReading",
    "RequestChange",
    "RequestDecision",
    "SentTexts",
    "Sentiment",
    "Turn",
]
