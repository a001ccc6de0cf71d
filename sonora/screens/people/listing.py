"""One page of the list of people."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.db.models import Count, Max, Q
from django.http import QueryDict

from integrations.models import Connection
from sonora.conversations.models import ConversationContact
from sonora.core import keyset, paging, typed
from sonora.customers.models import Match
from sonora.filters.filterset import Asked, FilterSet
from sonora.filters.rows.people import talking
from sonora.filters.viewer import Viewer
from sonora.graph.models import PersonStanding
from sonora.people.models import ContactCompany, Person
from sonora.screens import connection, counts
from sonora.screens.filters.bar import Bar, bar
from sonora.screens.filters.place import Place
from sonora.screens.people import working
from sonora.screens.trend import ARROWS


@dataclass(slots=True, kw_only=True)
class Row:
    """One person of the list; *customers* are (primary key, name), a company that is no customer has no key."""

    person: Person
    customers: list[tuple[int | None, str]] = field(default_factory=list)
    conversations: int = 0
    last_at: int | None = None  # when they or we last wrote to the other (Unix seconds)

    @property
    def standing(self) -> PersonStanding | None:
        """Where they stand, if that was worked out already."""
        return getattr(self.person, "standing", None)

    @property
    def arrow(self) -> str:
        """The icon of the direction of their sentiment; empty where too little is known."""
        return ARROWS.get(self.standing.direction, "") if self.standing else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    shown: FilterSet
    bar: Bar
    work: str
    unnamed: bool
    rows: list[Row]
    total: str  # in words; empty when counting would take long
    has_unnamed: bool
    links: paging.Links


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What the list is asked for beside its filter: those without a name, or one of `working.FILTERS`."""

    work: str
    unnamed: bool

    @classmethod
    def of(cls, query: QueryDict) -> "Beside":
        """As the address says; words search names and addresses of all, and so does *work*."""
        work = query.get("work", "")
        work = work if work in working.FILTERS else ""
        return cls(work=work, unnamed="unnamed" in query and not work and not typed.text(query.get("q", "")))

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """As names and values of an address."""
        return [("work", self.work)] * bool(self.work) + [("unnamed", "1")] * self.unnamed


def page(
    asked: Asked,
    beside: Beside,
    viewer: Viewer,
    place: Place,
    linked: Connection | None,
    *,
    after: str | None,
    before: str | None,
) -> ListPage:
    """People by name who pass; those without a name apart, unless *beside* or a text asks for all."""
    shown, named_alone = asked.shown, not (asked.shown.text or beside.work)
    plan = talking(shown, viewer)
    people = shown.people_passing(viewer, plan=plan).select_related("standing")
    people = working.FILTERS[beside.work](people) if beside.work else people
    nameless = people.filter(name="")
    if named_alone:
        people = nameless if beside.unnamed else people.filter(name__gt="")
    found = keyset.page(people, order=("email" if beside.unnamed else "name", "pk"), after=after, before=before)
    total = "" if plan.is_wide else counts.text(counts.capped(people))
    return ListPage(
        shown=shown,
        bar=bar(asked, viewer, place, tags_problem=connection.tags_problem(linked)),
        work=beside.work,
        unnamed=beside.unnamed,
        rows=rows(found.rows),
        total=total,
        has_unnamed=named_alone and not beside.unnamed and nameless.exists(),
        links=paging.links(found, path=place.path, query=urlencode([*beside.pairs, *shown.pairs]), total=total),
    )


def rows(people: list[Person]) -> list[Row]:
    """*people* in their order, each with customers, number of conversations and the last contact in them."""
    found = {person.pk: Row(person=person) for person in people}
    talks = Q(conversation__fetched_at__isnull=False, conversation__deleted_at__isnull=True)
    talked = ConversationContact.objects.filter(talks, person__in=people).order_by()
    for person, count, last in talked.values_list("person").annotate(
        Count("conversation", distinct=True), Max("conversation__said_at")
    ):
        found[person].conversations, found[person].last_at = count, last
    for person, customers in customers_of(people).items():
        found[person].customers.extend(customers)
    return list(found.values())


def customers_of(people: list[Person]) -> dict[int, list[tuple[int | None, str]]]:
    """By primary key of those of *people* who work for somebody; as `Row.customers`."""
    works = ContactCompany.objects.all().held().filter(person__in=people)
    found: dict[int, list[tuple[int | None, str]]] = {}
    for link in works.select_related("company__match__customer").order_by("company__name"):
        theirs, customer = found.setdefault(link.person_id or 0, []), _customer(link)
        if customer not in theirs:
            theirs.append(customer)
    return found


def _customer(link: ContactCompany) -> tuple[int | None, str]:
    match = getattr(link.company, "match", None)
    if match is not None and match.customer is not None and match.state in Match.LINKING:
        return match.customer.pk, match.customer.name
    return None, str(link.company)
