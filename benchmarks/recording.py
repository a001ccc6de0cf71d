"""What a piece of work writes to the database, noted as it goes, to be written again to a copy of the same database."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest import mock

from django.db import connection as database

READS = ("SELECT", "BEGIN")  # how statements begin that change nothing; SQLite's own transactions go as ours


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One statement as Django sent it. *rows*: how many it changed; None: its answer was still to be read then."""

    sql: str
    params: Any = None
    many: bool = False
    rows: int | None = None


class Differs(Exception):
    """Written again, a statement changed more rows or fewer than it had: the copy is not of the same database."""


@dataclass(slots=True)
class Recorder:
    """Notes the writing statements of this process's connection, with where its transactions begin and end."""

    statements: list[Statement] = field(default_factory=list)
    _is_open: bool = False

    @contextmanager
    def listening(self) -> Iterator[None]:
        with ExitStack() as stack:
            stack.enter_context(database.execute_wrapper(self._noted))
            for word in ("commit", "rollback"):
                ended = self._ended(word, getattr(database, word))
                stack.enter_context(mock.patch.object(database, word, ended))
            yield

    def taken(self) -> list[Statement]:
        """What was noted since it was last asked."""
        taken, self.statements = self.statements, []
        return taken

    def _noted(self, execute: Callable[..., Any], sql: str, params: Any, *rest: Any) -> Any:
        many, context = rest
        found = execute(sql, params, many, context)
        if not sql.startswith(READS):
            if database.in_atomic_block and not self._is_open:
                self._add(Statement(sql="BEGIN"), is_open=True)
            rows = None if context["cursor"].description else context["cursor"].rowcount
            noted = Statement(sql=sql, params=[*map(_plain, params)] if params else params, many=many, rows=rows)
            self._add(noted, is_open=self._is_open)
        return found

    def _ended(self, word: str, really: Callable[[], None]) -> Callable[[], None]:
        def end() -> None:
            really()
            if self._is_open:
                self._add(Statement(sql=word.upper()), is_open=False)

        return end

    def _add(self, statement: Statement, *, is_open: bool) -> None:
        self.statements.append(statement)
        self._is_open = is_open


def _plain(value: Any) -> Any:
    """*value* so that it can be handed over to another process."""
    return bytes(value) if isinstance(value, memoryview) else value


def replay(statements: Sequence[Statement]) -> None:
    """Write it all again, one statement after the other. Raises Differs."""
    with database.cursor() as cursor:
        for one in statements:
            (cursor.executemany if one.many else cursor.execute)(one.sql, one.params)
            if cursor.description:
                cursor.fetchall()
            elif one.rows is not None and cursor.rowcount != one.rows:
                raise Differs(f"{cursor.rowcount} rows instead of {one.rows}: {one.sql[:200]}")
