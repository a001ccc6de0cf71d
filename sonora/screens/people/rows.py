"""People as the rows that are kept say where they stand: what maps, their tables and cards show."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Max
from django.urls import reverse

from sonora.conversations.models import ConversationContact, Teammate
from sonora.filters.dates import Latest
from sonora.filters.filterset import FilterSet
from sonora.filters.viewer import Viewer
from sonora.graph import figures
from sonora.graph.figures import Days
from sonora.graph.models import PersonStanding
from sonora.graph.standing import GROUPS
from sonora.insights.models import Sentiment
from sonora.people.models import Contact, Person
from sonora.screens.trend import ARROWS

NEW = ""  # the group of whoever came in a moment ago, whose row is not worked out yet
ALL = {**GROUPS, NEW: "New"}  # groups in their order
LONG = Latest(90, "day")
HELD = {"conversation__fetched_at__isnull": False, "conversation__deleted_at__isnull": True}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """*role* is their job title, *talks* the conversations of 90 days, which *talks_url* opens.

    *last_at* is when they or we last wrote to the other (Unix seconds).
    """

    person: Person
    standing: PersonStanding
    role: str
    teammates: list[tuple[Teammate, int]]
    talks: int
    talks_url: str
    last_at: int | None

    @property
    def arrow(self) -> str:
        """The icon of the direction of their sentiment; empty where too little is known."""
        return ARROWS.get(self.standing.direction, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    key: str
    word: str
    members: list[Row]


def of(people: Sequence[Person], viewer: Viewer, *, feels: bool) -> list[Row]:
    """*people* (read with their standing), strongest first; it asks four questions, however many there are.

    *feels*: sentiment is analysed; where it no more is, nothing of it is shown, though it may be kept for a moment.
    """
    standings = {one.pk: _standing(one, feels=feels) for one in people}
    talks, titles = _talks(people, figures.Days.of(viewer.now, viewer.zone)), roles(people)
    last = _last(people)
    named = Teammate.objects.in_bulk({key for one in standings.values() for key, _ in one.teammates})
    found = [
        Row(
            person=one,
            standing=standings[one.pk],
            role=titles.get(one.pk, ""),
            teammates=[(named[key], number) for key, number in standings[one.pk].teammates if key in named],
            talks=talks.get(one.pk, 0),
            talks_url=f"{reverse('conversations')}?{FilterSet(people=frozenset({one.pk}), updated=LONG).query}",
            last_at=last.get(one.pk),
        )
        for one in people
    ]
    return sorted(found, key=lambda row: (-row.standing.strength, row.person.pk))


def groups(some: Sequence[Row]) -> list[Group]:
    """*some* in groups, in the order of `ALL`; empty ones are left out."""
    found = [
        Group(key=key, word=word, members=[one for one in some if one.standing.group == key])
        for key, word in ALL.items()
    ]
    return [group for group in found if group.members]


def _standing(person: Person, *, feels: bool) -> PersonStanding:
    found: PersonStanding = getattr(person, "standing", None) or PersonStanding(person=person, felt=Sentiment.NONE)
    if not feels:
        found.felt, found.felt_number, found.direction = Sentiment.NONE, 0, ""
    return found


def _last(people: Sequence[Person]) -> dict[int, int | None]:
    links = ConversationContact.objects.filter(person__in=people, **HELD).order_by()
    return {person or 0: at for person, at in links.values_list("person").annotate(Max("conversation__said_at"))}


def _talks(people: Sequence[Person], days: Days) -> dict[int, int]:
    """Counted as the filter of a list counts, so that a number opens as many."""
    late = days.within("conversation__updated_at", days.since_90)
    links = ConversationContact.objects.filter(late, contact__person__in=people, **HELD).order_by()
    rows = links.values_list("contact__person").annotate(Count("conversation", distinct=True))
    return {person or 0: number for person, number in rows}


def roles(people: Sequence[Person]) -> dict[int, str]:
    """The newest job title of each who has one."""
    contacts = Contact.objects.all().present().filter(person__in=people, job_title__gt="").order_by("updated_at", "pk")
    return {person or 0: title for person, title in contacts.values_list("person", "job_title")}
