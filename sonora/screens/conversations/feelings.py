"""How customers feel, as the list of conversations and the page of one say it."""

from collections.abc import Collection
from dataclasses import dataclass, field

from sonora.conversations.models import Conversation
from sonora.insights.models import Analysis, ConversationSentiment, Correction, MessageReading

VOICES = 12  # of a customer's last messages, in a list


@dataclass(frozen=True, slots=True, kw_only=True)
class Felt:
    """What is known of one conversation; all of it is empty where sentiment is turned off.

    *waits*: it, or its latest messages, are still to be read. *readings* are by message.
    """

    is_on: bool
    sentiment: ConversationSentiment | None = None
    correction: Correction | None = None
    waits: bool = False
    readings: dict[int, MessageReading] = field(default_factory=dict)

    @property
    def message(self) -> int | None:
        """The message (primary key) that the sentiment rests on."""
        return self.sentiment.message_id if self.sentiment else None

    @property
    def sentence(self) -> str:
        return self.sentiment.sentence if self.sentiment else ""


OF_ONE = ("sentiment", "sentiment_correction", "analysis")  # what `of` wants a conversation to be read with


def of(conversation: Conversation, *, is_on: bool) -> Felt:
    """What is shown of *conversation*, which was read together with `OF_ONE`; *is_on*: sentiment is analysed."""
    if not is_on:
        return Felt(is_on=False)
    analysis: Analysis | None = getattr(conversation, "analysis", None)
    return Felt(
        is_on=True,
        sentiment=getattr(conversation, "sentiment", None),
        correction=getattr(conversation, "sentiment_correction", None),
        waits=analysis is not None and not analysis.sentiment_by,
        readings={one.pk: one for one in MessageReading.objects.filter(message__conversation=conversation)},
    )


def sentiments(conversations: Collection[Conversation]) -> dict[int, ConversationSentiment]:
    """What is shown of each of *conversations* in a list, by primary key."""
    shown = ConversationSentiment.objects.shown().filter(conversation__in=conversations)
    return {one.pk: one for one in shown.select_related("conversation__sentiment_correction")}


def voices(conversations: Collection[int]) -> dict[int, list[str]]:
    """The labels of the customer's last `VOICES` messages in each of *conversations* (primary keys), oldest first."""
    found: dict[int, list[str]] = {}
    rows = MessageReading.objects.filter(message__conversation__in=conversations).exclude(label="")
    order = ("message__created_at", "message_id")
    for conversation, label in rows.order_by(*order).values_list("message__conversation", "label"):
        found.setdefault(conversation, []).append(label)
    return {conversation: labels[-VOICES:] for conversation, labels in found.items()}
