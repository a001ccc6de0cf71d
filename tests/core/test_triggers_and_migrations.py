"""SQLite copies a table to alter it, which triggers must survive."""

from collections.abc import Iterator

import pytest
from django.db import IntegrityError, connection, migrations, models, transaction
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.utils import OperationalError

from sonora.core.triggers import KeepTriggers, SameWorkspace, installed_triggers

pytestmark = pytest.mark.django_db(transaction=True)
APP = "core_tests_moving"
RULE = SameWorkspace(f"{APP}_child", "parent_id", f"{APP}_parent")
TABLES: list[Operation] = [
    migrations.CreateModel(
        "Parent", [("id", models.BigAutoField(primary_key=True)), ("workspace_id", models.BigIntegerField())]
    ),
    migrations.CreateModel(
        "Child",
        [
            ("id", models.BigAutoField(primary_key=True)),
            ("workspace_id", models.BigIntegerField()),
            ("parent", models.ForeignKey(f"{APP}.Parent", models.CASCADE)),
        ],
    ),
    RULE,
]
ALTER_BOTH: list[Operation] = [
    migrations.AddField("Parent", "size", models.IntegerField(default=3)),
    migrations.AlterField("Parent", "size", models.BigIntegerField(default=4)),
    migrations.AddConstraint("Child", models.CheckConstraint(condition=models.Q(workspace_id__gt=0), name="positive")),
]


def forwards(state: ProjectState, *operations: Operation) -> ProjectState:
    for operation in operations:
        after = state.clone()
        operation.state_forwards(APP, after)
        with connection.schema_editor() as editor:
            operation.database_forwards(APP, editor, state, after)
        state = after
    return state


@pytest.fixture
def state() -> Iterator[ProjectState]:
    yield forwards(ProjectState(), *TABLES)
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE {APP}_child")
        cursor.execute(f"DROP TABLE {APP}_parent")
        if connection.vendor == "postgresql":
            for name in RULE.names:
                cursor.execute(f"DROP FUNCTION {name}")


def rule_holds(state: ProjectState) -> bool:
    parent = state.apps.get_model(APP, "Parent").objects.create(workspace_id=1)
    try:
        with transaction.atomic():
            state.apps.get_model(APP, "Child").objects.create(workspace_id=2, parent=parent)
    except IntegrityError:
        return True
    return False


def test_a_migration_that_alters_the_tables_keeps_their_triggers(state: ProjectState):
    altered = forwards(state, KeepTriggers(*ALTER_BOTH))
    assert RULE.names <= installed_triggers(connection)
    assert rule_holds(altered)


def test_such_a_migration_can_be_reversed(state: ProjectState):
    operation = KeepTriggers(*ALTER_BOTH)
    altered = forwards(state, operation)
    with connection.schema_editor() as editor:
        operation.database_backwards(APP, editor, altered, state)
    assert RULE.names <= installed_triggers(connection)
    assert rule_holds(state)
    assert "size" not in {column.name for column in columns(f"{APP}_parent")}


def columns(table: str):
    with connection.cursor() as cursor:
        return connection.introspection.get_table_description(cursor, table)


def test_without_keeping_them_sqlite_refuses_to_alter_the_parent(state: ProjectState):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL alters a table in place.")
    with pytest.raises(OperationalError, match="no such table"):
        forwards(state, *ALTER_BOTH[:2])


def test_a_failed_migration_leaves_the_triggers_where_they_were(state: ProjectState):
    fails = migrations.RunSQL("SELECT * FROM no_such_table")
    with pytest.raises(Exception, match="no_such_table"):
        forwards(state, KeepTriggers(fails))
    assert RULE.names <= installed_triggers(connection)
