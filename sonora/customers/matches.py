"""Which companies are which customers, as far as ids tell. What a person decided stays."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TypeVar

from django.db import transaction

from sonora.core import clock
from sonora.customers import matching, rewrite, rules
from sonora.customers.models import Company, ExternalId, Match, Rejection
from sonora.workspaces.scoping import scope

T = TypeVar("T")
AT_ONCE = 1_000  # companies; SQLite and PostgreSQL both take as many parameters


def match_by_external_id(workspace_id: int, company_pks: Collection[int] | None = None) -> set[int]:
    """Match the companies *company_pks* (None: all) of a workspace by the ids that Sonora knows.

    A company whose `company_id` is the id of exactly one customer becomes that customer's; of two customers, a
    conflict; of none, unmatched. Customers that a person rejected do not count. Confirmed, ignored and manual matches
    are left alone; what was found by name stays until names are looked at again, which is due for all others.
    Doing it twice changes nothing. Returns the primary keys of the companies whose customer changed.
    """
    with scope(workspace=workspace_id):
        moved: set[int] = set()
        for some in chunks(present(company_pks)):
            with transaction.atomic():
                moved |= _match(workspace_id, some)
        return moved


def look_at_names_again(company_pks: Iterable[int] | None = None) -> int:
    """Names, websites or people of *company_pks*, or (None) customers, are others now: matches are to be found anew.

    What people decided stays. Returns how many companies became due by it.
    """
    if company_pks is None:
        return Match.objects.filter(names_due=False).by_machine().update(names_due=True)
    due = Match.objects.filter(names_due=False).by_machine()
    return sum(due.filter(company__in=some).update(names_due=True) for some in chunks(company_pks))


def rejections(company_pks: Collection[int]) -> dict[int, set[int]]:
    """The customers that people said each of *company_pks* is not."""
    found: dict[int, set[int]] = {}
    for company, customer in Rejection.objects.filter(company__in=company_pks).values_list("company_id", "customer_id"):
        found.setdefault(company, set()).add(customer)
    return found


def chunks(items: Iterable[T], size: int = AT_ONCE) -> Iterator[list[T]]:
    """*items* in lists of at most *size*."""
    left = iter(items)
    while some := list(islice(left, size)):
        yield some


def present(company_pks: Collection[int] | None) -> Iterable[int]:
    """*company_pks*; None means every company that is not deleted."""
    if company_pks is not None:
        return company_pks
    return list(Company.objects.filter(deleted_at__isnull=True).order_by("pk").values_list("pk", flat=True))


def _match(workspace_id: int, company_pks: Sequence[int]) -> set[int]:
    held = {match.company_id: match for match in Match.objects.filter(company__in=company_pks).select_for_update()}
    decided = {company for company, match in held.items() if not match.is_by_machine}
    found = verdicts([pk for pk in company_pks if pk not in decided], rules.by_connection())
    now = clock.now()
    fresh = [_new(workspace_id, pk, verdict, now) for pk, verdict in found.items() if pk not in held]
    rewrite.add(fresh)
    moved = {match.company_id for match in fresh if match.customer_id}
    return moved | _revise([(held[pk], verdict) for pk, verdict in found.items() if pk in held], now)


def verdicts(company_pks: Sequence[int], chosen: Mapping[int, rules.Rules]) -> dict[int, matching.Verdict]:
    """What the ids say of *company_pks* under the rules *chosen* for their connections."""
    companies = Company.objects.filter(pk__in=company_pks).values_list("pk", "company_id", "connection_id")
    known = _known(company_id for _, company_id, _ in companies)
    rejected = rejections(company_pks)
    return {
        pk: matching.by_external_id(
            company_id,
            _counting(known, company_id, rejected.get(pk, set()), chosen.get(connection, rules.DEFAULT)),
        )
        for pk, company_id, connection in companies
    }


Known = dict[str, list[matching.KnownId]]


def _known(company_ids: Iterable[str]) -> Known:
    wanted = {key for company_id in company_ids for key in matching.keys(company_id)}
    found: Known = {}
    for some in chunks(wanted):
        rows = ExternalId.objects.filter(key__in=some).order_by("pk")
        for pk, customer, source, value, key in rows.values_list("pk", "customer_id", "source", "value", "key"):
            found.setdefault(key, []).append(matching.KnownId(pk=pk, customer=customer, source=source, value=value))
    return found


def _counting(known: Known, company_id: str, rejected: set[int], chosen: rules.Rules) -> list[matching.KnownId]:
    if not chosen.by_id:
        return []
    same = (one for key in matching.keys(company_id) for one in known.get(key, ()))
    return [one for one in same if one.customer not in rejected and chosen.source in {"", one.source}]


def _new(workspace_id: int, company: int, verdict: matching.Verdict, now: int) -> Match:
    return _apply(Match(workspace_id=workspace_id, company_id=company, decided_at=now), verdict)


def _revise(pairs: Sequence[tuple[Match, matching.Verdict]], now: int) -> set[int]:
    changed: list[Match] = []
    same: list[Match] = []
    moved: set[int] = set()
    for match, verdict in pairs:
        before, customer = rewrite.facts(match), rewrite.linked_to(match)
        if verdict.state != "unmatched" or match.method != Match.Method.NAME:
            _apply(match, verdict)
        match.names_due = True
        (changed if before != rewrite.facts(match) else same).append(match)
        if customer != rewrite.linked_to(match):
            moved.add(match.company_id)
    rewrite.save(changed, now=now)
    Match.objects.filter(pk__in=[match.pk for match in same], names_due=False).update(names_due=True)
    return moved


def _apply(match: Match, verdict: matching.Verdict) -> Match:
    match.state = Match.State(verdict.state)
    match.customer_id = verdict.known.customer if verdict.known else None
    match.external_id_id = verdict.known.pk if verdict.known else None
    match.method = "" if verdict.state == "unmatched" else Match.Method.EXTERNAL_ID
    match.score = None
    match.reasons = list(verdict.reasons)
    match.doubt = Match.Doubt.TWO_IDS if verdict.state == "conflict" else ""
    match.has_rivals = False
    return match
