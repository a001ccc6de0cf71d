"""Rows by the million: made by the database itself, with its triggers and slow indexes out of the way."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.db.models import Model


def add(model: type[Model], source: str, names: dict[str, Any], **columns: str) -> None:
    """Insert rows of *model* made from *source* (what follows FROM).

    *columns* are its columns as SQL; those left out get the default of their field, or of the database. *names* are
    values of both.
    """
    defaults = {f"default_{column}": value for column, value in _defaults(model, columns).items()}
    values = {**columns, **{name.removeprefix("default_"): f"%({name})s" for name in defaults}}
    listed = ", ".join(f'"{column}"' for column in values)
    execute(
        f"INSERT INTO {table(model)} ({listed}) SELECT {', '.join(values.values())} FROM {source}", names | defaults
    )


def numbers(count: str) -> str:
    """A table `numbers` with a column `n` from 0 on, as long as the value named *count*."""
    counting = f"SELECT CAST(0 AS bigint) UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < %({count})s"
    return f"(WITH RECURSIVE numbers(n) AS ({counting}) SELECT n FROM numbers) AS numbers"


def table(model: type[Model]) -> str:
    return model._meta.db_table  # noqa: SLF001 - Django documents it


def execute(sql: str, names: dict[str, Any] | None = None) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL statement_timeout = 0")
            cursor.execute("SET LOCAL session_replication_role = replica")  # the rows are right: no rule need look
            cursor.execute("SET LOCAL maintenance_work_mem = '1GB'")
        cursor.execute(sql, names)


@contextmanager
def without_indexes(models: Sequence[type[Model]]) -> Iterator[None]:
    """The tables of *models* without the indexes that no constraint needs, which are made anew at the end.

    SQLite keeps them: its search index lives from triggers.
    """
    found = _indexes(models) if connection.vendor == "postgresql" else {}
    for name in found:
        execute(f'DROP INDEX "{name}"')
    yield
    for definition in found.values():
        execute(definition)


def settle() -> None:
    """Count and clean as the databases do by themselves some time after so many rows came."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET statement_timeout = 0")
            cursor.execute("VACUUM (ANALYZE)")
            cursor.execute("RESET statement_timeout")
        else:
            cursor.execute("ANALYZE")


def _defaults(model: type[Model], given: dict[str, str]) -> dict[str, Any]:
    every = model._meta.concrete_fields  # noqa: SLF001 - Django documents it
    left = [one for one in every if one.column not in given and not one.null and not one.has_db_default()]
    return {
        one.column: one.get_db_prep_save(one.get_default(), connection)
        for one in left
        if not one.get_internal_type().endswith("AutoField")
    }


def _indexes(models: Sequence[type[Model]]) -> dict[str, str]:
    """The definitions of indexes by name."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY(%s) AND NOT EXISTS "
            "(SELECT 1 FROM pg_constraint WHERE conname = indexname)",
            [[table(model) for model in models]],
        )
        return dict(cursor.fetchall())
