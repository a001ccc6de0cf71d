"""A database of its own for each life, in memory: a copy of the migrated one, which takes a millisecond."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

_template: sqlite3.Connection | None = None


@contextmanager
def empty() -> Iterator[None]:
    """Within the block Django's connection leads to an empty database in memory. SQLite only, one thread only."""
    before = connection.connection
    own = connection.get_new_connection({**connection.get_connection_params(), "database": ":memory:"})
    own.isolation_level = None  # transactions begin where Django says so
    _migrated().backup(own)
    connection.connection = own
    try:
        yield
    finally:
        revive()
        connection.connection = before
        own.close()


def revive() -> None:
    """What a new process finds after another one died: nothing of the transaction that it had open."""
    connection.connection.rollback()
    connection.in_atomic_block = connection.needs_rollback = False
    connection.autocommit = True
    connection.savepoint_ids.clear()
    connection.atomic_blocks.clear()
    connection.run_on_commit.clear()


def _migrated() -> sqlite3.Connection:
    global _template  # noqa: PLW0603 - one copy a process
    if _template is None:
        connection.ensure_connection()
        _template = sqlite3.connect(":memory:")
        connection.connection.backup(_template)
    return _template
