"""The facts of many people at once, read anew each time: nothing of it is kept, so all of it is as of now.

It asks the database six questions, and up to two more of whoever fell silent, however many people there are; ask for
`MOST` at once at most.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Q, Subquery

from sonora.conversations.models import ConversationContact, Message
from sonora.core.among import among
from sonora.core.counted import Counted
from sonora.graph import answers, before, replies
from sonora.graph.facts import Facts
from sonora.graph.replies import Exchange
from sonora.graph.standing import Said, Standing, standing
from sonora.insights import trends
from sonora.insights.models import Evidence
from sonora.insights.trends import Trend
from sonora.people.models import Contact, Person

MOST = 200  # people
YEAR = 365 * 86_400  # seconds

Columns = dict[str, Any]
Times = tuple[int, int]  # of a conversation: when it was opened, and last updated
# of a contact: the person, job title, whether mail bounces, last change
Told = tuple[int | None, str, bool, int | None]
Talks = Mapping[int, Mapping[int, Times]]  # by person and conversation


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """*now*, the end of that day, and when the 30 and the 90 days began that end there; Unix seconds."""

    now: int
    until: int
    since_30: int
    since_90: int

    @classmethod
    def of(cls, now: int, zone: tzinfo) -> "Days":
        """The days that end with the one in which *now* (Unix seconds) is, where days begin as in *zone*."""
        tomorrow = datetime.fromtimestamp(now, zone).date() + timedelta(days=1)
        ends, *begin = (
            int(datetime.combine(tomorrow - timedelta(days=days), time(), zone).timestamp()) for days in (0, 30, 90)
        )
        return cls(now=now, until=ends, since_30=begin[0], since_90=begin[1])

    def within(self, column: str, since: int) -> Q:
        """That *column* lies between *since* and the end of the day."""
        return Q(**{f"{column}__gte": since, f"{column}__lt": self.until})


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was asked already, by primary key of all people: how they felt, for how many features they ask.

    *contacts* are the present ones, the oldest change first; *talks* the conversations in which they take part.
    """

    felt: Mapping[int, Trend]
    requests: Mapping[int, int]
    contacts: Sequence[Told]
    talks: Talks


def standings(people: Sequence[Person], days: Days, *, asked: Asked | None = None) -> dict[int, Standing]:
    """Where each of *people* (read `with_choices`) stands, by primary key, inside the scope of their workspace."""
    found = facts([one.pk for one in people], days, asked=asked)
    past = before.facts(found, now=days.now)
    return {
        one.pk: standing(found[one.pk], now=days.now, before=past.get(one.pk), said=_said_of(one)) for one in people
    }


def _said_of(person: Person) -> Said:
    return Said(champion=person.chosen_champion, engagement=person.chosen_engagement)


def facts(people: Collection[int], days: Days, *, asked: Asked | None = None) -> dict[int, Facts]:
    """The facts of each of *people* (primary keys), also of those who never said anything."""
    asked = asked or _asked(people, days)
    contacts, talks = _contacts(asked.contacts), asked.talks
    wrote = _wrote(people, days)
    answers = _answers(talks, days) if any(one["messages_90"] for one in wrote.values()) else {}
    silent, unknown = Exchange(), Trend(short=trends.Mix(), long=trends.Mix())
    return {
        person: Facts(
            **contacts.get(person, {}),
            **_counted(talks.get(person, {}), days),
            **wrote.get(person, {}),
            **_exchanged(answers.get(person, silent)),
            **_felt(asked.felt.get(person, unknown)),
            requests=asked.requests.get(person, 0),
        )
        for person in people
    }


def _asked(people: Collection[int], days: Days) -> Asked:
    talks = _talks(people)
    return Asked(
        felt=trends.of_many(_updates(talks), until=days.until),
        requests=_requests(people),
        contacts=_told(people),
        talks=talks,
    )


