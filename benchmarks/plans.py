"""Which large tables a piece of work reads from end to end, by the database's own plans."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

LARGE = ("conversations_conversation", "conversations_message", "conversations_conversationcontact")
PLANNED = ("SELECT", "UPDATE", "DELETE", "INSERT", "WITH")


@contextmanager
def watched() -> Iterator[set[str]]:
    """Ask for the plan of each statement before it runs. What is given grows: `table: the statement that scans it`."""
    found: set[str] = set()
    scanned_in = _by_postgresql if connection.vendor == "postgresql" else _by_sqlite

    def explained(execute: Callable[..., Any], sql: str, parameters: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 - Django's signature
        if not many and sql.lstrip().startswith(PLANNED):
            found.update(f"{table}: {' '.join(sql.split())[:300]}" for table in scanned_in(sql, parameters, context))
        return execute(sql, parameters, many, context)

    with connection.execute_wrapper(explained):
        yield found


def _by_postgresql(sql: str, parameters: Any, context: Any) -> set[str]:
    with context["connection"].connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", parameters)
        plan = cursor.fetchone()[0]
    return set(_sequential(json.loads(plan) if isinstance(plan, str) else plan))


def _sequential(node: Any) -> Iterator[str]:
    """The large tables under all nodes of a plan that are sequential scans."""
    if isinstance(node, list):
        for one in node:
            yield from _sequential(one)
    elif isinstance(node, dict):
        if node.get("Node Type") == "Seq Scan" and node["Relation Name"] in LARGE:
            yield node["Relation Name"]
        for one in node.values():
            yield from _sequential(one)


def _by_sqlite(sql: str, parameters: Any, context: Any) -> set[str]:
    """A step that begins with SCAN reads a whole table, or a whole index.

    Of an INSERT it also lists what foreign keys would have it do if a conflict changed a primary key, which none does.
    """
    if sql.lstrip().startswith("INSERT"):
        return set()
    marks = sql.replace("%s", "?").replace("%%", "%")
    plan = context["connection"].connection.execute(f"EXPLAIN QUERY PLAN {marks}", parameters or ())
    steps = [row[3].split() for row in plan]
    return {step[1] for step in steps if step[0] == "SCAN" and step[1] in LARGE}
