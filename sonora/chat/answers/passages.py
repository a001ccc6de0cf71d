"""The message that a conversation is cited with: the one that what was asked for rests on."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F, OuterRef, Subquery
from django.urls import reverse

from sonora.conversations.models import Conversation, Message, MessageQuerySet
from sonora.core.fulltext import Holds, Words
from sonora.filters.filterset import FilterSet
from sonora.insights.models import ConversationSentiment, Evidence

CUSTOMER_TYPES = ("user", "lead", "contact")


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One message and the words of it that matter; *number* is that of its citation."""

    number: int
    conversation: Conversation
    message: Message
    words: str

    @property
    def url(self) -> str:
        """Where the message can be read."""
        return f"{reverse('conversation', args=[self.conversation.pk])}#m{self.message.pk}"


def passages(conversations: Sequence[Conversation], shown: FilterSet) -> list[Passage]:
    """A passage of each of *conversations* that has a readable message, numbered from 1."""
    found: dict[int, tuple[Message, str]] = {}
    for source in (_asking, _feeling, _saying, _last):
        left = [one.pk for one in conversations if one.pk not in found]
        if left:
            found |= source(left, shown)
    cited = [one for one in conversations if one.pk in found]
    return [
        Passage(number=number, conversation=one, message=found[one.pk][0], words=found[one.pk][1])
        for number, one in enumerate(cited, start=1)
    ]


Found = dict[int, tuple[Message, str]]  # by conversation


def _asking(talks: list[int], shown: FilterSet) -> Found:
    """The words that ask for what was asked for."""
    if not shown.requests:
        return {}
    asked = Evidence.objects.all().counted().filter(conversation__in=talks, request__in=shown.requests)
    return {one.conversation_id: (one.message, one.quote) for one in asked.select_related("message").order_by("-pk")}


def _feeling(talks: list[int], shown: FilterSet) -> Found:
    """The sentence that the sentiment rests on."""
    if not shown.sentiments:
        return {}
    felt = ConversationSentiment.objects.filter(conversation__in=talks, message__isnull=False)
    return {one.conversation_id: (one.message, one.sentence) for one in felt.select_related("message") if one.message}


def _saying(talks: list[int], shown: FilterSet) -> Found:
    """The last message that holds the words that were looked for."""
    words = Words.typed(shown.text)
    return _each_last(talks, Message.objects.filter(Holds(F("pk"), words))) if words else {}


def _last(talks: list[int], _: FilterSet) -> Found:
    """What the customer said last; where they said nothing, what anybody did."""
    said = _each_last(talks, Message.objects.filter(author_type__in=CUSTOMER_TYPES))
    return _each_last([one for one in talks if one not in said], Message.objects.all()) | said


def _each_last(talks: list[int], messages: MessageQuerySet) -> Found:
    """The last of *messages* with words of each conversation; an internal note is never cited."""
    said = messages.filter(internal=False, redacted=False, conversation=OuterRef("pk")).exclude(text="")
    last = Subquery(said.order_by("-created_at", "-pk").values("pk")[:1])
    cited = Conversation.objects.filter(pk__in=talks).order_by().annotate(cited=last).values("cited")
    found = Message.objects.filter(pk__in=cited) if talks else Message.objects.none()
    return {one.conversation_id: (one, one.text) for one in found}
