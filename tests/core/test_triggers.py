from collections.abc import Iterator
from typing import Self

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from sonora.core.triggers import AppendOnly, RenewTriggers, SameWorkspace, installed_triggers, set_aside
from tests.core.tables import Note, Owner

SAME = SameWorkspace("core_tests_note", "owner_id", "core_tests_owner")
ONCE = AppendOnly("core_tests_vault")
STATE = ProjectState()


@pytest.fixture(scope="module")
def triggers(tables: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    run("database_forwards", SAME, ONCE, blocker=django_db_blocker)
    yield
    run("database_backwards", SAME, ONCE, blocker=django_db_blocker)


def run(direction: str, *operations: Operation, blocker: pytest.FixtureRequest) -> None:
    with blocker.unblock(), connection.schema_editor() as editor:
        for operation in operations:
            getattr(operation, direction)("core", editor, STATE, STATE)


pytestmark = pytest.mark.usefixtures("triggers", "db")


@pytest.fixture
def owner() -> Owner:
    return Owner.objects.create(workspace_id=1)


def note(workspace_id: int, owner: Owner | None, external_id: str = "a") -> Note:
    return Note.objects.create(workspace_id=workspace_id, source=1, external_id=external_id, owner=owner)


def refused():
    return pytest.raises(IntegrityError, match=r"core_tests_note\.owner_id: a row and its parent")


def test_a_child_of_the_same_workspace_and_a_child_without_parent_are_stored(owner: Owner):
    note(1, owner, "a")
    note(2, None, "b")
    assert Note.objects.count() == 2


def test_a_child_of_another_workspace_is_refused(owner: Owner):
    with refused(), transaction.atomic():
        note(2, owner)
    assert Note.objects.count() == 0


def test_one_child_of_another_workspace_among_many_is_refused_with_all_of_them(owner: Owner):
    children = [Note(workspace_id=1, source=1, external_id=str(number), owner=owner) for number in range(5)]
    children[3].workspace_id = 2
    with refused(), transaction.atomic():
        Note.objects.bulk_create(children)
    assert Note.objects.count() == 0


def test_postgresql_asks_once_for_all_rows_of_a_statement(owner: Owner):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite knows triggers for rows only.")
    with connection.cursor() as cursor:
        cursor.execute(
            "EXPLAIN (ANALYZE, FORMAT JSON) INSERT INTO core_tests_note "
            "(workspace_id, source, external_id, text, read, labels, kept, owner_id) "
            "SELECT 1, 1, number, '', TRUE, '[]', 7, %s FROM generate_series(1, 50) AS number",
            [owner.pk],
        )
        plan = cursor.fetchone()[0][0]
    calls = {one["Trigger Name"]: one["Calls"] for one in plan["Triggers"]}
    assert calls["same_workspace_core_tests_note_owner_id_ins"] == 1


def test_a_child_of_a_parent_that_is_not_there_is_refused():
    with refused(), transaction.atomic():
        Note.objects.create(workspace_id=1, source=1, external_id="a", owner_id=987_654)


@pytest.mark.parametrize("change", [{"workspace_id": 2}, {"owner_id": None, "workspace_id": 2}])
def test_a_child_changes_its_workspace_only_without_its_parent(owner: Owner, change: dict[str, int | None]):
    child = note(1, owner)
    if "owner_id" in change:
        Note.objects.filter(pk=child.pk).update(**change)
        return
    with refused(), transaction.atomic():
        Note.objects.filter(pk=child.pk).update(**change)


def test_a_child_cannot_be_given_a_parent_of_another_workspace(owner: Owner):
    theirs = Owner.objects.create(workspace_id=2)
    for child in (note(1, owner, "a"), note(1, None, "b")):
        with refused(), transaction.atomic():
            Note.objects.filter(pk=child.pk).update(owner_id=theirs.pk)


def test_a_parent_with_children_cannot_change_its_workspace(owner: Owner):
    note(1, owner)
    with refused(), transaction.atomic():
        Owner.objects.update(workspace_id=2)
    Owner.objects.update(name="may change")
    Note.objects.all().delete()
    Owner.objects.update(workspace_id=2)


def test_an_upsert_is_refused_alike(owner: Owner):
    from django_scopes import scopes_disabled

    from sonora.core.upsert import upsert

    row = {"workspace_id": 1, "source": 1, "external_id": "a", "owner_id": owner.pk}
    with scopes_disabled():
        upsert(Note, [row], key=("source", "external_id"))
        with refused(), transaction.atomic():
            upsert(Note, [{**row, "workspace_id": 2}], key=("source", "external_id"))
    assert Note.objects.get().workspace_id == 1


def test_an_append_only_row_can_be_neither_changed_nor_deleted():
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO core_tests_vault (workspace_id, name) VALUES (1, 'first')")
    for sql in ("UPDATE core_tests_vault SET name = 'x'", "DELETE FROM core_tests_vault"):
        with (
            pytest.raises(IntegrityError, match="core_tests_vault: rows are written once"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)


def test_the_names_of_the_triggers_are_known_before_and_after():
    assert SAME.names | ONCE.names <= installed_triggers(connection)
    assert len(SAME.names) == 3
    assert len(ONCE.names) == 2


def test_the_name_of_a_long_table_is_cut_but_stays_its_own():
    long = "a_table_with_a_name_as_long_as_postgresql_allows_it_to_be"
    names = SameWorkspace(long, "conversation_id", "p").names | SameWorkspace(long, "connection_id", "p").names
    assert len(names) == 6
    assert all(len(name) <= 63 for name in names)


def test_triggers_can_be_removed_and_installed_again():
    with connection.schema_editor(atomic=False) if connection.vendor == "postgresql" else _Plain() as editor:
        SAME.database_backwards("core", editor, STATE, STATE)
        assert not SAME.names & installed_triggers(connection)
        SAME.database_forwards("core", editor, STATE, STATE)
    assert SAME.names <= installed_triggers(connection)


def test_renewed_triggers_do_what_this_code_says(owner: Owner):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite keeps the text of its triggers: they are the same as before.")
    name = "same_workspace_core_tests_note_owner_id_ins"
    with connection.schema_editor(atomic=False) as editor:
        editor.execute(
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'"
        )
        note(2, owner, "let in by other code")
        RenewTriggers(SAME).database_forwards("core", editor, STATE, STATE)
    with refused(), transaction.atomic():
        note(2, owner)


class _Plain:
    """SQLite refuses a schema editor within the transaction of a test; the operations only need `execute`."""

    def __init__(self) -> None:
        self.connection = connection

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def execute(self, sql: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(sql)


def test_set_aside_triggers_come_back():
    before = installed_triggers(connection)
    with set_aside(connection):
        assert installed_triggers(connection) == (set() if connection.vendor == "sqlite" else before)
    assert installed_triggers(connection) == before
