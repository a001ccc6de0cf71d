"""What people decide about companies. Each act is remembered whole, so that it can be undone, and is final until then.

All of it runs inside the scope of the workspace, each act in one transaction; `sonora.conversations.following` gives
the conversations along.
"""

import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction

from sonora.core import clock
from sonora.customers import matches, rewrite
from sonora.customers.matching import domains
from sonora.customers.matching.ids import keys
from sonora.customers.models import Change, Company, Customer, Decision, ExternalId, Match, Rejection

SOURCE = "intercom"  # of the id of a customer that was created from a company


class Refused(Exception):
    """It cannot be done; the text says why, for a person."""


class Outdated(Refused):
    """Somebody decided, or the company changed, since the page was shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """A company that an act left as it was, and why, for a person."""

    company: int
    why: str


@dataclass(slots=True, kw_only=True)
class Done:
    """What an act did: the decision (None: it was so already), the companies whose customer changed, and the rest."""

    decision: Decision | None = None
    changed: int = 0
    moved: set[int] = field(default_factory=set)
    free: set[int] = field(default_factory=set)  # companies that Sonora is to match by name again
    skipped: list[Skipped] = field(default_factory=list)
    names_later: bool = False  # whether matching by name is left to the next sync


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One kind of decision: what it makes of a match, and the customer that it rejects for each company."""

    kind: Decision.Kind
    by: str
    change: Callable[[Match], None]
    rejects: Mapping[int, int] = field(default_factory=dict)


def token(match: Match) -> str:
    """What a page remembers of the company that it shows; another one when the match or the company changed."""
    company = match.company
    facts = "\n".join((company.company_id, company.name, company.website, str(company.deleted_at)))
    return f"{match.version}-{zlib.crc32(facts.encode())}"


def link(company: int, customer: int, *, by: str, seen: str = "") -> Done:
    """*by* (an e-mail) says that the company is the customer. *seen* is the page's `token`; empty: whatever it showed.

    Raises Outdated when the page is out of date, Refused when either is gone.
    """
    with transaction.atomic():
        match = _held(company)
        if match.state == Match.State.CONFIRMED and match.customer_id == customer:
            return Done()
        _check(match, seen)
        name = _customer(customer).name
        proposed = match.customer_id == customer and match.method != ""
        kind = Decision.Kind.ACCEPT if proposed else Decision.Kind.LINK
        return decide([match], Act(kind=kind, by=by, change=_linked(customer, name, by=by, proposed=proposed)))


def reject(company: int, customer: int, *, by: str, seen: str = "") -> Done:
    """*by* says that the company is not the customer: a link between them ends, and none is proposed again.

    Raises Outdated or Refused, as `link` does.
    """
    with transaction.atomic():
        match = _held(company)
        if Rejection.objects.filter(company=company, customer=customer).exists():
            return Done()
        _check(match, seen)
        _customer(customer)
        theirs = match.is_by_machine or match.customer_id == customer
        change = release if theirs else _leave
        return decide([match], Act(kind=Decision.Kind.REJECT, by=by, change=change, rejects={company: customer}))


def ignore(company: int, *, by: str, reason: str = "", seen: str = "") -> Done:
    """*by* takes the company out of the queue, for *reason*. Raises Outdated or Refused, as `link` does."""
    with transaction.atomic():
        match = _held(company)
        if match.state == Match.State.IGNORED:
            return Done()
        _check(match, seen)
        return decide([match], Act(kind=Decision.Kind.IGNORE, by=by, change=_ignored(reason.strip()[:200], by=by)))


def reconsider(company: int, *, by: str, seen: str = "") -> Done:
    """*by* gives the company back to Sonora to match. Raises Outdated or Refused, as `link` does."""
    with transaction.atomic():
        match = _held(company)
        if match.is_by_machine:
            return Done()
        _check(match, seen)
        return decide([match], Act(kind=Decision.Kind.RECONSIDER, by=by, change=release))


def create_customer(company: int, *, by: str, seen: str = "") -> Done:
    """*by* makes a customer of the company, with its name, its domain and its id if nobody has it.

    Raises Outdated or Refused, as `link` does, and Refused for a company without a name.
    """
    with transaction.atomic():
        match = _held(company)
        _check(match, seen)
        customer = _created(match.company, by)
        act = Act(kind=Decision.Kind.CREATE, by=by, change=_linked(customer.pk, customer.name, by=by, proposed=False))
        return decide([match], act, created=customer)


