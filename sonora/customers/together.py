"""What people decide about many companies at once, of which each has a customer suggested; as in `decisions`."""

from collections.abc import Callable, Mapping

from django.db import transaction

from sonora.customers.decisions import Act, Done, Skipped, decide, lock, release, token, who
from sonora.customers.models import Decision, Match


def link_suggested(chosen: Mapping[int, str], *, by: str, least: int = 0) -> Done:
    """*by* links all companies of *chosen* (company → the page's `token`) to the customers suggested for them.

    What changed since, is in conflict or has a score below *least* is skipped and told.
    """
    with transaction.atomic():
        fit, skipped = _fit(chosen, least)
        done = decide(fit, Act(kind=Decision.Kind.BULK, by=by, change=_accept(by))) if fit else Done()
    done.skipped = skipped
    return done


def reject_suggested(chosen: Mapping[int, str], *, by: str) -> Done:
    """*by* says that none of *chosen* is the customer suggested for it, nor is to be suggested again; as above."""
    with transaction.atomic():
        fit, skipped = _fit(chosen, 0)
        pairs = {match.company_id: match.customer_id for match in fit if match.customer_id is not None}
        act = Act(kind=Decision.Kind.NONE_OF_THESE, by=by, change=release, rejects=pairs)
        done = decide(fit, act) if fit else Done()
    done.skipped = skipped
    return done


def _fit(chosen: Mapping[int, str], least: int) -> tuple[list[Match], list[Skipped]]:
    """Those of *chosen* that can be decided together, locked, and the others with the reason."""
    held = {match.company_id: match for match in lock(chosen)}
    why = {company: _unfit(held.get(company), seen, least) for company, seen in chosen.items()}
    skipped = [Skipped(company=company, why=reason) for company, reason in why.items() if reason]
    return [held[company] for company, reason in why.items() if not reason], skipped


def _unfit(match: Match | None, seen: str, least: int) -> str:
    """Why a company cannot be decided together with others; empty when it can."""
    if match is None or match.company.deleted_at is not None:
        return "It was deleted in Intercom."
    if seen and seen != token(match):
        return f"{who(match)} changed it since."
    if match.state == Match.State.CONFLICT:
        return "Two customers are equally likely."
    if match.state != Match.State.SUGGESTED or match.customer_id is None:
        return "No customer is suggested."
    return "" if (match.score or 0) >= least else f"Its score is below {least}."


def _accept(by: str) -> Callable[[Match], None]:
    def change(match: Match) -> None:
        match.state, match.doubt, match.decided_by = Match.State.CONFIRMED, "", by

    return change
