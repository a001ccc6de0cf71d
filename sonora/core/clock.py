"""The one clock: Unix seconds of the database in production, whatever a test or the simulation says elsewhere."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connections
from django.db.models import BigIntegerField, Func, Value
from django.db.models.expressions import Combinable, RawSQL
from django.db.utils import DEFAULT_DB_ALIAS

POSTGRESQL = "floor(extract(epoch FROM clock_timestamp()))::bigint"
SQLITE = "CAST((julianday('now') - 2440587.5) * 86400 AS integer)"  # `unixepoch` is not in every version


def now(using: str = DEFAULT_DB_ALIAS) -> int:
    """Unix seconds (UTC). Asks PostgreSQL, whose clock all machines share; SQLite's is this machine's."""
    if _replacement is not None:
        return _replacement()
    connection = connections[using]
    if connection.vendor != "postgresql":
        return int(time.time())
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {POSTGRESQL}")
        return int(cursor.fetchone()[0])


def expression(using: str = DEFAULT_DB_ALIAS) -> Combinable:
    """`now()` as a column of a question that is asked anyway: PostgreSQL need not be asked twice."""
    if _replacement is None and connections[using].vendor == "postgresql":
        return RawSQL(POSTGRESQL, (), output_field=BigIntegerField())  # noqa: S611  nothing of it comes from outside
    return Value(now(using), output_field=BigIntegerField())


class Moment(Func):
    """The database's own clock, as the default of a column that triggers leave out; no replacement reaches there."""

    output_field = BigIntegerField()
    arity = 0

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        return super().as_sql(compiler, connection, template=SQLITE, **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        return super().as_sql(compiler, connection, template=POSTGRESQL, **context)


@contextmanager
def use(source: Callable[[], int]) -> Iterator[None]:
    """Within the block every thread of this process takes the time from *source*, which gives Unix seconds."""
    global _replacement  # noqa: PLW0603 - one clock for all threads, so neither a local nor a context variable
    before, _replacement = _replacement, source
    try:
        yield
    finally:
        _replacement = before


@contextmanager
def fixed(seconds: int) -> Iterator[None]:
    """Within the block it is always *seconds* (Unix)."""
    with use(lambda: seconds):
        yield


_replacement: Callable[[], int] | None = None