def decide(held: list[Match], act: Act, *, created: Customer | None = None) -> Done:
    """Apply *act* to matches that are locked, remember it, and match by id anew what it left free."""
    now = clock.now()
    before = {match.company_id: (rewrite.facts(match), rewrite.linked_to(match)) for match in held}
    for match in held:
        act.change(match)
    _reject(held[0].workspace_id, act, now=now)
    rewrite.save(held, now=now)
    free = match_free(held)
    after = {match.company_id: match for match in Match.objects.filter(pk__in=[match.pk for match in held])}
    decision = Decision.objects.create(
        workspace_id=held[0].workspace_id, kind=act.kind, by=act.by, at=now, created_customer=created
    )
    Change.objects.bulk_create(
        Change(
            workspace_id=decision.workspace_id,
            decision=decision,
            company_id=company,
            rejected_id=act.rejects.get(company),
            before=facts,
            after=rewrite.facts(after[company]),
        )
        for company, (facts, _) in before.items()
    )
    moved = {company for company, (_, customer) in before.items() if customer != rewrite.linked_to(after[company])}
    return Done(decision=decision, changed=len(held), moved=moved, free=free)


def _reject(workspace: int, act: Act, *, now: int) -> None:
    Rejection.objects.bulk_create(
        Rejection(workspace_id=workspace, company_id=company, customer_id=customer, by=act.by, at=now)
        for company, customer in act.rejects.items()
    )


def match_free(held: Sequence[Match]) -> set[int]:
    """Match those of *held* that nobody decided about by id; returns their companies, whose names are due."""
    free = {match.company_id for match in held if match.is_by_machine}
    if free:
        matches.match_by_external_id(held[0].workspace_id, free)
    return free


# ---- What an act makes of a match ----


def _linked(customer: int, name: str, *, by: str, proposed: bool) -> Callable[[Match], None]:
    def change(match: Match) -> None:
        if not proposed:
            match.method, match.score, match.external_id_id = Match.Method.MANUAL, None, None
            match.reasons = [f"{by} linked it to {name}"]
        match.customer_id, match.state, match.doubt, match.decided_by = customer, Match.State.CONFIRMED, "", by

    return change


def _ignored(reason: str, *, by: str) -> Callable[[Match], None]:
    def change(match: Match) -> None:
        release(match)
        match.state, match.decided_by = Match.State.IGNORED, by
        match.reasons = [reason or "Ignored"]

    return change


def release(match: Match) -> None:
    """Nobody decided about *match*, and nothing is known of it."""
    for name, value in Match.FREE.items():
        setattr(match, name, value)


def _leave(match: Match) -> None:
    """The match is about another customer."""


# ---- What it needs ----


def lock(companies: Iterable[int]) -> list[Match]:
    """The matches of *companies* (primary keys) with them, held until the transaction ends."""
    rows = Match.objects.filter(company__in=list(companies)).order_by("pk")
    return list(rows.select_related("company").select_for_update(of=("self",)))


def _held(company: int) -> Match:
    found = lock([company])
    if not found or found[0].company.deleted_at is not None:
        raise Refused("This company was deleted in Intercom.")
    return found[0]


def _check(match: Match, seen: str) -> None:
    if seen and seen != token(match):
        raise Outdated(f"{who(match)} changed this a moment ago. Review and try again.")


def who(match: Match) -> str:
    """Who changed *match* last, for a sentence."""
    return match.decided_by or "Sonora"


def _customer(pk: int) -> Customer:
    customer = Customer.objects.filter(pk=pk).first()
    if customer is None:
        raise Refused("This customer was deleted. Choose another.")
    return customer


def _created(company: Company, by: str) -> Customer:
    if not company.name.strip():
        raise Refused("This company has no name. Name it in Intercom first.")
    customer = Customer.objects.create(
        workspace_id=company.workspace_id,
        name=company.name,
        domain=domains.of_website(company.website),
        created_at=clock.now(),
    )
    if (known := keys(company.company_id)) and not ExternalId.objects.filter(key__in=known).exists():
        ExternalId.objects.create(
            workspace_id=company.workspace_id,
            customer=customer,
            source=SOURCE,
            value=company.company_id.strip(),
            set_by=by,
        )
    return customer
