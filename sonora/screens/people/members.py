"""People with where they stand, as rows of a page: in groups, each number with the rows behind it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from sonora.conversations.models import Teammate
from sonora.filters.dates import Latest
from sonora.filters.filterset import FilterSet
from sonora.filters.viewer import Viewer
from sonora.graph import figures, influence
from sonora.graph.figures import Asked, Days
from sonora.graph.standing import GROUPS, Standing
from sonora.people.models import Person
from sonora.screens.trend import ARROWS

SHORT, LONG = Latest(30, "day"), Latest(90, "day")


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """*teammates* are who answered them in 90 days and how often; the addresses open their conversations."""

    person: Person
    standing: Standing
    teammates: list[tuple[Teammate, int]]
    all_url: str
    short_url: str
    long_url: str

    @property
    def role(self) -> str:
        """Their job title, else what is not known."""
        return self.standing.facts.job_title

    @property
    def influence(self) -> str:
        return influence.WORDS[self.standing.influence]

    @property
    def arrow(self) -> str:
        """The icon of the direction of their sentiment; empty where too little is known."""
        return ARROWS.get(self.standing.facts.direction, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    key: str
    word: str
    members: list[Member]


def days(viewer: Viewer) -> Days:
    """The spans that are counted, as the filter of a list means them."""
    return Days.of(viewer.now, viewer.zone)


def members(people: Sequence[Person], viewer: Viewer, *, asked: Asked | None = None) -> list[Member]:
    """*people* (`figures.MOST` at most, read `with_choices`) with where they stand, strongest first."""
    standings = figures.standings(people, days(viewer), asked=asked)
    named = Teammate.objects.in_bulk({key for one in standings.values() for key, _ in one.facts.teammates})
    rows = [_member(one, standings[one.pk], named) for one in people]
    return sorted(rows, key=lambda row: (-row.standing.strength.points, row.person.pk))


def groups(some: Sequence[Member]) -> list[Group]:
    """*some* in groups, in the order of `GROUPS`; empty ones are left out."""
    found = [
        Group(key=key, word=word, members=[one for one in some if one.standing.group == key])
        for key, word in GROUPS.items()
    ]
    return [group for group in found if group.members]


def _member(person: Person, standing: Standing, named: dict[int, Teammate]) -> Member:
    theirs = frozenset({person.pk})
    return Member(
        person=person,
        standing=standing,
        teammates=[(named[key], number) for key, number in standing.facts.teammates if key in named],
        all_url=_url(FilterSet(people=theirs)),
        short_url=_url(FilterSet(people=theirs, updated=SHORT)),
        long_url=_url(FilterSet(people=theirs, updated=LONG)),
    )


def _url(talks: FilterSet) -> str:
    return f"{reverse('conversations')}?{talks.query}"
