"""The companies of a connection as an admin works through them: tabs, filters, counts, pages."""

from dataclasses import dataclass, field

from django.db.models import Count, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from sonora.core import keyset
from sonora.customers.matching.names import LIKELY
from sonora.customers.models import CompanyTotal, Match, MatchQuerySet

State = Match.State

TABS: dict[str, Q] = {
    "review": Q(state=State.SUGGESTED),
    "unmatched": Q(state=State.UNMATCHED),
    "matched": Q(state__in=Match.LINKING, customer__isnull=False),
    "conflicts": Q(state=State.CONFLICT) | (Q(state=State.AUTO) & ~Q(doubt="")),
    "ignored": Q(state=State.IGNORED),
}
ORDER = ("-affected", "pk")
REVIEW = ("has_rivals", *ORDER)  # those that can be only one customer first


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which companies are shown: a tab of `TABS`, words of a name or an id, and only likely ones."""

    tab: str = "review"
    text: str = ""
    likely: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many companies and conversations are in each state."""

    companies: dict[str, int] = field(default_factory=dict)
    conversations: dict[str, int] = field(default_factory=dict)
    tabs: dict[str, int] = field(default_factory=dict)
    likely: int = 0  # companies to review whose suggestion is likely


def shown(connection_id: int, wanted: Filter) -> MatchQuerySet:
    """The matches that pass *wanted*; a tab that is not known shows what is to review."""
    found = present(connection_id).filter(TABS.get(wanted.tab, TABS["review"]))
    if wanted.likely:
        found = found.filter(score__gte=LIKELY)
    if wanted.text:
        found = found.filter(
            Q(company__name__icontains=wanted.text)
            | Q(customer__name__icontains=wanted.text)
            | Q(company__company_id=wanted.text)
        )
    return found


def page(
    connection_id: int, wanted: Filter, *, after: str | None = None, before: str | None = None
) -> keyset.Page[Match]:
    """A page of the matches that pass *wanted*, in the order of their tab; each has `affected`."""
    found = with_conversations(shown(connection_id, wanted))
    rows = found.select_related("company", "customer", "external_id")
    return keyset.page(rows, order=order(wanted), after=after, before=before)


def order(wanted: Filter) -> tuple[str, ...]:
    """Those with the most conversations first; to review, after those that can be only one customer."""
    return REVIEW if TABS.get(wanted.tab, TABS["review"]) is TABS["review"] else ORDER


def with_conversations(found: MatchQuerySet) -> MatchQuerySet:
    """*found*, each with `affected`: on how many conversations Intercom names the company."""
    return found.annotate(affected=conversations())


def siblings(matches: list[Match]) -> dict[int, int]:
    """How many companies each customer of *matches* has (customer → companies)."""
    linked = Match.objects.linking().filter(customer__in={match.customer_id for match in matches} - {None})
    return dict(linked.order_by().values_list("customer_id").annotate(Count("pk")))


def to_review(connection_id: int) -> int:
    """How many companies wait for a person to accept or reject the customer suggested for them."""
    return present(connection_id).filter(TABS["review"]).count()


def tallies(connection_id: int) -> Counts:
    """As `counts`, without conversations: one query that looks at each match once."""
    there = present(connection_id).order_by()
    tabs = {name: Count("pk", filter=tab) for name, tab in TABS.items()}
    states = {f"state_{state}": Count("pk", filter=Q(state=state)) for state in State}
    likely = Count("pk", filter=TABS["review"] & Q(score__gte=LIKELY))
    found = there.aggregate(**tabs, **states, likely=likely)
    return Counts(
        companies={state: found[f"state_{state}"] for state in State},
        tabs={name: found[name] for name in TABS},
        likely=found["likely"],
    )


def found(connection_id: int, wanted: Filter) -> dict[str, int]:
    """How many companies pass *wanted* (`all`), and how many of them have a likely suggestion (`likely`); one query."""
    rows = shown(connection_id, wanted).order_by()
    return rows.aggregate(all=Count("pk"), likely=Count("pk", filter=Q(score__gte=LIKELY)))


def counts(connection_id: int) -> Counts:
    """What the card and the tabs say; two queries."""
    there = present(connection_id).order_by()
    tabs = there.aggregate(**{name: Count("pk", filter=tab) for name, tab in TABS.items()})
    rows = there.annotate(affected=conversations()).values_list("state", "affected")
    found = Counts(tabs=tabs)
    for state, affected in rows.iterator():
        found.companies[state] = found.companies.get(state, 0) + 1
        found.conversations[state] = found.conversations.get(state, 0) + affected
    return found


def present(connection_id: int) -> MatchQuerySet:
    """The matches of companies that were read and not deleted."""
    return Match.objects.filter(
        company__connection=connection_id, company__fetched_at__isnull=False, company__deleted_at__isnull=True
    )


def conversations() -> Coalesce:
    """How many conversations Intercom names the company on."""
    mine = CompanyTotal.objects.filter(company=OuterRef("company")).order_by().values("company")
    return Coalesce(Subquery(mine.annotate(sum=Sum("conversations")).values("sum")), Value(0))
