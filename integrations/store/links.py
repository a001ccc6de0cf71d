"""Rows that only join two objects: what is listed stays, what is not listed any more goes."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db import models

from sonora.core.upsert import upsert

Pairs = Mapping[int, Mapping[int, Mapping[str, Any]]]  # parent pk → child pk → further columns


def replace(
    model: type[models.Model],
    wanted: Pairs,
    *,
    parent: str,
    child: str,
    workspace_id: int,
    keep: Collection[int] = (),
) -> set[int]:
    """Make the links of each parent in *wanted* exactly what is listed; parents in *keep* lose none.

    Returns the parents whose links changed.
    """
    manager = model._default_manager  # noqa: SLF001 - Django's documented accessor
    held: dict[int, dict[int, int]] = {}
    for pk, parent_id, child_id in manager.filter(**{f"{parent}_id__in": list(wanted)}).values_list(
        "pk", f"{parent}_id", f"{child}_id"
    ):
        held.setdefault(parent_id, {})[child_id] = pk
    gone = [
        (parent_id, pk)
        for parent_id, children in held.items()
        if parent_id not in keep
        for child_id, pk in children.items()
        if child_id not in wanted[parent_id]
    ]
    if gone:
        manager.filter(pk__in=[pk for _, pk in gone]).delete()
    written = upsert(model, _rows(wanted, parent, child, workspace_id), key=(f"{parent}_id", f"{child}_id"))
    return {parent_id for parent_id, _ in gone} | {key[0] for key in written.inserted}


def _rows(wanted: Pairs, parent: str, child: str, workspace_id: int) -> Iterable[dict[str, Any]]:
    return [
        {"workspace_id": workspace_id, f"{parent}_id": parent_id, f"{child}_id": child_id, **columns}
        for parent_id, children in wanted.items()
        for child_id, columns in children.items()
    ]
