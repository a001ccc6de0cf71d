"""The log of a run: what each slice read, when it waited, what went wrong; and nothing that a log must not hold."""

import pytest

from integrations.errors import ProviderUnavailable
from integrations.intercom.sandbox.control import Sandbox
from integrations.models import Connection, RunLine, SyncRun
from integrations.sync import failures, journal, lease
from integrations.sync.budget import MustWait
from integrations.sync.journal import Line
from sonora.core import clock
from sonora.workspaces.scoping import scope
from tests.sync.conftest import sync


def _told(connection: Connection, *levels: str) -> list[str]:
    with scope(workspace=connection.workspace_id):
        lines = RunLine.objects.filter(level__in=levels) if levels else RunLine.objects.all()
        return list(lines.order_by("pk").values_list("text", flat=True))


def test_a_run_tells_what_it_reads_and_that_it_is_complete(connection: Connection, intercom: Sandbox) -> None:
    sync(connection)
    first, *read, last = _told(connection)
    assert first.startswith("Changes are read up to ")
    assert read
    assert all(" read, " in line and " changed here." in line for line in read)
    assert sum("60 conversations" in line for line in read) == 1
    assert last == "The run is complete."
    token = intercom.token
    assert not any(token in line or "@" in line for line in _told(connection))


def test_a_run_in_which_nothing_changed_says_little(connection: Connection) -> None:
    sync(connection)
    with scope(workspace=connection.workspace_id):
        RunLine.objects.all().delete()
    sync(connection)
    assert len(_told(connection)) <= 3


def test_what_could_not_be_read_is_a_warning(connection: Connection, intercom: Sandbox) -> None:
    intercom.fail("/tags", kind="status", status=403, code="forbidden", times=None)
    sync(connection)
    assert _told(connection, "warning") == ["Intercom doesn't let this token read tags. Turn on Read tags."]


def test_a_wait_and_a_failure_are_told(connection: Connection) -> None:
    with scope(workspace=connection.workspace_id):
        failures.waiting(_held(connection), MustWait(7.2, refused=True))
        failed = ProviderUnavailable(status=503, code="service_unavailable", request_id="abc-1")
        failures.failed(_held(connection), failed)
        odd = ProviderUnavailable(status=500, code="dG9rOm5vdF9hX3Jl", request_id="me@x.example")
        failures.failed(_held(connection), odd)
    assert _told(connection) == [
        "Intercom asked to slow down. Nothing is asked for 8 seconds.",
        f"{ProviderUnavailable.user_message} (status 503, code service_unavailable, request abc-1)",
        f"{ProviderUnavailable.user_message} (status 500)",
    ]


def _held(connection: Connection) -> lease.Lease:
    """A lease on the connection, whose one run is open."""
    found = lease.claim(connection.pk)
    assert found is not None
    run, _ = SyncRun.objects.get_or_create(
        workspace_id=connection.workspace_id, connection=connection, kind="manual", defaults={"started_at": clock.now()}
    )
    with found.transaction():
        found.save(run_id=run.pk)
    return found


def test_a_full_log_says_so_and_grows_no_more(connection: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "MOST", 3)
    with scope(workspace=connection.workspace_id):
        _held(connection)
        run = SyncRun.objects.get()
        for number in range(5):
            journal.write(run, [Line(f"Line {number}."), Line("More.")])
    assert _told(connection) == ["Line 0.", "More.", journal.FULL]


def test_what_looks_like_a_secret_is_left_out(connection: Connection) -> None:
    with scope(workspace=connection.workspace_id):
        _held(connection)
        journal.write(SyncRun.objects.get(), [Line("token=dG9rOmFiY2RlZmdoaWprbG1ub3BxcnN0dXZ3 said")])
    assert _told(connection) == ["token=[redacted] said"]
