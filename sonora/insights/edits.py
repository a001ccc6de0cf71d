"""Changing requests and quotes so that it can be taken back: which columns of which rows, and what they held before."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sonora.insights.models import Evidence, FeatureRequest, RequestChange, RequestDecision

AT_ONCE = 500  # rows
Columns = dict[str, Any]  # by attribute: `request_id`, not `request`


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """The rows of *model* with these primary keys get *columns*."""

    model: type[FeatureRequest] | type[Evidence]
    rows: Sequence[int]
    columns: Columns


def carry_out(edits: Iterable[Edit], *, version: int) -> list[RequestChange]:
    """Write *edits* and tell what really changed, row by row, for a decision to remember.

    The workspace's groups are locked at *version*, so nobody else changes these rows meanwhile.
    """
    return [change for edit in edits for some in _chunks(edit.rows) for change in _carry_out(edit, some, version)]


def _carry_out(edit: Edit, some: Sequence[int], version: int) -> list[RequestChange]:
    rows = edit.model._default_manager.filter(pk__in=some).values("pk", "workspace_id", *edit.columns)  # noqa: SLF001 - Django documents it
    changes = [_change(edit, row) for row in rows.order_by("pk")]
    changed = [change for change in changes if change.before != change.after]
    moved = {"version": version} if edit.model is FeatureRequest else {}
    pks = [change.request_id or change.evidence_id for change in changed]
    edit.model._default_manager.filter(pk__in=pks).update(**edit.columns, **moved)  # noqa: SLF001 - Django documents it
    return changed


def _change(edit: Edit, row: Columns) -> RequestChange:
    owner = "request_id" if edit.model is FeatureRequest else "evidence_id"
    before = {name: row[name] for name in edit.columns}
    return RequestChange(
        workspace_id=row["workspace_id"], before=before, after=dict(edit.columns), **{owner: row["pk"]}
    )


def remember(changes: Iterable[RequestChange], decision: RequestDecision) -> None:
    """Keep *changes* as those of *decision*."""
    rows = list(changes)
    for change in rows:
        change.decision = decision
    RequestChange.objects.bulk_create(rows, batch_size=AT_ONCE)


def _chunks(rows: Sequence[int]) -> Iterable[Sequence[int]]:
    return (rows[start : start + AT_ONCE] for start in range(0, len(rows), AT_ONCE))
