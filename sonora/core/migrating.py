"""What migrations do beside Django's operations."""

from typing import Any

from django.db import router
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation


class Installs(Operation):
    """Installs in the database what models do not tell of, such as triggers; reversible.

    A new database is made from the models, and of the migrations it carries out these operations alone
    (`core.new_database`): what any other one does to rows, it has no rows for.
    """

    reversible = True
    reduces_to_sql = True

    def install(self, schema_editor: BaseDatabaseSchemaEditor) -> None:
        raise NotImplementedError

    def remove(self, schema_editor: BaseDatabaseSchemaEditor) -> None:
        raise NotImplementedError

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Models know nothing of it."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:  # noqa: ARG002 - Django's signature
        if router.allow_migrate(schema_editor.connection.alias, app_label):
            self.install(schema_editor)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:  # noqa: ARG002 - Django's signature
        if router.allow_migrate(schema_editor.connection.alias, app_label):
            self.remove(schema_editor)


class TakeTime(Operation):
    """Lets the rest of its migration take as long as it needs on PostgreSQL, where a statement else ends after 15 s."""

    reversible = True
    reduces_to_sql = True

    def describe(self) -> str:
        return "Take the time that large tables need"

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Models know nothing of it."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:  # noqa: ARG002 - Django's signature
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute("SET LOCAL statement_timeout = 0", None)

    database_backwards = database_forwards
