# ruff: noqa: S608 - names of tables and columns are our own
"""Columns in which a row says what its parent says, kept by the database itself, so that no query asks the parent."""

from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from sonora.core.row_rules import Rule
from sonora.core.triggers import Installed, TriggerOperation


class CopyFromParent(TriggerOperation):
    """Rows of *child* say in *columns* what the row of *parent* says to which their column *link* leads.

    Whatever code writes either of them: a new row takes it over, one that is written to takes it over anew, and what
    changes in a parent changes in its rows, in the same transaction. On PostgreSQL whoever takes it over waits for
    another's transaction that changes the parent, and the other way round, so that neither misses what the other wrote;
    unless *is_fixed*: what is copied does not change once a row has such children, and nobody need wait for it.
    *key* is the primary key of *child*. Fills in what is there when it is installed; reversible.
    """

    def __init__(
        self, *, child: str, link: str, parent: str, columns: tuple[str, ...], key: str = "id", is_fixed: bool = False
    ) -> None:
        self.child, self.link, self.parent, self.columns = child, link, parent, columns
        self.key, self.is_fixed = key, is_fixed

    def describe(self) -> str:
        return f"Copy {', '.join(self.columns)} of {self.parent} into {self.child}"

    def triggers(self) -> list[Installed]:
        changed = ", ".join(f"{column} = NEW.{column}" for column in self.columns)
        passed_on = f"UPDATE {self.child} SET {changed} WHERE {self.link} = NEW.id"
        return [
            _Taken(self, "INSERT"),
            _Taken(self, "UPDATE"),
            Rule(name=f"{self.child}_told", table=self.parent, event="UPDATE", of=self.columns, does=(passed_on,)),
        ]

    def install(self, schema_editor: BaseDatabaseSchemaEditor) -> None:
        """The triggers come first: on PostgreSQL nobody else then writes until all is filled in."""
        super().install(schema_editor)
        schema_editor.execute(self.taken(f"{self.child}.{self.link}"), None)

    def taken(self, parent: str) -> str:
        """The statement that fills the columns in, from the row of the parent whose key is *parent*, as SQL."""
        columns = ", ".join(self.columns)
        return f"UPDATE {self.child} SET ({columns}) = (SELECT {columns} FROM {self.parent} WHERE id = {parent})"


@dataclass(frozen=True, slots=True)
class _Taken:
    """What a row takes over when *event* gives it a parent."""

    of: CopyFromParent
    event: str

    @property
    def name(self) -> str:
        return f"{self.of.child}_takes_{self.event.lower()}"

    def create(self, connection: BaseDatabaseWrapper) -> list[str]:
        """The statements that install it. SQLite can only change a row after it was written."""
        if connection.vendor != "postgresql":
            return self._rule.create(connection)
        columns, into = ", ".join(self.of.columns), ", ".join(f"NEW.{column}" for column in self.of.columns)
        taken = f"SELECT {columns} INTO {into} FROM {self.of.parent} WHERE id = NEW.{self.of.link}"
        lock = "" if self.of.is_fixed else " FOR SHARE"
        function = f"CREATE FUNCTION {self.name}() RETURNS trigger LANGUAGE plpgsql"
        event = " OF ".join(filter(None, (self.event, ", ".join(self._rule.of))))
        trigger = f"CREATE TRIGGER {self.name} BEFORE {event} ON {self.of.child} FOR EACH ROW"
        return [
            f"{function} AS $$ BEGIN {taken}{lock}; RETURN NEW; END $$",
            f"{trigger} EXECUTE FUNCTION {self.name}()",
        ]

    def drop(self, connection: BaseDatabaseWrapper) -> list[str]:
        """The statements that remove it."""
        return self._rule.drop(connection)

    @property
    def _rule(self) -> Rule:
        taken = f"{self.of.taken(f'NEW.{self.of.link}')} WHERE {self.of.key} = NEW.{self.of.key}"
        of = (self.of.link, *self.of.columns) if self.event == "UPDATE" else ()
        return Rule(name=self.name, table=self.of.child, event=self.event, of=of, does=(taken,))
