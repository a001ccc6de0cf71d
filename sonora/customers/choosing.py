"""What an admin chooses from: the rules with what they would do, the candidates of one company, the history."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil

from django.db.models import Count, OuterRef, Subquery

from sonora.core import keyset
from sonora.customers import arranged, matches, naming, rules
from sonora.customers.matching import names
from sonora.customers.matching.names import Candidate
from sonora.customers.models import Change, Company, Decision, Match, MatchingRules

HISTORY = ("-at", "-pk")
SAMPLE = 1_000  # companies whose names a preview looks at; ten thousand would take seven seconds


@dataclass(slots=True)
class Preview:
    """What rules would make of the companies that no person decided about.

    What names say is reckoned from `looked_at` companies, spread evenly over the `of` that it is asked of.
    """

    linked: int = 0
    suggested: int = 0
    conflicts: int = 0
    left: int = 0
    looked_at: int = 0
    of: int = 0

    @property
    def is_exact(self) -> bool:
        return self.looked_at == self.of


def preview(connection_id: int, wanted: MatchingRules) -> Preview:
    """How many companies *wanted* (saved or not) would link, suggest and leave; nothing is written."""
    chosen, found = rules.of(wanted), Preview()
    unknown: list[int] = []  # matches of companies whose id says nothing
    mine = Match.objects.filter(company__connection=connection_id, company__deleted_at__isnull=True).by_machine()
    for some in matches.chunks(mine.order_by("pk").values_list("pk", "company_id")):
        by_id = matches.verdicts([company for _, company in some], {connection_id: chosen})
        for pk, company in some:
            if by_id[company].state == "unmatched":
                unknown.append(pk)
            else:
                _count(found, by_id[company].state)
    if chosen.by_name.mode == "off":
        found.left += len(unknown)
        return found
    return _with_names(found, unknown, {connection_id: chosen})


def _with_names(found: Preview, unknown: list[int], chosen: Mapping[int, rules.Rules]) -> Preview:
    """*found*, with what names say of the matches *unknown*."""
    step = max(1, ceil(len(unknown) / SAMPLE))
    some, known = unknown[::step], arranged.customers()
    looks = [
        one for lot in matches.chunks(some) for one in naming.looked_at(Match.objects.filter(pk__in=lot), known, chosen)
    ]
    found.looked_at, found.of = len(looks), len(unknown)
    states = Counter(one.found.state for one in looks)
    told = {state: round(count * len(unknown) / len(looks)) for state, count in states.items() if state != "unmatched"}
    for state, count in told.items():
        _count(found, state, count)
    found.left += len(unknown) - sum(told.values())
    return found


def _count(found: Preview, state: str, count: int = 1) -> None:
    name = {"auto": "linked", "suggested": "suggested", "conflict": "conflicts"}[state]
    setattr(found, name, getattr(found, name) + count)


def candidates(company: Company, held: MatchingRules) -> list[tuple[str, Candidate]]:
    """All customers that the company may be, each with its name, the likeliest first; the rejected left out.

    *held* are the rules of its connection, whose mode does not count.
    """
    rejected = matches.rejections([company.pk]).get(company.pk, set())
    known = arranged.customers()
    found = names.candidates(naming.subject(company), known, rules=rules.of(held).by_name)
    return [(known.named(one.customer), one) for one in found if one.customer not in rejected]


def history(*, after: str | None = None, before: str | None = None) -> keyset.Page[Decision]:
    """A page of the workspace's decisions, the newest first; each has `companies`, how many it was about, and the
    name of one of them as `first_company`.
    """
    first = Change.objects.filter(decision=OuterRef("pk")).order_by("pk").values("company__name")[:1]
    rows = Decision.objects.annotate(companies=Count("changes"), first_company=Subquery(first))
    return keyset.page(rows, order=HISTORY, after=after, before=before)
