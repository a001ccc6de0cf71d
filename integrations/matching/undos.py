"""Taking a decision back, its trace in the audit trail, and what it did in a sentence."""

from dataclasses import dataclass

from django.http import HttpRequest

from sonora.conversations import following
from sonora.core import words
from sonora.customers import undoing
from sonora.customers.models import Company, Decision
from sonora.workspaces import audit

NAMED = 3  # companies that could not be put back


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """What to tell the person, and how many companies could not be put back."""

    said: str
    skipped: int


def undo(decision: Decision, *, by: str, request: HttpRequest | None = None) -> Undone:
    """Undo *decision* for *by* (an e-mail), inside the scope of its workspace; twice does nothing more."""
    done = following.follow(decision.workspace_id, lambda: undoing.undo(decision.pk, by=by))
    if done.decision is None:
        return Undone(said="It is undone already.", skipped=0)
    detail = {"decision": decision.pk, "companies": done.changed, "skipped": len(done.skipped)}
    audit.record(
        "match.undone",
        subject=decision.get_kind_display(),
        detail=detail,
        request=request,
        workspace=decision.workspace_id,
        actor=by,
    )
    said = f"Undone. {words.counted(done.changed, 'company is as it was,companies are as they were')}."
    if done.names_later:
        said += " The next sync looks at their names again."
    if done.skipped:
        names = dict(Company.objects.filter(pk__in=[one.company for one in done.skipped]).values_list("pk", "name"))
        told = "; ".join(f"{names.get(one.company, '')}: {one.why}" for one in done.skipped[:NAMED])
        said += f" {words.thousands(len(done.skipped))} left as now. {told}"
    return Undone(said=said, skipped=len(done.skipped))
