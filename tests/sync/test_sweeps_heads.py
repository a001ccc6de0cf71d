"""Tags and companies that change without a new date of change."""

from typing import Any

import pytest
from django.db.models import F

from integrations.intercom.sandbox.control import Sandbox
from integrations.models import Connection
from sonora.conversations.models import Conversation
from sonora.workspaces.scoping import scope
from tests.sync.conftest import difference, sync
from tests.sync.sweeping import conversations, sweep


def read_two_days_ago(connection: Connection) -> None:
    with scope(workspace=connection.workspace_id):
        Conversation.objects.update(fetched_at=F("fetched_at") - 2 * 86_400)


def quietly(intercom: Sandbox, external_id: str, **changes: Any) -> None:
    intercom.mutate("change_conversation", id=external_id, set=changes, quietly=True)


def tagged(intercom: Sandbox) -> str:
    old = [row["id"] for row in sorted(conversations(intercom), key=lambda row: row["updated_at"])[:30]]
    return next(
        row["conversation_id"]
        for row in intercom.objects()
        if row["type"] == "conversation_tag" and row["conversation_id"] in old
    )


def test_a_tag_that_was_taken_off_without_a_new_date_goes_here_too(connection: Connection, intercom: Sandbox) -> None:
    sync(connection)
    quietly(intercom, tagged(intercom), tags=[])
    read_two_days_ago(connection)
    sync(connection)
    assert difference(connection, intercom).extra
    sweep(connection, "all")
    assert not difference(connection, intercom)


def test_a_company_that_changed_without_a_new_date_changes_here_too(connection: Connection, intercom: Sandbox) -> None:
    sync(connection)
    chosen = next(row for row in conversations(intercom) if row["company_id"])
    other = next(
        row["id"] for row in intercom.objects() if row["type"] == "company" and row["id"] != chosen["company_id"]
    )
    quietly(intercom, chosen["id"], company_id=other)
    read_two_days_ago(connection)
    sweep(connection, "all")
    assert not difference(connection, intercom)


@pytest.mark.parametrize("shown", [[], None], ids=["other tags", "no tags at all"])
def test_a_search_that_never_agrees_costs_one_read_a_day(
    connection: Connection, intercom: Sandbox, shown: list[Any] | None
) -> None:
    sync(connection)
    chosen = tagged(intercom)
    newest_first = sorted(conversations(intercom), key=lambda row: (row["updated_at"], int(row["id"])), reverse=True)
    place = [row["id"] for row in newest_first].index(chosen)
    change = {f"conversations.{place}.tags": {"type": "tag.list", "tags": shown}}
    intercom.fail("/conversations/search", kind="patch", set=change, times=None)
    read_two_days_ago(connection)
    intercom.reset_log()
    sweep(connection, "all")
    sweep(connection, "all")
    asked = [one["path"] for one in intercom.requests() if one["path"] == f"/conversations/{chosen}"]
    assert len(asked) == (0 if shown is None else 1)
