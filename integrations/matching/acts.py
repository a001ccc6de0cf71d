"""What a person decides about one company: the act, its trace in the audit trail, and what it did in a sentence."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest

from sonora.conversations import effects, following
from sonora.core import words
from sonora.customers import decisions
from sonora.customers.decisions import Done
from sonora.customers.models import Company, Customer, Match
from sonora.workspaces import audit

PAST = {
    "link": "linked",
    "reject": "rejected",
    "ignore": "ignored",
    "reconsider": "taken_up",
    "create": "customer_created",
}


class Unknown(Exception):
    """Nobody can ask for that: the form was made up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One decision as a form sends it; `seen` is the token of the page, `customer` a primary key."""

    act: str
    company: Company
    customer: int | None
    seen: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What to tell the person, and the decision that can be undone; None where it was so already."""

    said: str
    decision: int | None


def decide(asked: Asked, *, by: str, request: HttpRequest | None = None) -> Result:
    """Carry out *asked* for *by* (an e-mail), inside the scope of the workspace.

    Raises Unknown for an act that is none, decisions.Refused (Outdated among them) as `decisions` does.
    """
    company = asked.company
    done = following.follow(company.workspace_id, _carried_out(asked, by))
    if done.decision is None:
        return Result(said="It was so already. Nothing changed.", decision=None)
    match = Match.objects.select_related("customer").get(company=company)
    name = match.customer.name if match.customer else ""
    detail = {"company": company.pk, "customer": name or _named(asked.customer), "decision": done.decision.pk}
    audit.record(
        f"match.{PAST[asked.act]}",
        subject=str(company),
        detail=detail,
        request=request,
        workspace=company.workspace_id,
        actor=by,
    )
    return Result(said=_said(asked, name), decision=done.decision.pk)


def _carried_out(asked: Asked, by: str) -> Callable[[], Done]:
    company, customer, seen = asked.company.pk, asked.customer, asked.seen
    if asked.act == "ignore":
        return lambda: decisions.ignore(company, by=by, reason=asked.reason, seen=seen)
    if asked.act == "reconsider":
        return lambda: decisions.reconsider(company, by=by, seen=seen)
    if asked.act == "create":
        return lambda: decisions.create_customer(company, by=by, seen=seen)
    if asked.act in ("link", "reject") and customer is not None:
        act = decisions.link if asked.act == "link" else decisions.reject
        return lambda: act(company, customer, by=by, seen=seen)
    raise Unknown


def _named(customer: int | None) -> str:
    found = Customer.objects.filter(pk=customer).values_list("name", flat=True).first() if customer else None
    return found or ""


def _said(asked: Asked, name: str) -> str:
    company = asked.company
    if asked.act in ("link", "create"):
        return belongs(effects.of([company.pk])[company.pk], name)
    if asked.act == "ignore":
        return f"{company} is ignored."
    if asked.act == "reject":
        return f"{company} is not {_named(asked.customer) or 'that customer'}. It is not suggested again."
    return f"{company} is matched again." if name else f"{company} is unmatched now."


def belongs(effect: effects.Effect, name: str) -> str:
    """What belongs to the customer *name* now."""
    talks = words.counted(effect.conversations, "conversation")
    people = words.counted(effect.people, "person,people")
    one = (effect.conversations, effect.people) == (0, 0)
    return f"Linked to {name}. It has no conversations yet." if one else f"{talks} and {people} now belong to {name}."
