"""Statements that a database carries out after a change to a row, as triggers of SQLite and PostgreSQL."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper

from sonora.core.triggers import Installed, TriggerOperation


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """After *event* on a row of *table* whose columns *of* really changed, carry out *does* (SQL over NEW and OLD)."""

    name: str
    table: str
    event: str
    of: tuple[str, ...] = ()
    does: tuple[str, ...] = ()

    def create(self, connection: BaseDatabaseWrapper) -> list[str]:
        """The statements that install it."""
        body = " ".join(f"{statement};" for statement in self.does)
        event = f"{self.event} OF {', '.join(self.of)}" if self.of else self.event
        when = f" WHEN ({self._changed(connection)})" if self.of else ""
        trigger = f"CREATE TRIGGER {self.name} AFTER {event} ON {self.table} FOR EACH ROW{when}"
        if connection.vendor != "postgresql":
            return [f"{trigger} BEGIN {body} END"]
        function = f"CREATE FUNCTION {self.name}() RETURNS trigger LANGUAGE plpgsql"
        return [f"{function} AS $$ BEGIN {body} RETURN NULL; END $$", f"{trigger} EXECUTE FUNCTION {self.name}()"]

    def drop(self, connection: BaseDatabaseWrapper) -> list[str]:
        """The statements that remove it."""
        if connection.vendor != "postgresql":
            return [f"DROP TRIGGER IF EXISTS {self.name}"]
        return [f"DROP TRIGGER IF EXISTS {self.name} ON {self.table}", f"DROP FUNCTION IF EXISTS {self.name}()"]

    def _changed(self, connection: BaseDatabaseWrapper) -> str:
        differs = "IS DISTINCT FROM" if connection.vendor == "postgresql" else "IS NOT"
        return " OR ".join(f"OLD.{column} {differs} NEW.{column}" for column in self.of)


class Follow(TriggerOperation):
    """Installs the triggers *rules*; reversible."""

    def __init__(self, rules: Sequence[Installed]) -> None:
        self.rules = rules

    def describe(self) -> str:
        return f"Carry out {len(self.rules)} rules after changes"

    def triggers(self) -> Sequence[Installed]:
        return self.rules
