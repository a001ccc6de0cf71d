"""What Sonora knows of one person, and where it is from."""

from dataclasses import dataclass

from sonora.conversations.models import Conversation, ConversationContact
from sonora.core import words
from sonora.filters.viewer import Viewer
from sonora.graph import figures
from sonora.graph.facts import Pace
from sonora.insights import asking, trends
from sonora.insights.asking import Asked
from sonora.people.models import Person
from sonora.screens import trend
from sonora.screens.people import facts as told
from sonora.screens.people import head, members, pacing, relations
from sonora.screens.people.facts import Fact
from sonora.screens.people.head import Head
from sonora.screens.people.members import Member
from sonora.screens.people.pacing import Pacing
from sonora.screens.people.relations import Relations

LATEST, MOST = 20, 200  # conversations and requests that are shown; requests that are counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """*theirs* and *ours* say how quickly they answer us and we them.

    *last_at* is when they or we last wrote to the other; that and *as_of* are Unix seconds.
    """

    member: Member
    felt: trend.Shown
    head: Head
    conversations: list[Conversation]
    asked: list[Asked]
    facts: list[Fact]
    relations: Relations
    pacing: Pacing
    theirs: str
    ours: str
    last_at: int | None
    as_of: int


def of(person: Person, viewer: Viewer) -> Profile:
    """The profile of *person* (read `with_choices`), from all contacts that are theirs."""
    felt, asked = trends.of_person(person.pk, until=trend.until(viewer)), asking.by_person(person, most=MOST)
    contacts, talks = told.contacts_of(person), relations.talks(person)
    known = figures.Asked(
        felt={person.pk: felt},
        requests={person.pk: len(asked)},
        contacts=[(person.pk, one.job_title, one.has_bounced, one.updated_at) for one in reversed(contacts)],
        talks={person.pk: {one.pk: (one.created_at or 0, one.updated_at or 0) for one in talks}},
    )
    customers = head.customers_of(person)
    member = members.member(person, viewer, asked=known, customers=[pk for pk, _ in customers if pk])
    facts = member.standing.facts
    return Profile(
        member=member,
        felt=trend.of_person(person.pk, felt, viewer),
        head=Head(role=member.role, customers=customers),
        conversations=_latest(person),
        asked=asked[:LATEST],
        facts=told.of(contacts),
        relations=relations.of(talks),
        pacing=pacing.of(facts.answers, until=trend.until(viewer), zone=viewer.zone),
        theirs=_said(facts.theirs),
        ours=_said(facts.ours),
        last_at=max((one.said_at for one in talks if one.said_at), default=None),
        as_of=viewer.now,
    )


def _latest(person: Person) -> list[Conversation]:
    theirs = ConversationContact.objects.filter(person=person).values("conversation")
    talks = Conversation.objects.filter(pk__in=theirs).present().select_related("sentiment")
    return list(talks.order_by("-updated_at", "-pk")[:LATEST])


def _said(pace: Pace) -> str:
    """How long an answer usually takes, in words; empty without any."""
    return "" if pace.seconds is None else f"{words.duration(pace.seconds)}, of {words.counted(pace.number, 'answer')}"
