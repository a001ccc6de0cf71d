"""With which customers somebody talked and when, and over which channel they talk most."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Min

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


def of(person: Person) -> Relations:
    """It asks the database one question."""
    rows = _rows(person)
    channels = Counter[str]()
    for row in rows:
        channels[row["channel"]] += row["number"]
    channel, times = max(((name, times) for name, times in channels.items() if name), key=_most, default=("", 0))
    return Relations(
        customers=sorted(_customers(rows), key=lambda one: (-(one.last_at or 0), one.name)),
        channel=CHANNELS.get(channel.lower(), channel.replace("_", " ").capitalize()),
        by_channel=times,
        number=channels.total(),
    )


def _rows(person: Person) -> list[Any]:
    theirs = ConversationContact.objects.filter(person=person).values("conversation")
    talks = Conversation.objects.filter(pk__in=theirs).present().order_by()
    grouped = talks.values("customer", "customer__name", "channel")
    return list(grouped.annotate(number=Count("pk"), first=Min("created_at"), last=Max("updated_at")))


def _most(channel: tuple[str, int]) -> tuple[int, str]:
    return channel[1], channel[0]


def _customers(rows: list[Any]) -> list[Talked]:
    grouped: dict[int | None, list[Any]] = {}
    for row in rows:
        grouped.setdefault(row["customer"], []).append(row)
    return [
        Talked(
            pk=pk,
            name=some[0]["customer__name"] or "No customer",
            number=sum(row["number"] for row in some),
            first_at=min((row["first"] for row in some if row["first"]), default=None),
            last_at=max((row["last"] for row in some if row["last"]), default=None),
        )
        for pk, some in grouped.items()
    ]
