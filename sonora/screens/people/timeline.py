"""What happened with one person, newest first: what they opened and wrote, what they ask for, what was decided."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from django.db.models import Q, QuerySet
from django.urls import reverse

from sonora.conversations.models import Conversation, ConversationContact, Message
from sonora.insights.models import Evidence
from sonora.people.models import ChampionChoice, EngagementChoice, Person, PersonDecision

MOST = 50  # events
LONGEST = 300  # characters of a message


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """*at* is Unix seconds; *words* are the person's own, *said* is ours."""

    at: int
    kind: str
    said: str
    words: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """*kind* is a key of `KINDS`, empty for all; *has_more*: older ones are not shown."""

    kind: str
    events: list[Event]
    has_more: bool


def of(person: Person, *, kind: str) -> Timeline:
    """The latest events of *person*, of one *kind* or, with any other word, of all."""
    wanted = [kind] if kind in KINDS else list(KINDS)
    found = sorted(chain.from_iterable(EVENTS[one](person) for one in wanted), key=lambda one: one.at, reverse=True)
    return Timeline(kind=kind if kind in KINDS else "", events=found[:MOST], has_more=len(found) > MOST)


def _conversations(person: Person) -> Iterator[Event]:
    theirs = ConversationContact.objects.filter(person=person).values("conversation")
    talks = Conversation.objects.filter(pk__in=theirs, created_at__isnull=False).present()
    for talk in talks.order_by("-created_at", "-pk")[: MOST + 1]:
        yield Event(
            at=talk.created_at or 0,
            kind="conversations",
            said=str(talk)[:LONGEST],
            url=reverse("conversation", args=[talk.pk]),
        )


def _messages(person: Person) -> Iterator[Event]:
    said: QuerySet[Message] = Message.objects.all().by_customers().filter(contact__person=person).exclude(text="")
    for one in said.filter(created_at__isnull=False).order_by("-created_at", "-pk").defer("html")[: MOST + 1]:
        yield Event(
            at=one.created_at or 0,
            kind="messages",
            said="",
            words=" ".join(one.text.split())[:LONGEST],
            url=_message(one.conversation_id, one.pk),
        )


def _requests(person: Person) -> Iterator[Event]:
    asked = Evidence.objects.all().counted().filter(contact__person=person, request__dismissed=False)
    for one in asked.select_related("message", "request").order_by("-message__created_at", "-pk")[: MOST + 1]:
        yield Event(
            at=one.message.created_at or 0,
            kind="requests",
            said=str(one.request),
            words=one.quote[:LONGEST],
            url=reverse("feature-request", args=[one.request_id]),
        )


def _changes(person: Person) -> Iterator[Event]:
    decided = PersonDecision.objects.filter(Q(person=person) | Q(other=person)).select_related("person", "other")
    for one in decided.order_by("-at", "-pk")[: MOST + 1]:
        is_so = "is" if one.kind == PersonDecision.Kind.MERGE else "is not"
        said = f"{one.by} said that {one.other} {is_so} {one.person}"
        yield Event(at=one.at, kind="changes", said=said + (", undone since" if one.undone_at else ""))
    for choice in ChampionChoice.objects.filter(person=person):
        said = f"{choice.by} said that they are {'a' if choice.is_champion else 'no'} champion"
        yield Event(at=choice.at, kind="changes", said=said)
    for rated in EngagementChoice.objects.filter(person=person):
        said = f"{rated.by} said that their engagement is {rated.get_level_display().lower()}"
        yield Event(at=rated.at, kind="changes", said=said)


def _message(conversation: int, message: int) -> str:
    return f"{reverse('conversation', args=[conversation])}?all=1#m{message}"


KINDS = {"conversations": "Conversations", "messages": "Messages", "requests": "Requests", "changes": "Changes"}
EVENTS: Mapping[str, Callable[[Person], Iterator[Event]]] = {
    "conversations": _conversations,
    "messages": _messages,
    "requests": _requests,
    "changes": _changes,
}
