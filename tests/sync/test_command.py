"""`manage.py intercom sync`: exit code 0 only when it is so, and the reason on stderr otherwise."""

import io
from typing import Any

import pytest
from django.core.management import call_command

from integrations.commands import sync as sync_command
from integrations.intercom.sandbox.control import Sandbox
from integrations.models import Connection, SyncRun, SyncState
from integrations.sync import lease
from sonora.core import clock
from sonora.workspaces.scoping import scope
from tests.sync.conftest import difference


def command(*arguments: str) -> tuple[int, str]:
    """The exit code and what was said on stderr."""
    err = io.StringIO()
    try:
        call_command("intercom", "sync", "--workspace", "demo", *arguments, stdout=io.StringIO(), stderr=err)
    except SystemExit as ended:
        return int(ended.code or 0), err.getvalue()
    return 0, err.getvalue()


def test_now_and_wait_come_back_when_everything_is_read(connection: Connection, intercom: Sandbox) -> None:
    assert command("--now", "--wait") == (0, "")
    assert not difference(connection, intercom)


def test_without_wait_it_is_marked_due(connection: Connection) -> None:
    assert command("--now")[0] == 0
    with scope(workspace=connection.workspace_id):
        assert SyncState.objects.get().now_requested_at is not None
        assert not SyncRun.objects.exists()


def test_when_the_time_is_up_what_is_stored_stays(connection: Connection, intercom: Sandbox) -> None:
    intercom.settings(latency_ms=150)
    code, said = command("--now", "--wait", "--timeout", "1.5")
    assert code == 3
    assert said.startswith("Time is up.")
    intercom.settings(latency_ms=0)
    assert command("--now", "--wait")[0] == 0
    assert not difference(connection, intercom)


def test_a_token_that_is_not_accepted_needs_a_person(connection: Connection, intercom: Sandbox) -> None:
    intercom.settings(revoked="token_revoked")
    code, said = command("--now", "--wait")
    assert code == 4
    assert said.strip().endswith("Generate a new token and reconnect.")


@pytest.mark.parametrize("seconds", ["soon", "nan", "-1"])
def test_a_time_that_is_none_is_refused(
    connection: Connection, capsys: pytest.CaptureFixture[str], seconds: str
) -> None:
    assert command("--now", "--wait", "--timeout", seconds)[0] == 2
    assert f"{seconds!r} is not a number of seconds" in capsys.readouterr().err


CONVERSATIONS = "This token can't read conversations. Turn on Read conversations in Intercom."
CONTACTS = "This token can't read contacts. Turn on Read users and contacts in Intercom."


@pytest.mark.parametrize(
    ("path", "sentences"),
    [
        ("/conversations*", [CONVERSATIONS]),
        ("/contacts*", [CONTACTS]),
        ("/con*", [CONVERSATIONS, CONTACTS]),
    ],
)
def test_what_is_necessary_and_may_not_be_read_needs_a_person(
    connection: Connection, intercom: Sandbox, path: str, sentences: list[str]
) -> None:
    intercom.fail(path, kind="status", status=403, code="forbidden", times=None)
    code, said = command("--now", "--wait")
    assert (code, said.splitlines()) == (4, sentences)


def test_what_the_plan_does_not_include_no_permission_brings(connection: Connection, intercom: Sandbox) -> None:
    intercom.settings(plan_restricted=True)
    intercom.fail("/tags*", kind="status", status=403, code="api_plan_restricted", times=None)
    code, said = command("--now", "--wait")
    assert (code, said.strip()) == (4, "Your Intercom plan doesn't include conversations.")
    intercom.settings(plan_restricted=False)
    code, said = command("--now", "--wait")
    assert (code, said.strip()) == (0, "Your Intercom plan doesn't include tags.")


@pytest.mark.parametrize(("stream", "permission"), [("tags", "Read tags"), ("companies", "Read users and contacts")])
def test_another_stream_that_may_not_be_read_is_named_and_does_not_fail_it(
    connection: Connection, intercom: Sandbox, stream: str, permission: str
) -> None:
    intercom.fail(f"/{stream}*", kind="status", status=403, code="forbidden", times=None)
    code, said = command("--now", "--wait")
    assert (code, said.strip()) == (0, f"{stream} could not be read: turn on {permission} in Intercom.")


def test_an_outage_says_so_and_goes_on_when_it_is_over(
    connection: Connection, intercom: Sandbox, impatient: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sync_command._Waiter, "_sleep", lambda *_: intercom.clear())
    intercom.fail("/admins", kind="status", status=403, code="forbidden", times=None)
    intercom.fail("/teams", kind="redirect", location="http://127.0.0.1:1/", times=None)
    code, said = command("--now", "--wait")
    assert (code, said.count("isn't its API")) == (0, 1)


def test_a_lease_of_another_process_is_waited_for(
    connection: Connection, intercom: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    with scope(workspace=connection.workspace_id):
        other = lease.claim(connection.pk)
    assert other is not None
    waits: list[float] = []

    def give_back_after_the_second_look(_: object, seconds: float) -> None:
        waits.append(seconds)
        if len(waits) == 2:
            other.release(next_due=clock.now())

    monkeypatch.setattr(sync_command._Waiter, "_sleep", give_back_after_the_second_look)
    code, said = command("--now", "--wait")
    assert waits == [0.5, 0.5]
    assert (code, said.strip()) == (0, "Another process is syncing this workspace. Waiting for it.")


def test_a_pause_is_respected(connection: Connection, intercom: Sandbox) -> None:
    with scope(workspace=connection.workspace_id):
        Connection.objects.update(run=Connection.Run.PAUSED_BY_PERSON)
    code, said = command("--now", "--wait")
    assert (code, said.strip()) == (4, "Syncing is paused. Resume it first.")
    assert intercom.log()["total"] == 0


def test_an_unknown_workspace_is_said(transactional_db: Any) -> None:
    assert command("--now", "--wait") == (1, "There is no workspace 'demo'.\n")
