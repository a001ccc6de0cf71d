"""People in a list: how they felt lately, and when they last talked with us."""

from dataclasses import dataclass

from django.urls import reverse

from sonora.chat.answers import figures
from sonora.chat.query import Metric, Query
from sonora.filters.viewer import Viewer
from sonora.graph.models import PersonStanding
from sonora.insights.models import Sentiment
from sonora.people.models import Person
from sonora.screens.chat import things
from sonora.screens.people import rows
from sonora.screens.trend import ARROWS


@dataclass(frozen=True, slots=True, kw_only=True)
class Somebody:
    """*about* is their job title, else their address; *felt* is empty where nothing says it, *arrow* its direction.

    *last_at* (Unix seconds; None: unknown) is when a conversation of theirs was last updated, *talks_url* opens those
    that pass.
    """

    name: str
    about: str
    url: str
    felt: str
    arrow: str
    last_at: int | None
    talks_url: str


def some(query: Query, viewer: Viewer, *, most: int, feels: bool) -> list[Somebody]:
    """The first *most* people whom *query* lists, by name. *feels*: sentiment is analysed."""
    found = figures.rows(Metric.PEOPLE, query.filters, viewer).select_related("standing")
    people: list[Person] = list(found.order_by(*things.ORDER[Metric.PEOPLE])[:most])
    titles = rows.roles(people)
    return [_somebody(one, titles.get(one.pk, ""), query, feels=feels) for one in people]


def _somebody(person: Person, title: str, query: Query, *, feels: bool) -> Somebody:
    standing: PersonStanding | None = getattr(person, "standing", None)
    felt = standing.felt if standing and feels and standing.felt != Sentiment.NONE else ""
    talks = query.filters.given("people", frozenset({person.pk}))
    return Somebody(
        name=str(person),
        about=title or (person.email if person.name else ""),
        url=reverse("person", args=[person.pk]),
        felt=felt,
        arrow=ARROWS.get(standing.direction, "") if standing and felt else "",
        last_at=standing.last_at if standing else None,
        talks_url=f"{reverse('conversations')}?{talks.query}",
    )
