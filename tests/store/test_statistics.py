"""PostgreSQL is told during a first sync how much there is: by itself it counts a minute later."""

from typing import Any

import pytest
from django.db import connection as database

from integrations.intercom.sandbox.control import Sandbox
from integrations.models import Connection
from sonora.conversations.models import Conversation
from sonora.people.models import ContactCompany
from tests.sync.conftest import connection, intercom, sync, workspace

__all__ = ["connection", "intercom", "workspace"]


def believed(model: Any) -> int:
    """How many rows PostgreSQL takes the table to have; -1: it never counted."""
    with database.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = %s", [model._meta.db_table])
        return int(cursor.fetchone()[0])


@pytest.mark.skipif(database.vendor != "postgresql", reason="SQLite looks for a row by its key whatever it believes")
def test_a_first_sync_has_postgresql_count_what_came(connection: Connection, intercom: Sandbox) -> None:
    with database.cursor() as cursor:
        cursor.execute("TRUNCATE conversations_conversation, people_contactcompany CASCADE")
    sync(connection)
    assert believed(Conversation) > 0
    assert believed(ContactCompany) > 0
