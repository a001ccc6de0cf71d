"""An empty database, made at once, is the one that all migrations make."""

import io
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from tests.core.schemas import rows, schema

Elsewhere = Callable[[], AbstractContextManager[None]]


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: pytest.FixtureRequest) -> Elsewhere:
    """Within the block that it makes Django's connection leads to an empty database."""

    @contextmanager
    def lead_there() -> Iterator[None]:
        before, own = connections["default"], connections["default"].copy()
        with django_db_blocker.unblock(), _database(own, tmp_path_factory.mktemp("new")):
            connections["default"] = own
            try:
                yield
            finally:
                connections["default"] = before

    return lead_there


@contextmanager
def _database(own: Any, folder: Path) -> Iterator[None]:
    """What *own* leads to, as long as the block lasts."""
    name = f"sonora_new_{os.getpid()}"
    own.settings_dict["NAME"] = name if own.vendor == "postgresql" else str(folder / name)
    _execute(own, f"CREATE DATABASE {name}")
    try:
        yield
    finally:
        own.close()
        _execute(own, f"DROP DATABASE {name}")


def _execute(own: Any, statement: str) -> None:
    if own.vendor == "postgresql":
        with own._nodb_cursor() as cursor:
            cursor.execute(statement)


@dataclass(frozen=True)
class Made:
    said: str
    schema: set[tuple[str, str]]
    rows: dict[str, int]
    migrations: set[tuple[str, str]]

    @classmethod
    def here(cls, said: str) -> "Made":
        return cls(said, schema(), rows(), set(MigrationRecorder(connection).applied_migrations()))


@pytest.fixture(scope="module")
def at_once(empty: Elsewhere) -> Made:
    with empty():
        return Made.here(migrate())


@pytest.fixture(scope="module")
def step_by_step(empty: Elsewhere) -> Made:
    """As in an installation that once began with fewer migrations."""
    with empty():
        MigrationExecutor(connection).migrate([("workspaces", "0001_initial")])
        return Made.here(migrate())


def migrate(*arguments: str, **options: bool) -> str:
    out = io.StringIO()
    call_command("migrate", *arguments, interactive=False, no_color=True, stdout=out, **options)
    return out.getvalue()


def test_a_new_database_has_every_column_constraint_index_and_trigger_that_the_migrations_make(
    at_once: Made, step_by_step: Made
):
    assert len(step_by_step.schema) > 1000
    assert sorted(at_once.schema - step_by_step.schema) == []
    assert sorted(step_by_step.schema - at_once.schema) == []


def test_it_holds_the_rows_that_the_migrations_leave_behind(at_once: Made, step_by_step: Made):
    assert at_once.rows == step_by_step.rows


def test_its_migrations_count_as_run(at_once: Made, step_by_step: Made):
    assert "No migrations to apply" in at_once.said
    assert at_once.migrations == step_by_step.migrations


def test_a_database_that_holds_a_table_goes_from_migration_to_migration(step_by_step: Made):
    assert "Applying workspaces.0001" not in step_by_step.said
    assert "Applying workspaces.0002_notices_seen... OK" in step_by_step.said
    assert "tables are made" not in step_by_step.said


@pytest.mark.parametrize("option", ["plan", "check_unapplied"])
def test_whoever_only_asks_what_would_be_done_gets_no_table(empty: Elsewhere, option: str):
    with empty():
        try:
            migrate(**{option: True})
        except SystemExit:
            assert option == "check_unapplied"  # something is unapplied
        assert not {table for table in rows() if table != "django_migrations"}


def test_the_migrations_of_one_app_make_its_tables_alone(empty: Elsewhere):
    with empty():
        migrate("workspaces", "0001")
        assert set(MigrationRecorder(connection).applied_migrations()) == {("workspaces", "0001_initial")}


def test_a_database_that_cannot_be_finished_stays_empty(empty: Elsewhere, monkeypatch: pytest.MonkeyPatch):
    def full(*_: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(MigrationRecorder, "record_applied", full)
    with empty():
        with pytest.raises(OSError, match="No space"):
            migrate()
        assert rows() == {}
