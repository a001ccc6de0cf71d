"""Rules that the database itself keeps, as migration operations for SQLite and PostgreSQL.

SQLite and later migrations: Django changes a table of SQLite by copying it. The copy has no triggers, and a table that
a trigger elsewhere mentions cannot be renamed at all ("error in trigger …: no such table"). So a migration that alters
a table with such rules wraps its operations: ``KeepTriggers(migrations.AlterField(…), …)``.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Protocol

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.utils import truncate_name
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from sonora.core.migrating import Installs
from sonora.core.trigger_sql import Trigger

LONGEST_NAME = 63  # PostgreSQL cuts what is longer


class Installed(Protocol):
    """A trigger: its name, and the statements that install and remove it."""

    @property
    def name(self) -> str: ...

    def create(self, connection: BaseDatabaseWrapper) -> list[str]: ...

    def drop(self, connection: BaseDatabaseWrapper) -> list[str]: ...


class TriggerOperation(Installs):
    """Installs triggers; reversible."""

    def triggers(self) -> Sequence[Installed]:
        raise NotImplementedError

    @property
    def names(self) -> set[str]:
        """What `installed_triggers` lists once this operation has run."""
        return {trigger.name for trigger in self.triggers()}

    def install(self, schema_editor: BaseDatabaseSchemaEditor) -> None:
        for trigger in self.triggers():
            for statement in trigger.create(schema_editor.connection):
                schema_editor.execute(statement)

    def remove(self, schema_editor: BaseDatabaseSchemaEditor) -> None:
        for trigger in self.triggers():
            for statement in trigger.drop(schema_editor.connection):
                schema_editor.execute(statement)


class SameWorkspace(TriggerOperation):
    """A row and the parent it points to share their workspace; the database refuses what breaks that.

    A row of *child_table* whose *column* is not NULL needs a row of *parent_table* with that id and the same
    ``workspace_id``, at INSERT and whenever one of the two columns changes; and a parent with such children cannot
    change its workspace. What is refused surfaces as django.db.IntegrityError.
    """

    def __init__(self, child_table: str, column: str, parent_table: str) -> None:
        self.child_table = child_table
        self.column = column
        self.parent_table = parent_table

    def describe(self) -> str:
        return f"Keep {self.child_table}.{self.column} within its workspace"

    def triggers(self) -> list[Trigger]:
        message = f"{self.child_table}.{self.column}: a row and its parent belong to the same workspace"
        parent = (
            f"SELECT 1 FROM {{{self.parent_table}}} AS parent "  # noqa: S608 - names of tables, quoted later
            f"WHERE parent.{{id}} = NEW.{{{self.column}}} AND parent.{{workspace_id}} = NEW.{{workspace_id}}"
        )
        child = f"SELECT 1 FROM {{{self.child_table}}} AS child WHERE child.{{{self.column}}} = NEW.{{id}}"  # noqa: S608
        pointed = f"NEW.{{{self.column}}} IS NOT NULL"
        moved = "NEW.{workspace_id} <> OLD.{workspace_id}"
        changed = f"(OLD.{{{self.column}}} IS NULL OR NEW.{{{self.column}}} <> OLD.{{{self.column}}} OR {moved})"
        name = f"same_workspace_{self.child_table}_{self.column}"
        child_table, missing, both = self.child_table, f"NOT EXISTS ({parent})", (self.column, "workspace_id")
        inserted = Trigger(_name(name, "ins"), child_table, "INSERT", (), pointed, missing, message)
        updated = Trigger(_name(name, "upd"), child_table, "UPDATE", both, f"{pointed} AND {changed}", missing, message)
        parent_moved = Trigger(
            _name(name, "par"), self.parent_table, "UPDATE", ("workspace_id",), moved, f"EXISTS ({child})", message
        )
        return [inserted, updated, parent_moved]


class AppendOnly(TriggerOperation):
    """Rows of *table* are written once: UPDATE and DELETE of any row surface as django.db.IntegrityError."""

    def __init__(self, table: str) -> None:
        self.table = table

    def describe(self) -> str:
        return f"Refuse to change or delete rows of {self.table}"

    def triggers(self) -> list[Trigger]:
        message = f"{self.table}: rows are written once, never changed or deleted"
        return [
            Trigger(_name(f"append_only_{self.table}", end), self.table, event, (), "", "TRUE", message)
            for end, event in (("upd", "UPDATE"), ("del", "DELETE"))
        ]


class RenewTriggers(Operation):
    """Installs the triggers of *operations* again on *vendor*: what they do there is written in another way now."""

    reversible = True

    def __init__(self, *operations: TriggerOperation, vendor: str = "postgresql") -> None:
        self.operations, self.vendor = operations, vendor

    def describe(self) -> str:
        return f"Install the triggers of {len(self.operations)} rules again"

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Models know nothing of triggers."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        if schema_editor.connection.vendor == self.vendor:
            for operation in self.operations:
                operation.database_backwards(app_label, schema_editor, from_state, to_state)
                operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """They keep the same rules either way."""


class KeepTriggers(Operation):
    """Runs *operations* with the triggers of SQLite set aside, and puts them back; elsewhere it just runs them."""

    def __init__(self, *operations: Operation) -> None:
        self.operations = operations

    @property
    def reversible(self) -> bool:  # type: ignore[override]
        return all(operation.reversible for operation in self.operations)

    def describe(self) -> str:
        return "; ".join(operation.describe() for operation in self.operations)

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:  # noqa: ARG002 - Django's signature
        with set_aside(schema_editor.connection):
            before = from_state
            for operation in self.operations:
                after = before.clone()
                operation.state_forwards(app_label, after)
                operation.database_forwards(app_label, schema_editor, before, after)
                before = after

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:  # noqa: ARG002 - Django's signature
        states = [to_state]
        for operation in self.operations:
            after = states[-1].clone()
            operation.state_forwards(app_label, after)
            states.append(after)
        with set_aside(schema_editor.connection):
            for position in reversed(range(len(self.operations))):
                operation = self.operations[position]
                operation.database_backwards(app_label, schema_editor, states[position + 1], states[position])


@contextmanager
def set_aside(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Within the block an SQLite database has no triggers; afterwards it has them again. Run it in a transaction."""
    if connection.vendor != "sqlite":
        yield
        return
    kept = _execute(connection, "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    for name, _ in kept:
        _execute(connection, f"DROP TRIGGER {connection.ops.quote_name(name)}")
    yield
    for _, sql in kept:
        _execute(connection, sql)


def installed_triggers(connection: BaseDatabaseWrapper) -> set[str]:
    """The names of all triggers in the database, but for PostgreSQL's own."""
    if connection.vendor == "postgresql":
        rows = _execute(connection, "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
    else:
        rows = _execute(connection, "SELECT name FROM sqlite_master WHERE type = 'trigger'")
    return {row[0] for row in rows}


def _name(start: str, end: str) -> str:
    return truncate_name(f"{start}_{end}", LONGEST_NAME)


def _execute(connection: BaseDatabaseWrapper, sql: str) -> Sequence[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall() if cursor.description else []
