"""`manage.py intercom …` as a person at a terminal meets it: words, streams and exit codes."""

import io
import json
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from integrations import held_totals
from integrations.intercom.sandbox.control import Sandbox
from integrations.models import Connection, DeadLetter, HeldTotal, StreamState, SyncState
from sonora.core import clock
from sonora.workspaces.models import AuditEntry, Workspace
from sonora.workspaces.scoping import scope
from tests.factories.conversations import ConversationFactory
from tests.factories.integrations import NOW
from tests.factories.workspaces import WorkspaceFactory
from tests.integrations.conftest import stored_rows

ROOT = Path(__file__).resolve().parents[2]
BAD = "Intercom doesn't accept this token. It was rotated, or the app was deleted. Generate a new token and reconnect."


@dataclass(frozen=True)
class Ended:
    code: int
    out: str
    err: str


Run = Callable[..., Ended]


@pytest.fixture
def workspace(db: None) -> Workspace:
    return WorkspaceFactory(slug="demo")


@pytest.fixture
def run(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a subcommand with *token* on stdin."""
    monkeypatch.delenv("INTERCOM_TOKEN", raising=False)

    def _run(*arguments: str, token: str | bytes = "", environment: str = "") -> Ended:
        typed = token if isinstance(token, bytes) else token.encode()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(typed)))
        if environment:
            monkeypatch.setenv("INTERCOM_TOKEN", environment)
        out, err, code = io.StringIO(), io.StringIO(), 0
        try:
            call_command("intercom", *arguments, stdout=out, stderr=err)
        except SystemExit as end:
            code = int(end.code or 0)
        return Ended(code, out.getvalue(), err.getvalue())

    return _run


def connection(workspace: Workspace) -> Connection:
    with scope(workspace=workspace):
        return Connection.objects.select_related("state").get()


def test_check_names_workspace_region_and_permissions(run: Run, intercom: Sandbox) -> None:
    ended = run("check", "--base-url", intercom.url, token=f"{intercom.token}\n")
    assert (ended.code, ended.err) == (0, "")
    for words in ("Northwind", "us", "Read conversations", "allowed"):
        assert words in ended.out
    assert stored_rows() == 0


def test_check_speaks_json(run: Run, intercom: Sandbox) -> None:
    told = json.loads(run("check", "--base-url", intercom.url, "--json", environment=intercom.token).out)
    assert (told["workspace"]["name"], told["region"], told["may_save"]) == ("Northwind", "us", True)
    assert {row["permission"]: row["verdict"] for row in told["permissions"]} == dict.fromkeys(
        ("admins", "conversations", "contacts", "companies", "tags"), "allowed"
    )


@pytest.mark.parametrize("subcommand", ["check", "connect"])
@pytest.mark.parametrize(
    ("token", "base_url", "sentence"),
    [
        ("", None, "Paste the access token."),
        ("too-short", None, "An access token has 20 to 512 letters, digits or = _ - . : + /. Copy it again."),
        ("dG9rOmNhbmFyeV90b2tlbl9ub3RfcmVhbA==".encode("utf-16"), None, "An access token has 20 to 512 letters"),
        ("dG9rOmNhbmFyeV90b2tlbl9ub3RfcmVhbA==", None, BAD),
        (None, "http://127.0.0.1:1", "Use one of Intercom's API addresses"),
    ],
)
def test_what_a_person_must_correct_ends_with_4(
    run: Run, intercom: Sandbox, subcommand: str, token: str | bytes | None, base_url: str | None, sentence: str
) -> None:
    where = ["--workspace", "demo"] if subcommand == "connect" else []
    typed = intercom.token if token is None else token
    ended = run(subcommand, *where, "--base-url", base_url or intercom.url, token=typed)
    assert ended.code == 4
    assert sentence in ended.err
    assert "canary" not in ended.out + ended.err
    assert stored_rows() == 0


@pytest.mark.parametrize("subcommand", ["check", "connect"])
def test_another_region_ends_with_4_and_names_the_address(
    run: Run, intercom: Sandbox, subcommand: str, workspace: Workspace
) -> None:
    intercom.settings(region="Europe")
    where = ["--workspace", "demo"] if subcommand == "connect" else []
    ended = run(subcommand, *where, "--base-url", intercom.url, token=intercom.token)
    assert ended.code == 4
    assert "https://api.eu.intercom.io" in ended.err
    assert stored_rows() == 0


def test_trouble_that_passes_ends_with_1(run: Run, intercom: Sandbox) -> None:
    intercom.fail("*", kind="status", status=503, times=None)
    ended = run("connect", "--workspace", "demo", "--base-url", intercom.url, token=intercom.token)
    assert ended.code == 1
    assert "We couldn't reach Intercom" in ended.err


def test_connect_stores_the_connection(run: Run, intercom: Sandbox, workspace: Workspace) -> None:
    ended = run(
        "connect",
        "--workspace",
        "demo",
        "--base-url",
        intercom.url,
        "--lookback-days",
        "0",
        token=f"Bearer {intercom.token}",
    )
    assert (ended.code, ended.err) == (0, "")
    assert "Intercom is connected (Northwind). The first sync has started." in ended.out
    made = connection(workspace)
    assert (made.lookback_days, made.interval, made.show_internal_notes) == (0, 900, True)


def test_connect_keeps_an_address_of_another_region_when_told(
    run: Run, intercom: Sandbox, workspace: Workspace
) -> None:
    intercom.settings(region="Europe")
    arguments = ["connect", "--workspace", "demo", "--base-url", intercom.url, "--keep-base-url"]
    assert run(*arguments, token=intercom.token).code == 0
    assert connection(workspace).base_url == intercom.url


def test_connecting_twice_says_that_it_is_connected(run: Run, intercom: Sandbox) -> None:
    arguments = ["connect", "--workspace", "demo", "--base-url", intercom.url]
    assert run(*arguments, token=intercom.token).code == 0
    before = stored_rows()
    ended = run(*arguments, token=intercom.token)
    assert (ended.code, ended.err.strip()) == (1, "Intercom is already connected.")
    assert stored_rows() == before


def test_connecting_gives_a_connection_that_lost_its_token_another(
    run: Run, intercom: Sandbox, workspace: Workspace
) -> None:
    arguments = ["connect", "--workspace", "demo", "--base-url", intercom.url]
    run(*arguments, "--lookback-days", "7", token=intercom.token)
    with scope(workspace=workspace):
        Connection.objects.update(setup="token_invalid")
    assert run(*arguments, token=intercom.token).code == 0
    made = connection(workspace)
    assert (made.setup, made.generation, made.lookback_days) == ("ok", 2, 7)


def test_a_missing_permission_is_named_on_stderr(run: Run, intercom: Sandbox) -> None:
    intercom.settings(missing_scopes=["read_tags"])
    ended = run("connect", "--workspace", "demo", "--base-url", intercom.url, token=intercom.token)
    assert ended.code == 0
    assert ended.err.strip() == "Read tags: not allowed"


def test_status_tells_state_ledger_runs_and_lag(run: Run, intercom: Sandbox, workspace: Workspace) -> None:
    run("connect", "--workspace", "demo", "--base-url", intercom.url, token=intercom.token)
    told: dict[str, Any] = json.loads(run("status", "--workspace", "demo", "--json").out)
    assert told["state"]["key"] == "first_sync"
    assert set(told["streams"]) == {"conversations", "contacts", "companies", "teammates", "tags"}
    assert (told["lag"], told["runs"]) == (None, [])
    assert intercom.token not in json.dumps(told)
    with scope(workspace=workspace):
        now = SyncState.objects.get().next_due or 0
        SyncState.objects.update(initial_done_at=now, watermark=now - 100, last_run_finished_at=now)
    assert json.loads(run("status", "--workspace", "demo", "--json").out)["lag"] >= 100


def test_status_says_in_lines_what_is_held_and_what_never_comes(
    run: Run, intercom: Sandbox, workspace: Workspace
) -> None:
    run("connect", "--workspace", "demo", "--base-url", intercom.url, token=intercom.token)
    with scope(workspace=workspace):
        owner = {"workspace": workspace, "connection": connection(workspace)}
        StreamState.objects.create(**owner, stream="tags", said=2, said_at=NOW)
        StreamState.objects.create(**owner, stream="contacts", unknown={"role:partner": 3})
        StreamState.objects.create(**owner, stream="teams", off_reason="missing", off_detail="Read admins")
        DeadLetter.objects.create(**owner, stream="contacts", external_id="p9", error="x", first_at=NOW, last_at=NOW)
        ConversationFactory(connection=owner["connection"], parts_total=742, parts_held=520)
        SyncState.objects.update(
            initial_done_at=NOW,
            watermark=NOW,
            closed_done=True,
            closed_edge=NOW - 90 * 86_400,
            deletions_refused=True,
            search_lag=420,
            search_lag_at=clock.now(),
            suspects={"companies": 40},
        )
    lines = run("status", "--workspace", "demo").out.splitlines()
    for line in (
        "  conversations  held         1 of         ?  Intercom gives no total",
        "  tags           held         0 of         2  2 missing for no known reason",
        "  messages       held         0  222 not retrievable",
        "1 dead letter: tried again by the sweeps, or when somebody asks",
        "teams is off (missing): Read admins",
        "40 companies are gone at once: kept until somebody says that they may go",
        "contacts have values that this version doesn't know, stored as they are: role:partner",
        "the search showed a change 420 s late",
        "  complete back  to 2026-06-23 14:13:20 UTC",
        "  synced through 2026-09-21 14:13:20 UTC",
        "  deletions      Not told by Intercom to this connection; found by a weekly comparison",
        "  never seen     Outbound messages without a reply: Intercom's search leaves them out.",
    ):
        assert f"  {line}" in lines or line in lines, line


def test_every_value_of_the_status_is_documented(run: Run, intercom: Sandbox) -> None:
    run("connect", "--workspace", "demo", "--base-url", intercom.url, token=intercom.token)
    told = json.loads(run("status", "--workspace", "demo", "--json").out)
    documented = set(re.findall(r"`([a-z_]+)`", (ROOT / "docs" / "status.md").read_text(encoding="utf-8")))
    names = {*told, *told["state"], *told["parts"], *told["coverage"], *told["dead_letters"], *told["streams"]["tags"]}
    assert names <= documented, names - documented


def test_recount_sets_right_what_differs_and_says_what_it_was(
    run: Run, intercom: Sandbox, workspace: Workspace
) -> None:
    run("connect", "--workspace", "demo", "--base-url", intercom.url, token=intercom.token)
    with scope(workspace=workspace):
        ConversationFactory.create_batch(2, connection=connection(workspace))
    assert run("recount", "--workspace", "demo") == Ended(0, "All totals are right.\n", "")
    held_totals.settle(connection(workspace).pk)
    HeldTotal.objects.update(number=7, held=0)
    told = run("recount", "--workspace", "demo")
    assert (told.code, told.out) == (0, "conversations: number -5, held +2\nSet right.\n")
    assert json.loads(run("status", "--workspace", "demo", "--json").out)["streams"]["conversations"]["held"] == 2


@pytest.mark.parametrize("arguments", [["status"], ["recount"], ["export"], ["disconnect", "--keep"]])
def test_what_is_not_there_is_said(run: Run, arguments: list[str]) -> None:
    ended = run(*arguments, "--workspace", "demo")
    assert (ended.code, ended.err.strip()) == (1, "Intercom is not connected to this workspace.")
    ended = run(*arguments, "--workspace", "nowhere")
    assert (ended.code, ended.err.strip()) == (1, "There is no workspace 'nowhere'.")


def test_export_is_audited_and_writes_what_is_held(run: Run, intercom: Sandbox, workspace: Workspace) -> None:
    run("connect", "--workspace", "demo", "--base-url", intercom.url, token=intercom.token)
    ended = run("export", "--workspace", "demo")
    assert (ended.code, ended.out, ended.err) == (0, "", "")
    with scope(workspace=workspace):
        assert AuditEntry.objects.filter(action="integration.exported").count() == 1


def test_disconnect_keeps(run: Run, intercom: Sandbox, workspace: Workspace) -> None:
    run("connect", "--workspace", "demo", "--base-url", intercom.url, token=intercom.token)
    ended = run("disconnect", "--workspace", "demo", "--keep")
    assert (ended.code, ended.out.strip()) == (0, "Intercom is disconnected. The data is kept.")
    assert connection(workspace).setup == "disconnected"


def test_disconnect_deletes_only_when_it_is_meant(run: Run, intercom: Sandbox, workspace: Workspace) -> None:
    run("connect", "--workspace", "demo", "--base-url", intercom.url, token=intercom.token)
    ended = run("disconnect", "--workspace", "demo", "--delete")
    assert ended.code == 1
    assert "--yes" in ended.err
    assert connection(workspace).setup == "ok"
    assert run("disconnect", "--workspace", "demo", "--delete", "--yes").code == 0
    assert stored_rows() == 0


def test_the_token_is_never_an_argument(run: Run, intercom: Sandbox) -> None:
    with pytest.raises(Exception, match="unrecognized arguments"):
        run("check", "--base-url", intercom.url, "--token", intercom.token)
