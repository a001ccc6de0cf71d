# ruff: noqa: S608 - names of tables and columns are our own, values are parameters
"""Words in text, found by an index of the database: FTS5 on SQLite, a generated tsvector with GIN on PostgreSQL.

A word is a run of letters and digits; capitals do not count. All words of a query must be there, an address such as
`ana@halden.example` or a quoted run as one phrase, and the last word may be a beginning.
"""

import string
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.models import BooleanField, Lookup, Model
from django.db.models.sql.compiler import SQLCompiler

from sonora.core.migrating import Installs

LONGEST_QUERY = 500  # characters
MOST_WORDS = 20
LEAST_BEGINNING = 3  # shorter beginnings fit too much of the index to be read in good time
INDEXED = 100_000  # characters of one row; PostgreSQL refuses a tsvector of more than 1 MB

# What the parser of PostgreSQL would join words by, to addresses, paths, tags and numbers: it stands between words as
# any other mark does. A `replace` for each costs a twentieth of one `translate`, which took a seventh of a sync's CPU.
JOINING = "./-<&~+"

_BLANKS = str.maketrans(dict.fromkeys(string.punctuation, " "))


@dataclass(frozen=True, slots=True)
class Words:
    """What is looked for: phrases of words, all of which must be there; the last word may be the beginning of one."""

    phrases: tuple[tuple[str, ...], ...]
    begins: bool = False

    @classmethod
    def typed(cls, text: str) -> "Words":
        """The words in what somebody typed; anything may be typed. False when there is no letter and no digit."""
        letters = (" " if unicodedata.category(letter)[0] == "C" else letter for letter in text[:LONGEST_QUERY])
        parts = unicodedata.normalize("NFC", "".join(letters)).split()
        found = [tuple(word for word in one.translate(_BLANKS).split() if any(map(str.isalnum, word))) for one in parts]
        phrases = tuple(phrase for phrase in found if phrase)[:MOST_WORDS]
        return cls(phrases, begins=bool(phrases) and len(phrases[-1][-1]) >= LEAST_BEGINNING)

    def __bool__(self) -> bool:
        return bool(self.phrases)

    def whole(self) -> "Words":
        """The same with the last word as a whole one."""
        return Words(self.phrases)

    def for_fts5(self) -> str:
        """In the language of FTS5; each word quoted, so that none is an operator."""
        quoted = ['"' + " ".join(phrase).replace('"', '""') + '"' for phrase in self.phrases]
        return " ".join(quoted) + (" *" if self.begins else "")

    def for_tsquery(self) -> str:
        """In the language of to_tsquery; each word quoted, so that none is an operator."""
        quoted = ["(" + " <-> ".join(_quoted(word) for word in phrase) + ")" for phrase in self.phrases]
        if self.begins:
            quoted[-1] = quoted[-1][:-1] + ":*)"
        return " & ".join(quoted)


def _quoted(word: str) -> str:
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"


class Found(Lookup):
    """`Found(F("pk"), words)`: whether the row with this primary key has *words* in its indexed text.

    For few rows found: SQLite begins with them.
    """

    output_field = BooleanField()
    prepare_rhs = False

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:
        lhs, params = self.process_lhs(compiler, connection)
        words = connection.ops.quote_name(f"{self.lhs.target.model._meta.db_table}_words")  # noqa: SLF001 - Django's documented API
        return f"{lhs} IN (SELECT rowid FROM {words} WHERE {words} MATCH %s)", [*params, self.rhs.for_fts5()]

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:
        lhs, params = self.process_lhs(compiler, connection)
        words = lhs.rpartition(".")[0] + '."words"'
        return f"{words} @@ to_tsquery('simple', %s)", [*params, self.rhs.for_tsquery()]


class Holds(Found):
    """The same, where rows are at hand anyway: SQLite lists what is found once, and looks up each row at hand in that.

    To ask the index about each row takes thirty times as long as to list a row that is found.
    """

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:
        listed, params = super().as_sqlite(compiler, connection)
        return f"+{listed}", params  # the plus hides the column from the indexes, so that nothing begins with the list


