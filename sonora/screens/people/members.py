"""A person with where they stand at this moment, each number with the rows behind it."""

from collections.abc import Collection
from dataclasses import dataclass

from django.urls import reverse

from sonora.conversations.models import Teammate
from sonora.filters.dates import Latest
from sonora.filters.filterset import FilterSet
from sonora.filters.viewer import Viewer
from sonora.graph import figures, influence, speaking
from sonora.graph.figures import Asked, Days
from sonora.graph.standing import Standing
from sonora.people.models import Person

SHORT, LONG = Latest(30, "day"), Latest(90, "day")


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """*teammates* are who answered them in 90 days and how often; the addresses open their conversations.

    *speaks_for* are the colleagues for whom they spoke in those days.
    """

    person: Person
    standing: Standing
    teammates: list[tuple[Teammate, int]]
    speaks_for: list[Person]
    all_url: str
    short_url: str
    long_url: str

    @property
    def role(self) -> str:
        """Their job title, else what is not known."""
        return self.standing.facts.job_title

    @property
    def influence(self) -> str:
        return influence.WORDS[influence.influence(self.role, speaks_for=len(self.speaks_for))]

    @property
    def is_raised(self) -> bool:
        """Whether that is one step more than their title says."""
        return influence.influence(self.role, speaks_for=len(self.speaks_for)) != influence.influence(self.role)


def member(person: Person, viewer: Viewer, *, asked: Asked, customers: Collection[int]) -> Member:
    """*person* (read `with_choices`); days are as the filter of a list means them, *asked* is known already.

    *customers* are the primary keys of those for whom they work.
    """
    days = Days.of(viewer.now, viewer.zone)
    standing = figures.standings([person], days, asked=asked)[person.pk]
    lately = [talk for talk, (_, at) in asked.talks[person.pk].items() if days.since_90 <= at < days.until]
    answered, theirs = standing.facts.teammates, frozenset({person.pk})
    named = Teammate.objects.in_bulk([key for key, _ in answered])
    return Member(
        person=person,
        standing=standing,
        teammates=[(named[key], number) for key, number in answered if key in named],
        speaks_for=speaking.spoken_for(person.pk, lately, customers),
        all_url=_url(FilterSet(people=theirs)),
        short_url=_url(FilterSet(people=theirs, updated=SHORT)),
        long_url=_url(FilterSet(people=theirs, updated=LONG)),
    )


def _url(talks: FilterSet) -> str:
    return f"{reverse('conversations')}?{talks.query}"
