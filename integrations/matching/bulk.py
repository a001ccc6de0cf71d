"""Linking or rejecting many suggested companies together: what it would do, then what it did and what it skipped."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest

from integrations.models import Connection
from sonora.conversations import effects, following
from sonora.conversations.effects import Effect
from sonora.core import typed
from sonora.customers import decisions, matches, queue, together
from sonora.customers.models import Company, Match
from sonora.workspaces import audit

SAMPLES = 5
MOST = 10_000  # companies at once

Chosen = dict[int, str]  # primary key of a company → the token that the page showed
ACTS: Mapping[str, tuple[Callable[..., decisions.Done], str]] = {  # what is done, and what the audit trail calls it
    "link": (together.link_suggested, "match.linked_together"),
    "reject": (together.reject_suggested, "match.rejected_together"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What would be decided; `text` carries the choice on to the confirming form."""

    companies: int
    effect: Effect
    samples: list[Match]
    skipped: int  # in conflict, or with no customer suggested by now
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Skip:
    name: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What was done. `decision` can be undone; None where nothing was decided."""

    changed: int
    effect: Effect
    skipped: list[Skip]
    names_later: bool
    decision: int | None


def every(connection_id: int, wanted: queue.Filter) -> Chosen:
    """Every company that passes *wanted*, as it is now."""
    shown = queue.shown(connection_id, wanted).select_related("company").order_by("pk")
    return {match.company_id: decisions.token(match) for match in shown[:MOST]}


def read(texts: Sequence[str]) -> Chosen:
    """The choice that forms send as "company:token", several with commas between them; what is none is left out."""
    chosen: Chosen = {}
    for part in ",".join(texts).split(","):
        company, _, token = part.partition(":")
        key = typed.key(company)
        if key is not None and len(chosen) < MOST:
            chosen[key] = token
    return chosen


def preview(connection: Connection, chosen: Chosen) -> Preview:
    """What deciding about *chosen* would concern; nothing is written."""
    shown = queue.shown(connection.pk, queue.Filter())
    fit = [
        pk
        for some in matches.chunks(chosen)
        for pk in shown.filter(company__in=some).values_list("company_id", flat=True)
    ]
    return Preview(
        companies=len(fit),
        effect=effects.total(fit),
        samples=_samples(fit),
        skipped=len(chosen) - len(fit),
        text=",".join(f"{company}:{token}" for company, token in chosen.items()),
    )


def _samples(companies: Sequence[int]) -> list[Match]:
    """Those of *companies* with the most conversations."""
    found: list[Match] = []
    for some in matches.chunks(companies):
        rows = queue.with_conversations(Match.objects.filter(company__in=some)).select_related("company", "customer")
        found += rows.order_by(*queue.ORDER)[:SAMPLES]
    return sorted(found, key=lambda match: (-match.affected, match.pk))[:SAMPLES]  # type: ignore[attr-defined]


def decide(connection: Connection, act: str, chosen: Chosen, *, by: str, request: HttpRequest | None = None) -> Summary:
    """Link *chosen* to the customers suggested for them, or reject those, for *by* (an e-mail).

    *act* is one of `ACTS`. Runs inside the workspace's scope.
    """
    carry_out, action = ACTS[act]
    done = following.follow(connection.workspace_id, lambda: carry_out(chosen, by=by))
    skipped = {one.company for one in done.skipped}
    effect = effects.total([pk for pk in chosen if pk not in skipped])
    if done.decision is not None:
        detail = {
            "companies": done.changed,
            "conversations": effect.conversations,
            "people": effect.people,
            "skipped": len(skipped),
            "decision": done.decision.pk,
        }
        audit.record(
            action,
            subject=connection.provider,
            detail=detail,
            request=request,
            workspace=connection.workspace_id,
            actor=by,
        )
    names = {pk: name for some in matches.chunks(skipped) for pk, name in _names(some)}
    return Summary(
        changed=done.changed,
        effect=effect,
        skipped=[Skip(name=names.get(one.company, ""), why=one.why) for one in done.skipped],
        names_later=done.names_later,
        decision=done.decision.pk if done.decision else None,
    )


def _names(companies: Sequence[int]) -> list[tuple[int, str]]:
    return list(Company.objects.filter(pk__in=companies).values_list("pk", "name"))
