"""What is no record, or an odd one, costs itself at most: the rest is stored and the watermark is right."""

import pytest

from integrations.intercom.sandbox.control import Sandbox
from integrations.models import Connection, DeadLetter, Pending, SyncState
from sonora.conversations.models import Conversation
from sonora.core import clock
from sonora.workspaces.scoping import scope
from tests.sync.conftest import difference, sync

NO_RECORD = {
    "malformed": {"kind": "raw", "body": '{"type":"conversation","id":'},
    "html": {"kind": "html", "status": 200},
    "empty": {"kind": "empty"},
    "deep": {"kind": "deep"},
    "long number": {"kind": "raw", "body": '{"id": "1", "created_at": ' + "9" * 5_000 + "}"},
    "not a number": {"kind": "raw", "body": '{"id": NaN}'},
    "no id": {"kind": "raw", "body": '{"id": {"$ne": 1}, "title": "x"}'},
    "another id": {"kind": "raw", "body": '{"id": "../../me", "title": "x"}'},
    "too large": {"kind": "huge", "megabytes": 21},
    "bomb": {"kind": "gzip_bomb", "megabytes": 50},
    "cut off": {"kind": "truncated"},
    "server error": {"kind": "status", "status": 500},
}


pytestmark = pytest.mark.usefixtures("impatient")


def at_each_hour(connection: Connection, hours: int) -> None:
    """Sync, and again an hour later, so many times."""
    begin = clock.now()
    for hour in range(hours):
        with clock.use(lambda at=begin + hour * 3_700: at):
            sync(connection)


def conversations(intercom: Sandbox) -> list[str]:
    return [row["id"] for row in intercom.objects() if row["type"] == "conversation"]


def test_conversations_that_cannot_be_read_cost_themselves_alone(connection: Connection, intercom: Sandbox) -> None:
    chosen = conversations(intercom)[: len(NO_RECORD)]
    for external_id, details in zip(chosen, NO_RECORD.values(), strict=True):
        intercom.fail(f"/conversations/{external_id}", times=None, **details)
    at_each_hour(connection, 4)
    lacks = difference(connection, intercom)
    assert {key[0] for key in lacks.missing} <= {"conversation", "message", "conversation_tag"}
    assert {(key[1] or key[2]).partition(":")[0] for key in lacks.missing} == set(chosen)
    with scope(workspace=connection.workspace_id):
        assert set(DeadLetter.objects.filter(stream="conversations").values_list("external_id", flat=True)) == set(
            chosen
        )
        assert not Pending.objects.exists()
        assert Connection.objects.get().run == Connection.Run.IDLE
    intercom.clear()
    intercom.mutate("touch", ids=chosen)
    sync(connection)
    assert not difference(connection, intercom)
    with scope(workspace=connection.workspace_id):
        assert not DeadLetter.objects.exists()


def test_an_outage_is_held_against_no_conversation(connection: Connection, intercom: Sandbox) -> None:
    intercom.fail("/me", kind="status", status=503, times=None)
    intercom.fail("/conversations/*", method="GET", kind="status", status=503, times=None, skip=20)
    at_each_hour(connection, 5)
    with scope(workspace=connection.workspace_id):
        assert not DeadLetter.objects.exists()
        assert set(Pending.objects.values_list("attempts", flat=True)) == {0}
    intercom.clear()
    sync(connection)
    assert not difference(connection, intercom)


ODD_TIMES = [4_070_908_800, 1_793_000_000_000, 0, -5, 5, None, "yesterday", "1793000000", 1e300, [], True]


def test_odd_times_move_no_watermark_and_cost_no_conversation(connection: Connection, intercom: Sandbox) -> None:
    chosen = conversations(intercom)[: len(ODD_TIMES)]
    for external_id, odd in zip(chosen, ODD_TIMES, strict=True):
        change = {"updated_at": odd, "created_at": odd, "snoozed_until": odd, "waiting_since": odd}
        intercom.fail(f"/conversations/{external_id}", kind="patch", set=change, times=None)
    at_each_hour(connection, 6)
    with scope(workspace=connection.workspace_id):
        state, now = SyncState.objects.get(), clock.now()
        assert now - 60 < (state.watermark or 0) <= now
        assert not Pending.objects.exists()
        assert Conversation.objects.present().filter(external_id__in=chosen).count() == len(chosen)
    intercom.clear()
    intercom.mutate("touch", ids=chosen)
    sync(connection)
    assert not difference(connection, intercom)


def test_odd_times_in_the_search_cost_nothing(connection: Connection, intercom: Sandbox) -> None:
    change = {f"conversations.{place}.updated_at": odd for place, odd in enumerate(ODD_TIMES)}
    intercom.fail("/conversations/search", kind="patch", set=change, times=1, skip=2)
    sync(connection)
    sync(connection)
    assert not difference(connection, intercom)


def test_odd_objects_of_a_list_are_kept_and_the_others_are_stored(connection: Connection, intercom: Sandbox) -> None:
    odd = {"id": {"$ne": 1}, "name": "\u0000"}
    for path, key in (
        ("/tags", "data.0"),
        ("/admins", "admins.0"),
        ("/contacts", "data.0"),
        ("/companies/list", "data.0"),
    ):
        intercom.fail(path, kind="patch", set={key: odd}, times=1)
    sync(connection)
    lacks = difference(connection, intercom)
    assert sorted(key[0] for key in lacks.missing) == ["admin", "company", "contact"]  # conversations name the tag
    with scope(workspace=connection.workspace_id):
        letters = dict(DeadLetter.objects.values_list("stream", "raw"))
    assert set(letters) == {"tags", "teammates", "contacts", "companies"}
    assert b"$ne" in bytes(letters["tags"])
