"""Write many rows at once: insert what is new, replace what is older, leave the rest alone.

Django's `bulk_create(update_conflicts=True)` has no WHERE, so it lets an older version overwrite a newer one.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

from django.db import models, transaction
from django.db.utils import DEFAULT_DB_ALIAS
from django_scopes.exceptions import ScopeError
from django_scopes.state import get_scope

from sonora.core.text import clean_json, clean_text
from sonora.core.upsert_sql import Newer, Statement, write

__all__ = ["Key", "Newer", "Row", "Written", "ids_by_key", "upsert"]

Row = dict[str, Any]
Key = Any  # the value of a key of one column, else the tuple of its values

KEYS_PER_QUERY = 500
WITHOUT_TEXT = frozenset({int, bool, float})


@dataclass(frozen=True, slots=True)
class Written:
    """The rows that a call really changed: their keys, each with its primary key."""

    inserted: dict[Key, Any] = field(default_factory=dict)
    updated: dict[Key, Any] = field(default_factory=dict)


def upsert(
    model: type[models.Model],
    rows: Iterable[Row],
    *,
    key: Sequence[str],
    newer: Newer | str | None = None,
    update: Collection[str] | None = None,
    using: str = DEFAULT_DB_ALIAS,
) -> Written:
    """Write *rows* (dicts by attribute name, such as ``company_id``, all with the same names) in one transaction.

    *key* names the columns of a unique constraint without a condition. A row whose key is stored replaces the stored
    one when *newer* allows (a column's name means that column on both sides; None means always) and when it differs;
    *update* names the columns to replace, by default all but the key. Columns that the rows leave out get the field's
    default when inserted and stay as they are when updated. Of several rows with one key the one is written that
    would win if they came one after the other.

    Writing the same rows twice changes nothing. Raises ValueError for rows with differing or unknown names, ScopeError
    for rows of a workspace that is not the active one, and the database's IntegrityError or DataError.
    """
    batch = [
        {name: value if not value or type(value) in WITHOUT_TEXT else _clean(value) for name, value in row.items()}
        for row in rows
    ]
    if not batch:
        return Written()
    _refuse_other_workspaces(batch)
    guard = Newer(stored=(newer,), incoming=newer) if isinstance(newer, str) else newer
    statement = Statement.of(model, batch, key=tuple(key), newer=guard, update=update)
    with transaction.atomic(using=using, savepoint=False):
        found = write(statement, _one_per_key(batch, _key_of(key), guard), using=using)
    written = Written()
    for *values, pk, is_new in found:
        (written.inserted if is_new else written.updated)[_key(values)] = pk
    return written


def ids_by_key(
    model: type[models.Model],
    key: str | Sequence[str],
    keys: Iterable[Key],
    *,
    using: str = DEFAULT_DB_ALIAS,
    **filters: Any,
) -> dict[Key, Any]:
    """The primary keys of the rows of *model* whose *key* (one attribute name, or several) is among *keys*.

    The answer has no entry for a key that is not stored. *filters* narrow the rows, as in ``filter()``. Runs inside
    the scope of its workspace; one query for each 500 keys, since a statement of SQLite has few variables.
    """
    names = (key,) if isinstance(key, str) else tuple(key)
    wanted = list(dict.fromkeys(keys))
    queryset = model._default_manager.using(using).filter(**filters)  # noqa: SLF001 - Django documents it
    found: dict[Key, Any] = {}
    for start in range(0, len(wanted), KEYS_PER_QUERY):
        chunk = wanted[start : start + KEYS_PER_QUERY]
        # Each column for itself, so a few rows too many may come; the last line leaves them out.
        columns = [chunk] if len(names) == 1 else [list(dict.fromkeys(column)) for column in zip(*chunk, strict=True)]
        among = {f"{name}__in": values for name, values in zip(names, columns, strict=True)}
        found |= {_key(values): pk for *values, pk in queryset.filter(**among).values_list(*names, "pk")}
    return {one: found[one] for one in wanted if one in found}


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return clean_text(value)
    return clean_json(value) if isinstance(value, dict | list | tuple) else value


def _key_of(names: Sequence[str]) -> Callable[[Row], Key]:
    return itemgetter(*names)


def _key(values: Sequence[Any]) -> Key:
    return values[0] if len(values) == 1 else tuple(values)


def _refuse_other_workspaces(batch: Sequence[Row]) -> None:
    """SQL of our own passes by the scoped managers, so it asks the same question."""
    active: dict[str, Any] = get_scope()
    if "workspace_id" not in batch[0] or not active.get("_enabled", True):
        return
    workspace = active.get("workspace")
    if workspace is None:
        raise ScopeError("These rows belong to a workspace: write them inside scope(workspace=…).")
    allowed = getattr(workspace, "pk", workspace)
    if any(row["workspace_id"] != allowed for row in batch):
        raise ScopeError("A row of another workspace than the active one was about to be written.")


def _one_per_key(batch: Sequence[Row], key_of: Callable[[Row], Key], newer: Newer | None) -> list[Row]:
    """The winner for each key (PostgreSQL touches a row once a statement); sorted, so that writers cannot deadlock."""
    winners: dict[Key, Row] = {}
    for row in batch:
        one = key_of(row)
        if one not in winners or newer is None or newer.lets_in(row, over=winners[one]):
            winners[one] = row
    return [winners[one] for one in sorted(winners)]