def is_common(models: Sequence[type[Model]], words: Words, *, more_than: int) -> bool:
    """Whether over *more_than* rows of any of *models*, of all workspaces together, have *words*."""
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.vendor == "postgresql":
        found, typed = "\"{0}\" WHERE words @@ to_tsquery('simple', %s)", words.for_tsquery()
    else:
        found, typed = '"{0}_words" WHERE "{0}_words" MATCH %s', words.for_fts5()
    listed = f"(SELECT count(*) FROM (SELECT 1 FROM {found} LIMIT %s) AS listed)"
    tables = [model._meta.db_table for model in models]  # noqa: SLF001 - Django's documented API
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(map(listed.format, tables)), [typed, more_than + 1] * len(tables))
        return bool(max(cursor.fetchone()) > more_than)


class IndexWords(Installs):
    """Indexes the words of *columns* of *table*, and keeps the index true; reversible.

    On SQLite a later migration that rebuilds the table (AlterField) loses the triggers: it wraps its operations in
    `KeepTriggers`.
    """

    def __init__(self, table: str, *columns: str) -> None:
        self.table, self.columns = table, columns

    def describe(self) -> str:
        return f"Index the words of {', '.join(self.columns)} of {self.table}"

    def install(self, schema_editor: BaseDatabaseSchemaEditor) -> None:
        statements = _on_postgresql if schema_editor.connection.vendor == "postgresql" else _on_sqlite
        for statement in statements(self.table, self.columns):
            schema_editor.execute(statement, None)

    def remove(self, schema_editor: BaseDatabaseSchemaEditor) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f'ALTER TABLE "{self.table}" DROP COLUMN words', None)
            return
        for event in ("insert", "update", "delete"):
            schema_editor.execute(f'DROP TRIGGER "{self.table}_words_{event}"', None)
        schema_editor.execute(f'DROP TABLE "{self.table}_words"', None)


class IndexWordsAgain(Operation):
    """Makes PostgreSQL index the words of *columns* of *table* again, as this code says now."""

    reversible = True

    def __init__(self, table: str, *columns: str) -> None:
        self.words = IndexWords(table, *columns)

    def describe(self) -> str:
        return f"{self.words.describe()} again"

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Models know nothing of words."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:  # noqa: ARG002 - Django's signature
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute("SET LOCAL statement_timeout = 0", None)  # each row is written anew
            self.words.remove(schema_editor)
            self.words.install(schema_editor)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """The same words are found either way."""


def _on_postgresql(table: str, columns: Sequence[str]) -> list[str]:
    text = " || ' ' || ".join(f'"{column}"' for column in columns)
    text = f"left({text}, {INDEXED})"
    for mark in JOINING:
        text = f"replace({text}, '{mark}', ' ')"
    words = f"to_tsvector('simple', {text})"
    return [
        f'ALTER TABLE "{table}" ADD COLUMN words tsvector GENERATED ALWAYS AS ({words}) STORED',
        f'CREATE INDEX "{table}_words" ON "{table}" USING gin (words)',
    ]


def _on_sqlite(table: str, columns: Sequence[str]) -> list[str]:
    names = ", ".join(f'"{column}"' for column in columns)
    new, old = (", ".join(f'{row}."{column}"' for column in columns) for row in ("new", "old"))
    differs = " OR ".join(f'old."{column}" IS NOT new."{column}"' for column in columns)
    words = f'"{table}_words"'
    add = f"INSERT INTO {words} (rowid, {names}) VALUES (new.id, {new});"
    remove = f"INSERT INTO {words} ({words}, rowid, {names}) VALUES ('delete', old.id, {old});"
    return [
        (
            f"CREATE VIRTUAL TABLE {words} USING fts5({names}, content='{table}', content_rowid='id', "
            "tokenize='unicode61 remove_diacritics 0')"
        ),
        f'CREATE TRIGGER "{table}_words_insert" AFTER INSERT ON "{table}" BEGIN {add} END',
        f'CREATE TRIGGER "{table}_words_delete" AFTER DELETE ON "{table}" BEGIN {remove} END',
        (
            f'CREATE TRIGGER "{table}_words_update" AFTER UPDATE OF {names} ON "{table}" WHEN {differs} '
            f"BEGIN {remove} {add} END"
        ),
        f"INSERT INTO {words} ({words}) VALUES ('rebuild')",
    ]
