"""The proof of a deletion: what the last one removed, and how much of it is left, counted at this moment."""

from dataclasses import dataclass
from typing import Any

from django.db.models import IntegerField

from integrations.objects import TITLES
from integrations.tally import MODELS
from sonora.conversations.models import Message
from sonora.core.counted import Counted
from sonora.workspaces.models import AuditEntry, Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of object: how many rows the deletion removed, and how many are here now."""

    title: str
    removed: int
    left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Deletion:
    """`at` is when it was done (Unix seconds), `by` the e-mail of who wanted it; "" for the command line."""

    at: int
    by: str
    kinds: list[Kind]


def last(workspace: Workspace, provider: str) -> Deletion | None:
    """The last deletion of what came from *provider* into *workspace*, whose scope is open; two questions at most."""
    done = AuditEntry.objects.filter(action="integration.deleted", subject=provider).order_by("-at", "-pk").first()
    if done is None:
        return None
    removed, left = done.detail.get("deleted", {}), _left(workspace, provider)
    kinds = [Kind(title=title, removed=removed.get(kind, 0), left=left[kind]) for kind, title in TITLES.items()]
    return Deletion(at=done.at, by=done.actor, kinds=kinds)


def _left(workspace: Workspace, provider: str) -> dict[str, int]:
    models = {**MODELS, "messages": Message}
    here = {kind: model.objects.filter(connection__provider=provider).values("pk") for kind, model in models.items()}
    counted = {kind: Counted(rows, output_field=IntegerField()) for kind, rows in here.items()}
    found: Any = Workspace.objects.filter(pk=workspace.pk).values(**counted).get()
    return dict(found)
