"""The SQL of `sonora.core.upsert`, for both databases.

PostgreSQL gets the batch as one JSON text: of executemany, VALUES, arrays, COPY and this, it took the least time of
client and server for 64 to 1,000 rows. SQLite gets VALUES lists, which cost no more than executemany and can return
what was written.
"""

import sqlite3
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from math import isfinite
from typing import TYPE_CHECKING, Any, Self, cast

import msgspec
from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

if TYPE_CHECKING:
    Column = models.Field[Any, Any]
else:
    Column = models.Field  # has no type arguments at run time

Row = dict[str, Any]
Found = list[tuple[Any, ...]]  # the values of the key, the primary key, and whether the row is new

ROWS_PER_STATEMENT = 200
# What a column takes as it is. Django's own conversion would give it back unchanged, after four calls of Python.
AS_IS: dict[type[Column], type] = {
    models.CharField: str,
    models.TextField: str,
    models.IntegerField: int,
    models.BigIntegerField: int,
    models.BigAutoField: int,
    models.BooleanField: bool,
}


@dataclass(frozen=True, slots=True)
class Newer:
    """When a stored row gives way: the least of its *stored* columns is at most the *incoming* column's new value.

    A stored NULL counts as older than everything; an incoming NULL replaces nothing but such a row.
    """

    stored: tuple[str, ...]
    incoming: str

    def lets_in(self, row: Row, *, over: Row) -> bool:
        """Whether *row* replaces *over*; both are dicts by attribute name."""
        ours, theirs = [over[name] for name in self.stored], row[self.incoming]
        return None in ours or (theirs is not None and min(ours) <= theirs)


@dataclass(frozen=True, slots=True)
class Statement:
    """What to write where; everything in it comes from the model, nothing from the data."""

    table: str
    fields: tuple[Column, ...]
    defaults: Row
    key: tuple[Column, ...]
    replaced: tuple[Column, ...]
    stored: tuple[str, ...]  # columns of the guard
    incoming: str  # its column; empty: no guard
    pk: str

    @classmethod
    def of(
        cls,
        model: type[models.Model],
        batch: Sequence[Row],
        *,
        key: tuple[str, ...],
        newer: Newer | None,
        update: Collection[str] | None,
    ) -> Self:
        """Raises ValueError when the rows differ in their names or name something that the model has not."""
        meta = model._meta  # noqa: SLF001 - Django documents it
        known = {field.attname: field for field in meta.concrete_fields}
        names = batch[0].keys()
        used = {*names, *key, *(update or ()), *((*newer.stored, newer.incoming) if newer else ())}
        if unknown := used - known.keys():
            raise ValueError(f"{model.__name__} has no column {', '.join(sorted(unknown))}.")
        if any(row.keys() != names for row in batch) or not names >= set(key):
            raise ValueError(f"All rows for {model.__name__} need the same names, those of the key among them.")
        replaced = [name for name in names if name not in key] if update is None else list(update)
        defaults = _defaults(meta.concrete_fields, names)
        return cls(
            table=meta.db_table,
            fields=tuple(known[name] for name in (*names, *defaults)),
            defaults=defaults,
            key=tuple(known[name] for name in key),
            replaced=tuple(known[name] for name in replaced),
            stored=tuple(_column(known[name]) for name in newer.stored) if newer else (),
            incoming=_column(known[newer.incoming]) if newer else "",
            pk=_column(meta.pk),
        )


def _defaults(fields: Sequence[Column], given: Collection[str]) -> Row:
    absent = [f for f in fields if f.attname not in given and not (f.primary_key or f.generated or f.has_db_default())]
    return {f.attname: default for f in absent if (default := f.get_default()) is not None}


def _column(field: Column) -> str:
    return cast("str", field.column)  # the fields here are concrete


def write(statement: Statement, rows: Sequence[Row], *, using: str) -> Found:
    """Write *rows*, in which no key comes twice, and say which were written. Runs in the caller's transaction."""
    connection = connections[using]
    back_end = _write_json if connection.vendor == "postgresql" else _write_values
    return back_end(statement, [{**statement.defaults, **row} for row in rows], connection)


def _columns(
    fields: Sequence[Column], rows: Sequence[Row], convert: Callable[[Column, Any], Any]
) -> Iterator[list[Any]]:
    """The values of each column, those by *convert* that the column does not take as they are."""
    for field in fields:
        name, kind = field.attname, _as_is(field)
        values = [row[name] for row in rows]
        yield [value if value is None or type(value) is kind else convert(field, value) for value in values]


