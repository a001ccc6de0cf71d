"""The database is told during a first sync how much there is: PostgreSQL counts a minute later, SQLite never."""

from typing import Any

import pytest
from django.db import connection as database

from integrations.intercom.sandbox.control import Sandbox
from integrations.models import Connection
from sonora.conversations.models import Conversation
from sonora.core.among import among
from sonora.people.models import Contact, ContactCompany
from sonora.workspaces.scoping import scope
from tests.sync.conftest import connection, intercom, sync, workspace

__all__ = ["connection", "intercom", "workspace"]


def believed(model: Any) -> int:
    """How many rows the database takes the table to have; -1: it never counted."""
    with database.cursor() as cursor:
        if database.vendor == "postgresql":
            cursor.execute("SELECT reltuples FROM pg_class WHERE relname = %s", [model._meta.db_table])
        else:
            cursor.execute("SELECT stat + 0 FROM sqlite_stat1 WHERE tbl = %s", [model._meta.db_table])
        return int((cursor.fetchone() or [-1])[0])


def _forget() -> None:
    with database.cursor() as cursor:
        if database.vendor == "postgresql":
            cursor.execute("TRUNCATE conversations_conversation, people_contactcompany CASCADE")
        else:
            cursor.execute("ANALYZE people_contact")  # makes the table in which it notes what it counted
            cursor.execute("DELETE FROM sqlite_stat1")


def test_a_first_sync_has_the_database_count_what_came(connection: Connection, intercom: Sandbox) -> None:
    _forget()
    sync(connection)
    assert believed(Conversation) > 0
    assert believed(ContactCompany) > 0


@pytest.mark.skipif(database.vendor != "sqlite", reason="PostgreSQL knows by itself that a workspace has many people")
def test_sqlite_then_finds_people_by_their_keys(connection: Connection, intercom: Sandbox) -> None:
    _forget()
    sync(connection)
    with scope(workspace=connection.workspace_id):
        plan = Contact.objects.filter(among("person", [1, 2])).explain()
    assert "(person_id=?)" in plan
