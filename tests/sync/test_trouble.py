"""Intercom misbehaves: what is stored stays right, and the connection says what a person should do."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import F

from integrations.intercom.sandbox.control import Sandbox
from integrations.models import Connection, DeadLetter, Pending, StreamState, SyncRun, SyncState
from integrations.sync import engine
from sonora.conversations.models import Conversation
from sonora.core import clock
from sonora.workspaces.scoping import scope
from tests.sync.conftest import difference, sync

pytestmark = pytest.mark.usefixtures("impatient")


@pytest.mark.parametrize("kind", ["html", "empty", "truncated", "redirect", "deep", "truncated_gzip"])
def test_an_answer_that_is_none_is_asked_for_again(connection: Connection, intercom: Sandbox, kind: str) -> None:
    details = {"location": "http://127.0.0.1:1/"} if kind == "redirect" else {}
    intercom.fail("/conversations*", kind=kind, times=2, skip=2, **details)
    sync(connection)
    assert not difference(connection, intercom)


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_server_error_is_asked_for_again(connection: Connection, intercom: Sandbox, status: int) -> None:
    intercom.fail("*", kind="status", status=status, times=3, skip=4)
    sync(connection)
    assert not difference(connection, intercom)


def test_an_outage_keeps_what_is_stored_and_tries_later(connection: Connection, intercom: Sandbox) -> None:
    intercom.fail("/contacts*", kind="status", status=503, times=None)
    outcome = sync(connection)
    assert outcome.ended is engine.Ended.FAILED
    with scope(workspace=connection.workspace_id):
        found = Connection.objects.get()
        assert found.run == Connection.Run.WAITING_PROVIDER
        assert found.last_error.startswith("We couldn't reach Intercom")
        assert (SyncState.objects.get().next_due or 0) > clock.now()
    assert intercom.log()["total"] < 40
    intercom.clear()
    sync(connection, now=False)
    assert not difference(connection, intercom)


def test_one_401_is_not_believed(connection: Connection, intercom: Sandbox) -> None:
    intercom.fail("/conversations/search", kind="status", status=401, code="unauthorized", times=1)
    sync(connection)
    assert not difference(connection, intercom)
    assert intercom.counts()["GET /me"] == 1


def test_a_401_to_all_that_is_under_way_is_asked_about_once(connection: Connection, intercom: Sandbox) -> None:
    intercom.settings(latency_ms=50)
    intercom.fail("/conversations/2*", kind="status", status=401, code="unauthorized", times=8)
    sync(connection)
    assert not difference(connection, intercom)
    assert intercom.counts()["GET /me"] == 1


def test_a_revoked_token_stops_everything_and_keeps_the_data(connection: Connection, intercom: Sandbox) -> None:
    sync(connection)
    with scope(workspace=connection.workspace_id):
        before = Conversation.objects.count()
    intercom.settings(revoked="token_revoked")
    intercom.reset_log()
    assert sync(connection).ended is engine.Ended.FAILED
    with scope(workspace=connection.workspace_id):
        found = Connection.objects.get()
        assert found.setup == Connection.Setup.TOKEN_INVALID
        assert SyncState.objects.get().next_due is None
        assert Conversation.objects.count() == before
    asked = intercom.log()["total"]
    assert asked <= 3
    assert engine.run_slice(connection.pk).ended is engine.Ended.BUSY
    assert intercom.log()["total"] == asked


def test_a_missing_permission_turns_off_that_stream_alone(connection: Connection, intercom: Sandbox) -> None:
    intercom.fail("/companies*", kind="status", status=403, code="forbidden", times=None)
    sync(connection)
    with scope(workspace=connection.workspace_id):
        off = dict(StreamState.objects.exclude(off_reason="").values_list("stream", "off_reason"))
        assert off == {"companies": "missing"}
        assert SyncRun.objects.get().result == "partly"
    assert {kind for kind, *_ in difference(connection, intercom).missing} == {"company"}
    intercom.clear()
    sync(connection)
    assert not difference(connection, intercom)


def test_conversations_that_may_not_be_read_do_not_move_the_watermark(
    connection: Connection, intercom: Sandbox
) -> None:
    sync(connection)
    with scope(workspace=connection.workspace_id):
        before = SyncState.objects.get().watermark
    intercom.settings(missing_scopes=["read_conversations"])
    sync(connection)
    with scope(workspace=connection.workspace_id):
        assert SyncState.objects.get().watermark == before
    intercom.clear()
    intercom.mutate("add_conversation", text="Nobody could read this.")
    sync(connection)
    assert not difference(connection, intercom)


def test_a_429_stops_every_request_for_as_long_as_it_asks(
    connection: Connection, intercom: Sandbox, new_process: Callable[[], None]
) -> None:
    # Without headers, since the time that they name may be so near that the slice waits for it.
    intercom.fail("/conversations/*", kind="rate_limited", with_headers=False, times=1, skip=5)
    outcome = engine.run_slice(connection.pk)
    while outcome.ended is engine.Ended.MORE:
        outcome = engine.run_slice(connection.pk)
    assert outcome.ended is engine.Ended.WAIT
    assert 0 < outcome.wait <= 62
    with scope(workspace=connection.workspace_id):
        assert Connection.objects.get().run == Connection.Run.WAITING_RATE_LIMIT
        assert Connection.objects.get().setup == Connection.Setup.OK
    asked = intercom.log()["total"]
    assert sync(connection, now=False).ended is engine.Ended.WAIT
    assert intercom.log()["total"] == asked
    new_process()
    sync(connection, now=False)
    assert not difference(connection, intercom)


def test_one_bad_record_stops_neither_page_nor_run(connection: Connection, intercom: Sandbox) -> None:
    chosen = next(row for row in intercom.objects() if row["type"] == "conversation" and row["state"] == "open")
    intercom.fail(
        f"/conversations/{chosen['id']}", kind="raw", body='{"type":"conversation","id":[1],"x":1}', times=None
    )
    sync(connection)
    assert {key[0] for key in difference(connection, intercom).missing} <= {
        "conversation",
        "message",
        "conversation_tag",
    }
    with scope(workspace=connection.workspace_id):
        letter = DeadLetter.objects.get()
        assert letter.external_id == chosen["id"]
        assert bytes(letter.raw).startswith(b'{"type"')
        assert not Pending.objects.exists()


def test_a_conversation_that_is_gone_is_asked_for_twice_an_hour_apart(
    connection: Connection, intercom: Sandbox
) -> None:
    sync(connection)
    chosen = next(row for row in intercom.objects() if row["type"] == "conversation")
    intercom.mutate("reply", id=chosen["id"], text="My last words.")
    intercom.fail(f"/conversations/{chosen['id']}", kind="status", status=404, code="not_found", times=None)
    sync(connection)
    with scope(workspace=connection.workspace_id):
        assert Conversation.objects.present().filter(external_id=chosen["id"]).exists()
        Pending.objects.update(gone_at=F("gone_at") - 3_700, not_before=0)  # an hour ago by Intercom's clock
    intercom.mutate("add_conversation", text="Somebody else is still here.")
    sync(connection)
    with scope(workspace=connection.workspace_id):
        assert not Conversation.objects.present().filter(external_id=chosen["id"]).exists()


def test_five_failing_slices_in_a_row_slow_down_to_one_try_in_15_minutes(
    connection: Connection, intercom: Sandbox
) -> None:
    intercom.fail("*", kind="status", status=500, times=None)
    waits = [engine.run_slice(connection.pk).wait for _ in range(6)]
    assert waits == [5, 15, 60, 120, 900, 900]
    a_day_later = clock.now() + 86_401
    with clock.use(lambda: a_day_later):
        engine.run_slice(connection.pk)
        with scope(workspace=connection.workspace_id):
            assert Connection.objects.get().run == Connection.Run.PAUSED_AFTER_FAILURES
            assert SyncState.objects.get().next_due is None


def test_a_token_that_cannot_be_decrypted_asks_for_a_new_one(
    connection: Connection, intercom: Sandbox, settings: Any
) -> None:
    settings.FIELD_ENCRYPTION_KEYS = ["MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="]
    assert engine.run_slice(connection.pk).ended is engine.Ended.FAILED
    with scope(workspace=connection.workspace_id):
        assert Connection.objects.get().setup == Connection.Setup.CREDENTIALS_UNREADABLE
    assert intercom.log()["total"] == 0
