"""What an admin chooses from: the rules with what they would do, the candidates of one company, the history."""

from dataclasses import dataclass

from django.db.models import Count, OuterRef, Subquery

from sonora.core import keyset
from sonora.customers import matches, naming, rules
from sonora.customers.matching import names
from sonora.customers.matching.names import Candidate
from sonora.customers.models import Change, Company, Decision, Match, MatchingRules

HISTORY = ("-at", "-pk")


@dataclass(slots=True)
class Preview:
    """What rules would make of the companies that no person decided about."""

    linked: int = 0
    suggested: int = 0
    conflicts: int = 0
    left: int = 0


def preview(connection_id: int, wanted: MatchingRules) -> Preview:
    """How many companies *wanted* (saved or not) would link, suggest and leave; nothing is written."""
    chosen, known, found = rules.of(wanted), naming.customers(), Preview()
    mine = Match.objects.filter(company__connection=connection_id, company__deleted_at__isnull=True).by_machine()
    for some in matches.chunks(mine.order_by("pk").values_list("pk", flat=True)):
        held = Match.objects.filter(pk__in=some).select_related("company")
        by_id = matches.verdicts([match.company_id for match in held], {connection_id: chosen})
        looks = {one.match: one for one in naming.looked_at(held, known, {connection_id: chosen})}
        for match in held:
            state = by_id[match.company_id].state
            _count(found, looks[match.pk].found.state if state == "unmatched" else state)
    return found


def _count(found: Preview, state: str) -> None:
    name = {"auto": "linked", "suggested": "suggested", "conflict": "conflicts"}.get(state, "left")
    setattr(found, name, getattr(found, name) + 1)


def candidates(company: Company) -> list[Candidate]:
    """All customers that the company may be, the likeliest first, whatever the rules' mode; the rejected left out."""
    row = MatchingRules.objects.filter(connection=company.connection_id).first()
    chosen = rules.of(row).by_name if row else names.Rules()
    rejected = matches.rejections([company.pk]).get(company.pk, set())
    found = names.candidates(naming.subject(company), naming.customers(), rules=chosen)
    return [one for one in found if one.customer not in rejected]


def history(*, after: str | None = None, before: str | None = None) -> keyset.Page[Decision]:
    """A page of the workspace's decisions, the newest first; each has `companies`, how many it was about, and the
    name of one of them as `first_company`.
    """
    first = Change.objects.filter(decision=OuterRef("pk")).order_by("pk").values("company__name")[:1]
    rows = Decision.objects.annotate(companies=Count("changes"), first_company=Subquery(first))
    return keyset.page(rows, order=HISTORY, after=after, before=before)