def _as_is(field: Column) -> type | None:
    own = type(field)
    return _as_is(field.target_field) if own is models.ForeignKey else AS_IS.get(own)  # type: ignore[attr-defined]


# ---- PostgreSQL ----------------------------------------------------------------------------------------------------
def _write_json(statement: Statement, rows: Sequence[Row], connection: BaseDatabaseWrapper) -> Found:
    columns = [_column(field) for field in statement.fields]
    values = _columns(statement.fields, rows, lambda field, value: _json_value(field.get_prep_value(value)))
    batch = [dict(zip(columns, row, strict=True)) for row in zip(*values, strict=True)]
    quote = connection.ops.quote_name
    names = ", ".join(map(quote, columns))
    sql = (
        f"INSERT INTO {quote(statement.table)} AS stored ({names}) "  # noqa: S608 - names of the model
        f"SELECT {names} FROM json_populate_recordset(NULL::{quote(statement.table)}, %s) "
        f"{_conflict(statement, connection)} RETURNING {_key_names(statement, connection)}, stored.xmax = 0"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [msgspec.json.encode(batch).decode()])
        return list(cursor.fetchall())


def _json_value(value: Any) -> Any:
    """*value* so that PostgreSQL reads it back from JSON as the column's type."""
    if isinstance(value, float) and not isfinite(value):
        return str(value)
    if isinstance(value, bytes | bytearray | memoryview):
        return "\\x" + bytes(value).hex()
    return value


# ---- SQLite --------------------------------------------------------------------------------------------------------
def _write_values(statement: Statement, rows: Sequence[Row], connection: BaseDatabaseWrapper) -> Found:
    limit = connection.connection.getlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER)
    size = max(1, min(ROWS_PER_STATEMENT, limit // len(statement.fields)))
    quote = connection.ops.quote_name
    found: Found = []
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT coalesce(max(rowid), 0) FROM {quote(statement.table)}")  # noqa: S608 - the model's name
        last = cursor.fetchone()[0]  # the write lock is held, so a higher rowid is a row of this call
        for start in range(0, len(rows), size):
            chunk = rows[start : start + size]
            columns = _columns(statement.fields, chunk, lambda field, value: field.get_db_prep_save(value, connection))
            values = list(chain.from_iterable(zip(*columns, strict=True)))
            cursor.execute(_values_sql(statement, len(chunk), connection), values)
            found += [(*row, rowid > last) for *row, rowid in cursor.fetchall()]
    return found


def _values_sql(statement: Statement, count: int, connection: BaseDatabaseWrapper) -> str:
    quote = connection.ops.quote_name
    names = ", ".join(quote(_column(field)) for field in statement.fields)
    marks = f"({', '.join(['%s'] * len(statement.fields))})"
    return (
        f"INSERT INTO {quote(statement.table)} AS stored ({names}) VALUES {', '.join([marks] * count)} "  # noqa: S608 - names of the model
        f"{_conflict(statement, connection)} RETURNING {_key_names(statement, connection)}, rowid"
    )


# ---- Both ----------------------------------------------------------------------------------------------------------
def _key_names(statement: Statement, connection: BaseDatabaseWrapper) -> str:
    names = [*(_column(field) for field in statement.key), statement.pk]
    return ", ".join(connection.ops.quote_name(name) for name in names)


def _conflict(statement: Statement, connection: BaseDatabaseWrapper) -> str:
    quote = connection.ops.quote_name
    target = f"ON CONFLICT ({', '.join(quote(_column(field)) for field in statement.key)})"
    if not statement.replaced:
        return f"{target} DO NOTHING"
    columns = [quote(_column(field)) for field in statement.replaced]
    differs = "IS DISTINCT FROM" if connection.vendor == "postgresql" else "IS NOT"
    wheres = [" OR ".join(f"stored.{column} {differs} excluded.{column}" for column in columns)]
    if statement.incoming:
        # least(a, b) <= x, said so that both databases treat NULL alike
        new = f"excluded.{quote(statement.incoming)}"
        olds = [f"stored.{quote(name)}" for name in statement.stored]
        wheres.append(" OR ".join(f"{old} IS NULL OR {old} <= {new}" for old in olds))
    sets = ", ".join(f"{column} = excluded.{column}" for column in columns)
    return f"{target} DO UPDATE SET {sets} WHERE ({') AND ('.join(wheres)})"
