"""Which companies are which customers, as far as ids tell. What a person decided stays."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

from django.db import transaction

from sonora.core import clock
from sonora.customers import matching
from sonora.customers.models import Company, ExternalId, Match
from sonora.workspaces.scoping import scope

T = TypeVar("T")
AT_ONCE = 1_000  # companies; SQLite and PostgreSQL both take as many parameters


def match_by_external_id(workspace_id: int, company_pks: Collection[int] | None = None) -> set[int]:
    """Match the companies *company_pks* (None: all) of a workspace by the ids that Sonora knows.

    A company whose `company_id` is the id of exactly one customer becomes that customer's; of two customers, a
    conflict; of none, unmatched. Confirmed, ignored and manual matches, and suggestions by name, are left alone.
    Doing it twice changes nothing. Returns the primary keys of the companies whose customer changed.
    """
    with scope(workspace=workspace_id):
        moved: set[int] = set()
        for some in _chunks(_pks(company_pks)):
            with transaction.atomic():
                moved |= _match(workspace_id, some)
        return moved


def _pks(company_pks: Collection[int] | None) -> Iterable[int]:
    if company_pks is not None:
        return company_pks
    return list(Company.objects.filter(deleted_at__isnull=True).order_by("pk").values_list("pk", flat=True))


def _chunks(items: Iterable[T]) -> Iterator[list[T]]:
    left = iter(items)
    while some := list(islice(left, AT_ONCE)):
        yield some


def _match(workspace_id: int, company_pks: Sequence[int]) -> set[int]:
    company_ids = dict(Company.objects.filter(pk__in=company_pks).values_list("pk", "company_id"))
    held = {match.company_id: match for match in Match.objects.filter(company__in=company_ids).select_for_update()}
    mine = set(Match.objects.filter(company__in=company_ids).by_machine().values_list("company_id", flat=True))
    known = _known(company_ids.values())
    verdicts = {
        pk: matching.by_external_id(
            company_id, [one for key in matching.keys(company_id) for one in known.get(key, ())]
        )
        for pk, company_id in company_ids.items()
        if pk not in held or pk in mine
    }
    now = clock.now()
    fresh = [_new(workspace_id, pk, verdict, now) for pk, verdict in verdicts.items() if pk not in held]
    Match.objects.bulk_create(fresh, ignore_conflicts=True)
    moved = {match.company_id for match in fresh if match.customer_id}
    return moved | _revise([(held[pk], verdict) for pk, verdict in verdicts.items() if pk in held], now)


def _known(company_ids: Iterable[str]) -> dict[str, list[matching.KnownId]]:
    wanted = {key for company_id in company_ids for key in matching.keys(company_id)}
    found: dict[str, list[matching.KnownId]] = {}
    rows = ExternalId.objects.filter(key__in=wanted).order_by("pk")
    for pk, customer, source, value, key in rows.values_list("pk", "customer_id", "source", "value", "key"):
        found.setdefault(key, []).append(matching.KnownId(pk=pk, customer=customer, source=source, value=value))
    return found


def _new(workspace_id: int, company: int, verdict: matching.Verdict, now: int) -> Match:
    return _apply(Match(workspace_id=workspace_id, company_id=company, decided_at=now), verdict)


def _revise(pairs: Sequence[tuple[Match, matching.Verdict]], now: int) -> set[int]:
    changed, moved = [], set()
    for match, verdict in pairs:
        if verdict.state == "unmatched" and match.method == Match.Method.NAME:
            continue  # found by its name, and no id says otherwise
        before = _facts(match)
        customer = match.customer_id if match.state in Match.LINKING else None
        if before != _facts(_apply(match, verdict)):
            match.decided_at = now
            changed.append(match)
        if customer != match.customer_id:
            moved.add(match.company_id)
    Match.objects.bulk_update(changed, [*_FACTS, "decided_at"])
    return moved


_FACTS = ("customer_id", "external_id_id", "state", "method", "score", "reasons")


def _facts(match: Match) -> tuple[object, ...]:
    return tuple(getattr(match, name) for name in _FACTS)


def _apply(match: Match, verdict: matching.Verdict) -> Match:
    match.state = Match.State(verdict.state)
    match.customer_id = verdict.known.customer if verdict.known else None
    match.external_id_id = verdict.known.pk if verdict.known else None
    match.method = "" if verdict.state == "unmatched" else Match.Method.EXTERNAL_ID
    match.score = None
    match.reasons = list(verdict.reasons)
    return match
