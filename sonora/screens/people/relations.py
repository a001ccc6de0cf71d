"""With which customers somebody talked and when, and over which channel they talk most."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sonora.conversations.models import Conversation, ConversationContact
from sonora.people.models import Person

CHANNELS = {  # of `source.type` and, where that says nothing, `channel` in Intercom's API
    "conversation": "Messenger",  # what began in its messenger is called a conversation
    "messenger": "Messenger",
    "email": "E-mail",
    "facebook": "Facebook",
    "instagram": "Instagram",
    "phone_call": "Phone call",
    "phone_switch": "Switched from a call",
    "push": "Push message",
    "sms": "SMS",
    "twitter": "X (Twitter)",
    "whatsapp": "WhatsApp",
    "zendesk_sunshine": "Zendesk Sunshine",
    "zendesk_ticket": "Zendesk ticket",
}


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation: its primary key, customer (primary key and name), channel, and times (Unix seconds)."""

    pk: int
    customer: int | None
    customer_name: str | None
    channel: str
    created_at: int | None
    updated_at: int | None
    said_at: int | None  # when they or we last wrote to the other


@dataclass(frozen=True, slots=True, kw_only=True)
class Talked:
    """The first and the last time (Unix seconds) of *number* conversations about a customer; no *pk*: about none."""

    pk: int | None
    name: str
    number: int
    first_at: int | None
    last_at: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Relations:
    """*customers* with the latest first; *channel* in words, of *by_channel* out of *number* conversations."""

    customers: list[Talked]
    channel: str
    by_channel: int
    number: int


def of(talks: Sequence[Talk]) -> Relations:
    """Out of all conversations in which somebody takes part."""
    channels = Counter(talk.channel for talk in talks)
    channel, times = max(((name, times) for name, times in channels.items() if name), key=_most, default=("", 0))
    return Relations(
        customers=sorted(_customers(talks), key=lambda one: (-(one.last_at or 0), one.name)),
        channel=CHANNELS.get(channel.lower(), channel.replace("_", " ").capitalize()),
        by_channel=times,
        number=len(talks),
    )


def talks(person: Person) -> list[Talk]:
    """The conversations in which *person* takes part."""
    theirs = ConversationContact.objects.filter(person=person).values("conversation")
    held = Conversation.objects.filter(pk__in=theirs).present().order_by()
    rows = held.values_list("pk", "customer", "customer__name", "channel", "created_at", "updated_at", "said_at")
    return [Talk(*row) for row in rows]


def _most(channel: tuple[str, int]) -> tuple[int, str]:
    return channel[1], channel[0]


def _customers(talks: Sequence[Talk]) -> list[Talked]:
    grouped: dict[int | None, list[Talk]] = {}
    for talk in talks:
        grouped.setdefault(talk.customer, []).append(talk)
    return [
        Talked(
            pk=pk,
            name=some[0].customer_name or "No customer",
            number=len(some),
            first_at=min((talk.created_at for talk in some if talk.created_at), default=None),
            last_at=max((talk.updated_at for talk in some if talk.updated_at), default=None),
        )
        for pk, some in grouped.items()
    ]
