"""All that a database says of its tables, in texts to compare; in which order a table has its columns is left out."""

import re
from collections.abc import Iterator
from typing import Any

from django.db import connection

# Two columns each: what it is of, and what it is.
OF_POSTGRESQL = (
    """
    SELECT format('%s.%s', attrelid::regclass, attname), concat_ws(' ', format_type(atttypid, atttypmod),
        attcollation::regcollation, attnotnull, attidentity, attgenerated, pg_get_expr(adbin, adrelid))
    FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
    LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v') AND attnum > 0 AND NOT attisdropped
    """,
    """
    SELECT format('%s %s', conrelid::regclass, conname), pg_get_constraintdef(oid)
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    """,
    "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    "SELECT proname, pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
    """
    SELECT seqrelid::regclass::text, concat_ws(' ', seqtypid::regtype, seqstart, seqincrement, seqmin, seqmax, seqcycle)
    FROM pg_sequence
    """,
)
OF_SQLITE = "SELECT type || ' ' || name, sql FROM sqlite_master WHERE sql IS NOT NULL"
TABLE = re.compile(r'CREATE TABLE "?\w+"? \((.*)\)', re.DOTALL)


def schema() -> set[tuple[str, str]]:
    """Columns, defaults, keys, constraints, indexes, triggers and functions of the database that Django leads to."""
    queries = OF_POSTGRESQL if connection.vendor == "postgresql" else (OF_SQLITE,)
    with connection.cursor() as cursor:
        return {found for query in queries for found in _answered(cursor, query)}


def _answered(cursor: Any, query: str) -> Iterator[tuple[str, str]]:
    cursor.execute(query)
    for name, text in cursor.fetchall():
        table = TABLE.fullmatch(text)
        yield from ((name, piece) for piece in (_pieces(table[1]) if table else [text]))


def _pieces(body: str) -> Iterator[str]:
    """The columns and constraints of a table: what stands between its commas, but for those within brackets."""
    depth, piece = 0, ""
    for sign in body:
        depth += (sign == "(") - (sign == ")")
        if sign == "," and depth == 0:
            yield piece.strip()
            piece = ""
        else:
            piece += sign
    yield piece.strip()


def rows() -> dict[str, int]:
    """How many rows each table has."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        return {table: _count(cursor, table) for table in tables}


def _count(cursor: Any, table: str) -> int:
    cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")
    return cursor.fetchone()[0]
