"""Values that this version does not know: all is stored, they are counted by name, and the log tells of new ones."""

from typing import Any

import structlog

from integrations import coverage, snapshot
from integrations.intercom.sandbox.control import Sandbox
from integrations.models import Connection, StreamState
from integrations.sync.drift import MOST
from sonora.conversations.models import Conversation, Message
from sonora.workspaces.scoping import scope
from tests.sync.conftest import difference, sync

PART = "conversation_parts.conversation_parts.0"


def test_what_intercom_says_today_is_all_known(connection: Connection, intercom: Sandbox) -> None:
    sync(connection)
    assert _unknown(connection) == {}


def test_unknown_values_are_stored_and_counted_by_name(connection: Connection, intercom: Sandbox) -> None:
    chosen = _some_with_parts(connection, intercom)
    changed = {"state": "archived", f"{PART}.part_type": "quick_poll", f"{PART}.author.type": "Ines wrote this"}
    logs = [*_read_again(connection, intercom, chosen, changed), *_read_again(connection, intercom, chosen, changed)]
    names = ["author_type:other", "part_type:quick_poll", "state:archived"]
    assert _unknown(connection) == {"conversations": dict.fromkeys(names, 4)}
    told = [log for log in logs if log["event"] == "unknown words"]
    assert [(log["stream"], sorted(log["names"])) for log in told] == [("conversations", names)]
    with scope(workspace=connection.workspace_id):
        assert Conversation.objects.filter(external_id__in=chosen, state="archived").count() == 2
        assert Message.objects.filter(kind="quick_poll", author_type="Ines wrote this").count() == 2
        assert coverage.of(snapshot.read(connection)).unknown_words == (
            "author type “other”, part type “quick_poll” and state “archived”"
        )
    intercom.clear()
    intercom.mutate("touch", ids=chosen)
    sync(connection)
    assert not difference(connection, intercom)


def test_at_most_fifty_names_are_kept_and_none_goes_uncounted(connection: Connection, intercom: Sandbox) -> None:
    chosen = _some_with_parts(connection, intercom)
    held = {f"part_type:kind_{letter}{other}": 1 for letter in "abcdefg" for other in "abcdefg"}
    with scope(workspace=connection.workspace_id):
        StreamState.objects.update_or_create(
            workspace_id=connection.workspace_id,
            connection=connection,
            stream="conversations",
            defaults={"unknown": held},
        )
    changed = {"state": "archived", f"{PART}.part_type": "kind_aa"}
    assert not [log for log in _read_again(connection, intercom, chosen, changed) if log["event"] == "unknown words"]
    counted = _unknown(connection)["conversations"]
    assert len(counted) == MOST
    assert (counted["part_type:kind_aa"], counted["other"]) == (3, 2)


def _some_with_parts(connection: Connection, intercom: Sandbox) -> list[str]:
    """All is read; two conversations that have parts, the first of which somebody wrote."""
    sync(connection)
    with scope(workspace=connection.workspace_id):
        talks = Conversation.objects.filter(parts_held__gte=2, state="closed").order_by("external_id")
        return [talk.external_id for talk in talks if _first_part(talk).author_type][:2]


def _first_part(talk: Conversation) -> Message:
    return talk.messages.filter(origin=Message.Origin.PART).order_by("created_at", "external_id")[0]


def _read_again(connection: Connection, intercom: Sandbox, chosen: list[str], changed: dict[str, Any]) -> list[Any]:
    """Each of *chosen* comes again with values *changed*; the log of that."""
    intercom.clear()
    for one in chosen:
        intercom.fail(f"/conversations/{one}", kind="patch", set=changed, times=None)
    intercom.mutate("touch", ids=chosen)
    with structlog.testing.capture_logs() as logs:
        sync(connection)
    return list(logs)


def _unknown(connection: Connection) -> dict[str, dict[str, int]]:
    with scope(workspace=connection.workspace_id):
        return dict(StreamState.objects.exclude(unknown={}).values_list("stream", "unknown"))
