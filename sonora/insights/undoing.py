"""Taking a decision about requests back: each row becomes what it was, unless it was decided about again since."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from sonora.core import clock
from sonora.insights import edits, versions
from sonora.insights.deciding import Refused
from sonora.insights.edits import Edit
from sonora.insights.models import Evidence, FeatureRequest, RequestChange, RequestDecision

CHANGED = "It changed since."


@dataclass(slots=True)
class Undone:
    """How many rows are as they were, and why others are not, for a person; each reason once."""

    changed: int = 0
    skipped: int = 0
    reasons: list[str] = field(default_factory=list)


def undo(decision_pk: int, *, by: str) -> Undone:
    """Undo a decision for *by* (an e-mail), inside the scope of its workspace; twice does nothing more.

    A request that the decision split off goes, if nobody asks for it any more. Raises Refused for a decision that is
    not known.
    """
    with transaction.atomic():
        decision = RequestDecision.objects.filter(pk=decision_pk).first()
        if decision is None:
            raise Refused("This decision is not known any more.")
        version = versions.advance(decision.workspace_id)
        decision.refresh_from_db()
        if decision.undone_at is not None:
            return Undone()
        decision.undone_by, decision.undone_at = by, clock.now()
        decision.save(update_fields=["undone_by", "undone_at"])
        undone = _put_back(decision, version)
        _remove_split_off(decision)
        return undone


def _put_back(decision: RequestDecision, version: int) -> Undone:
    changes = list(RequestChange.objects.filter(decision=decision).select_related("request", "evidence").order_by("pk"))
    later = _decided_since(decision)
    undone, back = Undone(), []
    for change in changes:
        why = _stands_in_the_way(change, later)
        if why:
            undone.skipped += 1
            undone.reasons += [why] if why not in undone.reasons else []
        else:
            back.append(change)
    edits.carry_out(_alike(FeatureRequest, [one for one in back if one.request_id]), version=version)
    edits.carry_out(_alike(Evidence, _at_home([one for one in back if one.evidence_id])), version=version)
    undone.changed = len(back)
    return undone


Later = dict[tuple[str, int], list[tuple[set[str], str]]]  # row → which columns somebody changed since, and who


def _decided_since(decision: RequestDecision) -> Later:
    ours = RequestChange.objects.filter(decision=decision)
    since = RequestChange.objects.filter(decision__pk__gt=decision.pk, decision__undone_at__isnull=True)
    found: Later = defaultdict(list)
    for owner in ("request", "evidence"):
        rows = since.filter(**{f"{owner}__in": ours.exclude(**{owner: None}).values(owner)})
        for row, after, by in rows.order_by("pk").values_list(owner, "after", "decision__by"):
            found[owner, row].append((set(after), by))
    return found


def _stands_in_the_way(change: RequestChange, later: Later) -> str:
    owner = "request" if change.request_id else "evidence"
    row = change.request if change.request_id else change.evidence
    for columns, by in later.get((owner, getattr(change, f"{owner}_id")), []):
        if columns & set(change.after):
            return f"{by} decided about it since."
    is_as_decided = all(getattr(row, name) == value for name, value in change.after.items())
    return "" if is_as_decided else CHANGED


def _alike(model: type[FeatureRequest] | type[Evidence], back: Sequence[RequestChange]) -> list[Edit]:
    """One edit for all rows that become the same."""
    alike: dict[Any, list[int]] = defaultdict(list)
    for change in back:
        alike[tuple(change.before.items())].append(change.request_id or change.evidence_id or 0)
    return [Edit(model=model, rows=rows, columns=dict(columns)) for columns, rows in alike.items()]


def _at_home(back: Sequence[RequestChange]) -> Sequence[RequestChange]:
    """*back*, where words that go back to a request that was merged since follow it."""
    wanted = {change.before["request_id"] for change in back if "request_id" in change.before}
    merged = FeatureRequest.objects.filter(pk__in=wanted, merged_into__isnull=False)
    homes = dict(merged.values_list("pk", "merged_into_id"))
    for change in back:
        home = change.before.get("request_id")
        if home in homes:
            change.before["request_id"] = homes[home]
    return back


def _remove_split_off(decision: RequestDecision) -> None:
    new = decision.other
    if decision.kind == RequestDecision.Kind.SPLIT and new and not Evidence.objects.filter(request=new).exists():
        new.delete()
