# ruff: noqa: S608 - names of tables and columns are our own
"""One running total, and the triggers that keep it, in the words of SQLite and of PostgreSQL."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningTotal:
    """The sums of *amounts* over the rows of *source*, for each *key*, in the entries of *table*.

    *key* and *amounts* are columns of *table* and what they are of a row, as SQL in which `{row}` stands for the row;
    a row for which *only_if* is not true does not count. *of* are all columns that these speak of. The first column of
    the key is `connection_id`.
    """

    name: str
    source: str
    table: str
    of: tuple[str, ...]
    key: Mapping[str, str]
    amounts: Mapping[str, str]
    only_if: str = "TRUE"

    @property
    def columns(self) -> str:
        return ", ".join((*self.key, *self.amounts))

    def triggers(self) -> list["Follower"]:
        return [Follower(self, event) for event in ("INSERT", "UPDATE", "DELETE")]

    def counted(self, rows: str, *, sign: str = "", where: str = "TRUE") -> str:
        """A query for the entry of each key that *rows* come to; *sign* "-" is for rows that went."""
        sums = [f"{sign}sum({amount})" for amount in self.amounts.values()]
        picked = ", ".join((*self.key.values(), *sums))
        places = ", ".join(str(place + 1) for place in range(len(self.key)))
        query = f"SELECT {picked} FROM {rows} counted WHERE {self.only_if} AND {where} GROUP BY {places}"
        return query.format(row="counted")


@dataclass(frozen=True, slots=True)
class Follower:
    """The trigger that keeps *total* when *event* happens to rows of its source."""

    total: RunningTotal
    event: str

    @property
    def name(self) -> str:
        return f"{self.total.name}_{self.event.lower()}"

    def create(self, connection: BaseDatabaseWrapper) -> list[str]:
        """The statements that install it."""
        if connection.vendor == "postgresql":
            return self._create_postgresql()
        body = "; ".join(self._on_sqlite())
        return [f"CREATE TRIGGER {self.name} {self._row_by_row('IS NOT')} BEGIN {body}; END"]

    def drop(self, connection: BaseDatabaseWrapper) -> list[str]:
        """The statements that remove it; they do not mind when it is gone already."""
        if connection.vendor != "postgresql":
            return [f"DROP TRIGGER IF EXISTS {self.name}"]
        on = f"ON {self.total.source}"
        return [f"DROP TRIGGER IF EXISTS {self.name} {on}", f"DROP FUNCTION IF EXISTS {self.name}()"]

    def _create_postgresql(self) -> list[str]:
        """Looks once at all rows that a statement brings or removes; at changed ones only if they count otherwise."""
        counted, when = {
            "INSERT": (self.total.counted("added"), self._at_once("NEW TABLE AS added")),
            "DELETE": (self.total.counted("removed", sign="-"), self._at_once("OLD TABLE AS removed")),
            "UPDATE": (self._difference(), self._row_by_row("IS DISTINCT FROM")),
        }[self.event]
        into = f"INSERT INTO {self.total.table} ({self.total.columns}, settled)"
        entries = f"{into} SELECT entry.*, FALSE FROM ({counted}) entry"
        body = f"BEGIN {entries}; RETURN NULL; END"
        return [
            f"CREATE FUNCTION {self.name}() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$",
            f"CREATE TRIGGER {self.name} {when} EXECUTE FUNCTION {self.name}()",
        ]

    def _at_once(self, rows: str) -> str:
        return f"AFTER {self.event} ON {self.total.source} REFERENCING {rows} FOR EACH STATEMENT"

    def _row_by_row(self, differs: str) -> str:
        if self.event != "UPDATE":
            return f"AFTER {self.event} ON {self.total.source} FOR EACH ROW"
        found = (*self.total.key.values(), *self.total.amounts.values(), self.total.only_if)
        changed = [f"({sql.format(row='OLD')}) {differs} ({sql.format(row='NEW')})" for sql in found if "{row}" in sql]
        of, when = ", ".join(self.total.of), " OR ".join(changed)
        return f"AFTER UPDATE OF {of} ON {self.total.source} FOR EACH ROW WHEN ({when})"

    def _difference(self) -> str:
        """What the row was goes, what it is comes: also where it counts for another key now."""
        return f"{self._single('OLD', '-')} UNION ALL {self._single('NEW', '')}"

    def _single(self, row: str, sign: str) -> str:
        amounts = [f"{sign}({amount})" for amount in self.total.amounts.values()]
        picked = ", ".join((*self.total.key.values(), *amounts))
        return f"SELECT {picked} WHERE {self.total.only_if}".format(row=row)

    def _on_sqlite(self) -> list[str]:
        removed = [self._changed_in_place("OLD", "-")] if self.event != "INSERT" else []
        added = [self._changed_in_place("NEW", "+"), self._begun()] if self.event != "DELETE" else []
        return [*removed, *added]

    def _begun(self) -> str:
        """The entry of a key that has none, as the statement before it found; to look for it takes twice as long."""
        first = ", ".join((*self.total.key.values(), *self.total.amounts.values()))
        entry = f"INSERT INTO {self.total.table} ({self.total.columns}, settled) SELECT {first}, TRUE"
        return f"{entry} WHERE changes() = 0 AND {self.total.only_if}".format(row="NEW")

    def _changed_in_place(self, row: str, sign: str) -> str:
        some = {column: amount for column, amount in self.total.amounts.items() if amount != "0"}
        changes = ", ".join(f"{column} = {column} {sign} ({amount})" for column, amount in some.items())
        changed = f"UPDATE {self.total.table} SET {changes} WHERE {self._entry()} AND {self.total.only_if}"
        return changed.format(row=row)

    def _entry(self) -> str:
        return " AND ".join([*(f"{column} = {value}" for column, value in self.total.key.items()), "settled"])
