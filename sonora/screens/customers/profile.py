"""What Sonora knows of one customer, at a glance: each figure is the length of the list that its link opens."""

from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.urls import reverse

from sonora.conversations.models import Conversation, ConversationTag
from sonora.customers import decisions, health
from sonora.customers.health import Health
from sonora.customers.models import Customer, ExternalId, Match, Merge
from sonora.filters.dates import Latest
from sonora.filters.filterset import FilterSet
from sonora.filters.viewer import Viewer
from sonora.insights import asking, counting
from sonora.insights.asking import Asked
from sonora.screens import counts
from sonora.screens.customers import facts
from sonora.screens.customers.facts import Fact
from sonora.screens.people import preview
from sonora.screens.people.preview import Preview

LATEST = 5  # conversations, requests
MERGES = 10
TAGS = 6
TAGGED = Latest(90, "day")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number in words, and the list that is as long."""

    text: str
    url: str

    @property
    def is_none(self) -> bool:
        return self.text == "0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tagged:
    """How many conversations carry a tag; *share* is of the most, in percent."""

    name: str
    number: int
    share: int
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    facts: list[Fact]
    external_ids: list[ExternalId]
    matches: list[tuple[Match, str]]  # companies that are this customer, each with its `decisions.token`
    merges: list[Merge]  # customers that went into this one
    talks: Figure
    open: Figure
    open_talks: list[Conversation]  # the latest
    last_at: int | None  # Unix seconds
    people: Figure
    nameless: Figure
    map: Preview
    requests: Figure
    asked: list[Asked]
    tags: list[Tagged]

    @property
    def identifiers(self) -> int:
        return len(self.external_ids) + len(self.matches)

    @property
    def matching_ids(self) -> set[int | None]:
        """Primary keys of the ids by which a company was matched."""
        return {match.external_id_id for match, _ in self.matches}

    @property
    def arr(self) -> str:
        fact = self._own("arr")
        return fact.value if fact else ""

    @property
    def health_fact(self) -> Fact | None:
        """The company's own word for how the customer is doing, with who said so and when."""
        return self._own("health")

    @property
    def health(self) -> Health | None:
        return health.of(self.health_fact.value) if self.health_fact else None

    def _own(self, column: str) -> Fact | None:
        return next((fact for fact in self.facts if fact.name == facts.OWN[column] and not fact.is_synced), None)


def customers() -> QuerySet[Customer]:
    """The customers of the scope, each with `last_at`: when they or we last wrote to the other (Unix seconds)."""
    talks = Conversation.objects.filter(customer=OuterRef("pk"), said_at__isnull=False).present()
    return Customer.objects.annotate(last_at=Subquery(talks.order_by("-said_at").values("said_at")[:1]))


def of(customer: Any, viewer: Viewer) -> Profile:
    """The profile of *customer*, one of `customers`: its facts, its companies, their people and its conversations."""
    counting.settle_for_a_page(customer.workspace_id)
    theirs = FilterSet(customers=frozenset({customer.pk}))
    viewer.stayed["customers", theirs.customers] = theirs.customers  # it is there: it was just read
    is_open = theirs.given("states", frozenset({Conversation.State.OPEN.value}))
    people = theirs.people_passing(viewer)
    counted = counts.together(
        Customer.objects.filter(pk=customer.pk),
        talks=theirs.conversations(viewer),
        open=is_open.conversations(viewer),
        people=people.filter(name__gt=""),
        nameless=people.filter(name=""),
        requests=theirs.requests_passing(viewer),
    )
    matches = Match.objects.linking().filter(customer=customer).select_related("company", "external_id")
    linked = list(matches.order_by("company__name", "pk"))
    return Profile(
        facts=facts.of(customer, [match.company for match in linked]),
        external_ids=list(ExternalId.objects.filter(customer=customer).order_by("source", "value")),
        matches=[(match, decisions.token(match)) for match in linked],
        merges=list(Merge.objects.filter(kept=customer, undone_at__isnull=True).order_by("-at", "-pk")[:MERGES]),
        talks=_figure(counted["talks"], "conversations", theirs),
        open=_figure(counted["open"], "conversations", is_open),
        open_talks=_latest(is_open, viewer) if counted["open"] else [],
        last_at=customer.last_at,
        people=_figure(counted["people"], "people", theirs),
        nameless=_figure(counted["nameless"], "people", theirs, "&unnamed=1"),
        map=preview.of(customer),
        requests=_figure(counted["requests"], "feature-requests", theirs),
        asked=asking.of_customer(customer, most=LATEST) if counted["requests"] else [],
        tags=_tags(replace(theirs, updated=TAGGED), viewer) if counted["talks"] else [],
    )


def _figure(number: int, listing: str, shown: FilterSet, rest: str = "") -> Figure:
    return Figure(text=counts.text(number), url=f"{reverse(listing)}?{shown.query}{rest}")


def _latest(shown: FilterSet, viewer: Viewer) -> list[Conversation]:
    return list(shown.conversations(viewer).select_related("sentiment").order_by("-updated_at", "-pk")[:LATEST])


def _tags(lately: FilterSet, viewer: Viewer) -> list[Tagged]:
    """The tags that most of the conversations that pass *lately* carry."""
    talks = lately.conversations(viewer).order_by().values("pk")
    links = ConversationTag.objects.filter(conversation__in=talks, tag__deleted_at__isnull=True).order_by()
    found = list(links.values_list("tag", "tag__name").annotate(number=Count("pk")).order_by("-number", "tag")[:TAGS])
    return [
        Tagged(
            name=name,
            number=number,
            share=round(100 * number / found[0][2]),
            url=f"{reverse('conversations')}?{lately.given('tags.any', frozenset({pk})).query}",
        )
        for pk, name, number in found
    ]
