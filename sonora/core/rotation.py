"""Brings stored secrets under the first of FIELD_ENCRYPTION_KEYS, so that an old key can be taken away."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import connections, models, router, transaction

from sonora.core.encrypted import CredentialsUnreadable, EncryptedField, Sealed, is_under_first_key, reencrypt, unseal

BATCH = 200  # rows in one transaction: a run that is stopped has lost none of the batches before


@dataclass(slots=True)
class Rotation:
    """What became of the secrets of one column."""

    label: str  # such as integrations.Connection.token
    rotated: int = 0
    current: int = 0  # under the first key already
    changed: int = 0  # replaced by somebody else between reading and writing
    unreadable: list[str] = field(default_factory=list)  # the row and why


def encrypted_columns() -> Iterator[tuple[type[models.Model], EncryptedField]]:
    """Every EncryptedField of the installed models."""
    for model in apps.get_models():
        for one in model._meta.concrete_fields:  # noqa: SLF001 - Django documents it
            if isinstance(one, EncryptedField) and one.model is model:
                yield model, one


def rotate(model: type[models.Model], column: EncryptedField) -> Rotation:
    """Re-encrypt what is not under the first key. Rows that cannot be read are named and left as they are.

    Running it again goes on where it was stopped. Looks across workspaces, as only maintenance may.
    """
    result = Rotation(label=f"{model._meta.label}.{column.name}")  # noqa: SLF001 - Django documents it
    last: Any = None
    while rows := _rows_after(model, column, last):
        with transaction.atomic(using=router.db_for_write(model)):
            for pk, workspace_id, sealed in rows:
                _rotate_row(model, column, result, pk=pk, workspace_id=workspace_id, sealed=sealed)
        last = rows[-1][0]
    return result


def _rows_after(model: type[models.Model], column: EncryptedField, last: Any) -> list[tuple[Any, int, Sealed]]:
    rows = model._base_manager.filter(**{f"{column.name}__isnull": False}).order_by("pk")  # noqa: SLF001 - unscoped
    if last is not None:
        rows = rows.filter(pk__gt=last)
    return list(rows.values_list("pk", "workspace_id", column.name)[:BATCH])


def _rotate_row(
    model: type[models.Model], column: EncryptedField, result: Rotation, *, pk: Any, workspace_id: int, sealed: Sealed
) -> None:
    try:
        unseal(sealed, workspace_id=workspace_id)
        if is_under_first_key(sealed.ciphertext):
            result.current += 1
        elif _replace(model, column, pk=pk, old=sealed.ciphertext, new=reencrypt(sealed.ciphertext)):
            result.rotated += 1
        else:
            result.changed += 1
    except CredentialsUnreadable as error:
        result.unreadable.append(f"{model._meta.label} {pk}: {error}")  # noqa: SLF001 - Django documents it


def _replace(model: type[models.Model], column: EncryptedField, *, pk: Any, old: str, new: str) -> bool:
    """Whether the row still held *old*: a token that was changed meanwhile is not put back."""
    connection = connections[router.db_for_write(model)]
    meta, quote = model._meta, connection.ops.quote_name  # noqa: SLF001 - Django documents it
    table, name, key = quote(meta.db_table), quote(str(column.column)), quote(str(meta.pk.column))
    with connection.cursor() as cursor:
        # The field refuses lookups, so this is said in SQL.
        cursor.execute(f"UPDATE {table} SET {name} = %s WHERE {key} = %s AND {name} = %s", [new, pk, old])  # noqa: S608
        return bool(cursor.rowcount == 1)
