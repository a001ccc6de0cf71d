# ruff: noqa: S608 - names of tables and columns are our own
"""Sums over a large table that the database itself keeps while rows come, change and go, so that nobody recounts it.

PostgreSQL only adds entries with what a statement changed: nobody waits for another's transaction, and a sum over the
entries of a key is right at each commit. `settle` makes one entry of many. SQLite has one writer at a time, which
changes the one entry of a key in place. Both do it by triggers, in the transaction that changes the rows.
"""

from collections.abc import Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, models, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from sonora.core.running_total_sql import Follower, RunningTotal
from sonora.core.triggers import TriggerOperation

__all__ = ["Entry", "KeepTotals", "RunningTotal", "mend", "settle"]


class Entry(models.Model):
    """What one key holds, or what some statement changed of it: the sum over all entries of the key is what it holds.

    It has no keys to other tables: nobody waits for anybody, and entries may outlive what they were of.
    """

    settled = models.BooleanField(default=False)  # at most one of a key

    class Meta:
        abstract = True


class KeepTotals(TriggerOperation):
    """Counts what is there and keeps *totals* from then on; reversible."""

    def __init__(self, *totals: RunningTotal) -> None:
        self.totals = totals

    def describe(self) -> str:
        return f"Keep {', '.join(total.name for total in self.totals)}"

    def triggers(self) -> list[Follower]:
        return [trigger for total in self.totals for trigger in total.triggers()]

    def install(self, schema_editor: BaseDatabaseSchemaEditor) -> None:
        """The triggers come first: on PostgreSQL nobody else then writes until what is there is counted."""
        super().install(schema_editor)
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute("SET LOCAL statement_timeout = 0")  # each table is read once from end to end
        for total in self.totals:
            columns, counted = total.columns, total.counted(total.source)
            schema_editor.execute(
                f"INSERT INTO {total.table} ({columns}, settled) SELECT entry.*, TRUE FROM ({counted}) entry"
            )


def settle(totals: Sequence[RunningTotal], connection_id: int, *, using: str = DEFAULT_DB_ALIAS) -> None:
    """Make one entry for each key of a connection. *totals* are those of one table; their sums stay as they are.

    Nobody who writes rows waits for it. Entries that another process settles at this moment are left to it.
    """
    if connections[using].vendor != "postgresql":
        return  # each key has one entry anyway
    total = totals[0]
    loose = f"SELECT id FROM {total.table} WHERE connection_id = %s AND NOT settled FOR UPDATE SKIP LOCKED"
    keys, sums = ", ".join(total.key), ", ".join((*total.key, *_sums(total)))
    added = ", ".join(f"{column} = held.{column} + excluded.{column}" for column in total.amounts)
    with connections[using].cursor() as cursor:
        cursor.execute(
            f"WITH loose AS (DELETE FROM {total.table} WHERE id IN ({loose}) RETURNING *) "
            f"INSERT INTO {total.table} AS held ({total.columns}, settled) "
            f"SELECT {sums}, TRUE FROM loose GROUP BY {keys} ORDER BY {keys} "
            f"ON CONFLICT ({keys}) WHERE settled DO UPDATE SET {added}",
            [connection_id],
        )


def mend(totals: Sequence[RunningTotal], connection_id: int, *, using: str = DEFAULT_DB_ALIAS) -> list[tuple[Any, ...]]:
    """Count what is there of a connection anew and enter what the sums lacked; *totals* are those of one table.

    Returns an entry for each key that was wrong: the key, then by how much each amount was too small. Counts and enters
    in one statement, that is at one moment, so that others may go on writing. Reads whole tables.
    """
    total = totals[0]
    keys, sums = ", ".join(total.key), ", ".join((*total.key, *_sums(total)))
    mine = f"connection_id = {int(connection_id)}"
    there = [f"SELECT * FROM ({one.counted(one.source, where=mine)}) AS there" for one in totals]
    entered = ", ".join((*total.key, *(f"-{column}" for column in total.amounts)))
    wrong = " OR ".join(f"sum({column}) <> 0" for column in total.amounts)
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        if connections[using].vendor == "postgresql":
            cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute(
            f"WITH lines ({total.columns}) AS "
            f"({' UNION ALL '.join(there)} UNION ALL SELECT {entered} FROM {total.table} WHERE {mine}) "
            f"INSERT INTO {total.table} ({total.columns}, settled) "
            f"SELECT {sums}, FALSE FROM lines GROUP BY {keys} HAVING {wrong} RETURNING {total.columns}"
        )
        return list(cursor.fetchall())


def _sums(total: RunningTotal) -> list[str]:
    return [f"sum({column}) AS {column}" for column in total.amounts]