def _told(people: Collection[int]) -> list[Told]:
    rows = Contact.objects.all().present().filter(among("person", people)).order_by("updated_at", "pk")
    return list(rows.values_list("person", "job_title", "has_bounced", "updated_at"))


def _contacts(told: Iterable[Told]) -> dict[int, Columns]:
    """The newest job title; mail bounces when it does for all that are left of their contacts."""
    found: dict[int, Columns] = {}
    for person, title, bounced, at in told:
        known = found.setdefault(person or 0, {"job_title": "", "has_bounced": True, "changed_at": None})
        known["changed_at"] = at or known["changed_at"]
        known["job_title"] = title or known["job_title"]
        known["has_bounced"] = known["has_bounced"] and bounced
    return found


def _talks(people: Collection[int]) -> Talks:
    present = {"conversation__fetched_at__isnull": False, "conversation__deleted_at__isnull": True}
    rows = ConversationContact.objects.filter(among("person", people), **present).order_by()
    found: dict[int, dict[int, Times]] = {}
    for person, talk, opened, updated in rows.values_list(
        "person", "conversation_id", "conversation__created_at", "conversation__updated_at"
    ):
        found.setdefault(person or 0, {})[talk] = (opened or 0, updated or 0)
    return found


def _updates(talks: Talks) -> dict[int, dict[int, int]]:
    return {person: {talk: updated for talk, (_, updated) in theirs.items()} for person, theirs in talks.items()}


def _counted(theirs: Mapping[int, Times], days: Days) -> Columns:
    """Counted as the filter of a list counts, so that a number opens as many rows."""
    updates = [updated for _, updated in theirs.values()]
    return {
        "conversations": len(updates),
        "conversations_30": sum(days.since_30 <= updated < days.until for updated in updates),
        "conversations_90": sum(days.since_90 <= updated < days.until for updated in updates),
        "last_at": max(updates, default=None),
        "opened": tuple(sorted(opened for opened, _ in theirs.values() if opened >= days.now - YEAR)),
    }


def _wrote(people: Collection[int], days: Days) -> dict[int, Columns]:
    """Each contact's messages are looked up by their time, so that those of years ago cost nothing."""
    own = Message.objects.all().by_customers().filter(contact=OuterRef("pk"), created_at__isnull=False)
    lately = own.filter(days.within("created_at", days.since_90))
    rows = Contact.objects.filter(among("person", people)).values_list(
        "person",
        Counted(lately.filter(created_at__gte=days.since_30).values("pk"), output_field=IntegerField()),
        Counted(lately.values("pk"), output_field=IntegerField()),
        Subquery(own.order_by("-created_at").values("created_at")[:1]),
    )
    found: dict[int, Columns] = {}
    for person, short, long, last in rows:
        known = found.setdefault(person or 0, {"messages_30": 0, "messages_90": 0, "wrote_at": None})
        known["messages_30"] += short
        known["messages_90"] += long
        known["wrote_at"] = max(filter(None, (known["wrote_at"], last)), default=None)
    return found


def _answers(talks: Talks, days: Days) -> dict[int, Exchange]:
    lately = {talk for theirs in talks.values() for talk, (_, updated) in theirs.items() if updated >= days.since_90}
    said = Message.objects.filter(days.within("created_at", days.since_90), among("conversation", lately))
    return replies.exchanges(answers.lines(said))


def _exchanged(answers: Exchange) -> Columns:
    return {
        "theirs": replies.pace(answers.theirs),
        "answers": tuple(zip(answers.times, answers.theirs, strict=True)),
        "ours": replies.pace(answers.ours),
        "teammates": answers.by_teammate,
    }


def _requests(people: Collection[int]) -> dict[int, int]:
    asked = Evidence.objects.all().counted().filter(contact__person__in=people, request__dismissed=False)
    rows = asked.order_by().values_list("contact__person").annotate(Count("request", distinct=True))
    return {person or 0: number for person, number in rows}


def _felt(trend: Trend) -> Columns:
    return {"felt": trend.long.label, "felt_number": trend.long.number, "direction": trend.direction}
