"""What a migration of large tables needs beside Django's operations."""

from typing import Any

from django.db.migrations.operations.base import Operation


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
