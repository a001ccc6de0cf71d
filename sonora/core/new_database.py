"""An empty database gets its tables at once, as they are after all migrations; to run these takes seven times as long.

What models do not tell of is installed as the migrations say (`migrating.Installs`), and all of them are entered as
run, in one transaction. Databases that hold anything go from migration to migration. A test makes a database in both
ways and compares them.
"""

from collections.abc import Iterator

from django.db import models, router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ProjectState

from sonora.core.migrating import Installs


def is_empty(connection: BaseDatabaseWrapper) -> bool:
    """Whether the database has no table at all."""
    with connection.cursor() as cursor:
        return not connection.introspection.table_names(cursor)


def make(connection: BaseDatabaseWrapper) -> None:
    """All that the migrations would make in an empty database, short of rows."""
    executor = MigrationExecutor(connection)
    migrations = [step for step, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]
    with connection.schema_editor() as editor:
        executor.recorder.ensure_schema()
        for model in _models(executor.loader.project_state(), connection):
            editor.create_model(model)
        for operation in _installing(migrations, connection):
            operation.install(editor)
        for step in migrations:
            executor.recorder.record_applied(step.app_label, step.name)


def _models(state: ProjectState, connection: BaseDatabaseWrapper) -> Iterator[type[models.Model]]:
    for model in state.apps.get_models():
        if model._meta.can_migrate(connection) and router.allow_migrate_model(connection.alias, model):  # noqa: SLF001 - Django's documented API
            yield model


def _installing(migrations: list[Migration], connection: BaseDatabaseWrapper) -> Iterator[Installs]:
    for step in migrations:
        if router.allow_migrate(connection.alias, step.app_label):
            yield from (operation for operation in step.operations if isinstance(operation, Installs))
