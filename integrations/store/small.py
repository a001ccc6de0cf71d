"""Teammates, teams and tags: lists that come whole, so what is missing from one is gone."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import models
from django.db.models import Q

from integrations.records import TagRecord, TeammateRecord, TeamRecord
from integrations.store.holder import Holder, Saved
from sonora.conversations.models import Tag, Team, Teammate
from sonora.core.upsert import upsert


def save_teammates(holder: Holder, records: Sequence[TeammateRecord], *, at: int, whole: bool) -> Saved:
    """*whole* is whether this is the complete list: one object of it that could not be read means it is not."""
    rows = {one.external_id: {"name": one.name, "email": one.email, "job_title": one.job_title} for one in records}
    return _save_list(Teammate, holder, rows, at=at, whole=whole)


def save_teams(holder: Holder, records: Sequence[TeamRecord], *, at: int, whole: bool) -> Saved:
    return _save_list(Team, holder, {one.external_id: {"name": one.name} for one in records}, at=at, whole=whole)


def save_tags(holder: Holder, records: Sequence[TagRecord], *, at: int, whole: bool) -> Saved:
    return _save_list(Tag, holder, {one.external_id: {"name": one.name} for one in records}, at=at, whole=whole)


def _save_list(
    model: type[models.Model], holder: Holder, rows: Mapping[str, Mapping[str, Any]], *, at: int, whole: bool
) -> Saved:
    held = model._default_manager.filter(connection_id=holder.connection_id)  # noqa: SLF001 - Django's documented accessor
    before = {
        row.pop("external_id"): row
        for row in held.filter(fetched_at__isnull=False).values("external_id", *_names(rows))
    }
    full = [
        {**holder.owner, "external_id": one, **row, "fetched_at": at, "deleted_at": None} for one, row in rows.items()
    ]
    written = upsert(model, full, key=("connection_id", "external_id"))
    holder.remember(model, written.inserted)
    if whole:
        held.filter(Q(fetched_at__lte=at), deleted_at__isnull=True).exclude(external_id__in=list(rows)).update(
            deleted_at=at
        )
    return Saved(read=len(rows), changed=sum(before.get(one) != dict(row) for one, row in rows.items()))


def _names(rows: Mapping[str, Mapping[str, Any]]) -> list[str]:
    return list(next(iter(rows.values()), {}))
