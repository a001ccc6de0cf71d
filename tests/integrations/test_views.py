"""The pages of a connection: who may see and press what, and what each press does."""

import html
import re
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from integrations import connections, gone, purge
from integrations.intercom.sandbox.control import Sandbox
from integrations.models import Connection, SyncRun, SyncState
from sonora.core import clock
from sonora.workspaces.models import AuditEntry, Workspace
from sonora.workspaces.scoping import scope, scopes_disabled
from tests.factories.conversations import ConversationFactory, MessageFactory
from tests.factories.integrations import ConnectionFactory
from tests.integrations.conftest import CARD, House, connect

PAGES = ["", "/runs", "/progress", "/unreadable"]
MANAGED = ["/connect?mode=reconnect", "/settings", "/disconnect", "/missing", "/resync", "/troubleshooting"]
BUTTONS = ["/permission-checks", "/region", "/sync-runs", "/pause", "/resume", "/unreadable/retries"]
PRESSED = ["/connect", "/checks", "/settings", "/disconnect", "/missing", "/resync", "/troubleshooting", *BUTTONS]


@pytest.fixture
def made(house: House, intercom: Sandbox) -> Connection:
    with scope(workspace=house.workspace):
        return connect(house.workspace, intercom)


def said(response: HttpResponse) -> str:
    return html.unescape(response.content.decode())


def fresh(made: Connection) -> Connection:
    with scopes_disabled():
        return Connection.objects.select_related("state").get(pk=made.pk)


@pytest.mark.parametrize("page", PAGES)
def test_a_member_reads_without_buttons(house: House, made: Connection, page: str) -> None:
    response = house.ben.get(CARD + page)
    assert response.status_code == 200
    for button in ("Sync now", "Pause", "Disconnect", "Check again", "Change token"):
        assert button not in said(response)


def test_a_member_is_told_whom_to_ask(house: House, made: Connection) -> None:
    for page in (CARD, "/settings/integrations"):
        assert "Ask an admin to change integrations." in said(house.ben.get(page))


@pytest.mark.parametrize("page", MANAGED)
def test_a_member_may_not_open_what_changes_things(house: House, made: Connection, page: str) -> None:
    assert house.ben.get(CARD + page).status_code == 403


@pytest.mark.parametrize("page", PRESSED)
def test_a_member_may_not_press_anything_and_the_try_is_audited(house: House, made: Connection, page: str) -> None:
    before = fresh(made)
    assert house.ben.post(CARD + page, {"choice": "delete", "typed": "Northwind"}).status_code == 403
    after = fresh(made)
    assert (after.setup, after.run, after.generation) == (before.setup, before.run, before.generation)
    with scope(workspace=house.workspace):
        assert AuditEntry.objects.filter(action="access.refused", actor="ben@a.example").count() == 1


@pytest.mark.parametrize("page", ["/runs", "/settings", "/disconnect", "/unreadable", "/missing"])
def test_another_workspaces_connection_does_not_exist(house: House, made: Connection, page: str) -> None:
    assert house.cleo.get(CARD + page).status_code == 404


@pytest.mark.parametrize("page", ["/settings", "/disconnect", "/missing", *BUTTONS])
def test_a_stranger_can_press_nothing_of_another_workspace(house: House, made: Connection, page: str) -> None:
    assert house.cleo.post(CARD + page, {"choice": "delete", "typed": "Northwind"}).status_code == 404
    assert fresh(made).setup == "ok"


def test_a_run_of_another_workspace_does_not_exist(house: House, made: Connection, intercom: Sandbox) -> None:
    with scope(workspace=house.workspace):
        run = _run(made)
    with scopes_disabled():
        other = Workspace.objects.get(slug="b")
    with scope(workspace=other):
        connect(other, intercom)
    assert house.ada.get(f"{CARD}/runs/{run.pk}").status_code == 200
    assert house.cleo.get(f"{CARD}/runs/{run.pk}").status_code == 404


@pytest.mark.parametrize("page", ["", "/connect", "/runs", "/settings", "/progress", "/unreadable", "/missing"])
def test_nobody_gets_in_without_signing_in(db: None, page: str) -> None:
    response = Client().get(CARD + page)
    assert response.status_code == 302
    assert "/sign-in" in response["Location"]


@pytest.mark.parametrize("page", ["/checks", *BUTTONS])
def test_what_changes_things_is_not_a_link(house: House, made: Connection, page: str) -> None:
    assert house.ada.get(CARD + page).status_code == 405


@pytest.mark.parametrize("page", ["/pause", "/disconnect", "/connect", "/checks", "/missing", "/unreadable/retries"])
def test_a_form_of_another_site_does_nothing(house: House, made: Connection, page: str) -> None:
    house.ada.handler.enforce_csrf_checks = True
    assert house.ada.post(CARD + page, {"choice": "keep"}).status_code == 403
    assert (fresh(made).setup, fresh(made).run) == ("ok", "queued")


def test_a_provider_that_nobody_named_does_not_exist(house: House) -> None:
    assert house.ada.get("/settings/integrations/nobody").status_code == 404


def test_the_catalogue_offers_what_is_not_connected(house: House, intercom: Sandbox) -> None:
    page = said(house.ada.get("/settings/integrations"))
    assert "Available" in page
    assert "Conversations, people, companies and tags. Read-only." in page
    assert f'href="{CARD}/connect"' in page


def test_the_catalogue_shows_what_needs_somebody_first(house: House, made: Connection) -> None:
    page = said(house.ada.get("/settings/integrations"))
    assert "Connected" in page
    assert "Needs attention" not in page
    _update(made, setup="token_invalid")
    page = said(house.ada.get("/settings/integrations"))
    assert "Needs attention" in page
    assert "Reconnect" in page


def test_the_card_of_a_new_workspace_invites_to_connect(house: House) -> None:
    assert "Connect Intercom to bring in conversations" in said(house.ada.get(CARD))
    assert "Ask an admin" in said(house.ben.get(CARD))


def test_sync_now_makes_it_due_and_goes_back(house: House, made: Connection) -> None:
    response = house.ada.post(f"{CARD}/sync-runs", {"next": "/settings/integrations"})
    assert response["Location"] == "/settings/integrations"
    assert fresh(made).state.now_requested_by == "ada@a.example"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_no_button_leads_to_another_site(house: House, made: Connection, elsewhere: str) -> None:
    assert house.ada.post(f"{CARD}/sync-runs", {"next": elsewhere})["Location"] == CARD


def test_pausing_and_resuming_show_on_the_card(house: House, made: Connection) -> None:
    page = said(house.ada.post(f"{CARD}/pause", follow=True))
    assert "Paused by ada@a.example" in page
    assert "Resume" in page
    assert "Sync now</button>" not in page
    page = said(house.ada.post(f"{CARD}/resume", follow=True))
    assert "Paused by" not in page


def test_checking_again_shows_what_changed(house: House, made: Connection, intercom: Sandbox) -> None:
    intercom.settings(missing_scopes=["read_tags"])
    page = said(house.ada.post(f"{CARD}/permission-checks", follow=True))
    assert "Intercom doesn't let this token read tags" in page


def test_the_first_sync_moves_and_announces_only_what_is_new(house: House, made: Connection) -> None:
    page = said(house.ada.get(CARD))
    assert f'hx-get="{CARD}/progress?told=first_sync"' in page
    assert 'hx-trigger="every 2s"' in page
    first = said(house.ada.get(f"{CARD}/progress?told="))
    assert 'id="announce"' in first
    assert 'id="announce"' not in said(house.ada.get(f"{CARD}/progress?told=first_sync"))
    with scope(workspace=house.workspace):
        SyncState.objects.update(initial_done_at=1, last_run_finished_at=clock.now(), run_due=clock.now() + 900)
    _update(made, run="idle")
    assert 'hx-trigger="every 15s"' in said(house.ada.get(f"{CARD}/progress"))


@pytest.mark.parametrize(
    ("came", "said_of_it"),
    [
        ({"saved": {"conversations": 14, "tags": 1}}, "14 conversations updated."),
        ({"saved": {"conversations": 0, "tags": 1}}, "1 object updated."),
        ({}, "Nothing new."),
        ({"result": "partly"}, "Not everything could be read. The run says what."),
        ({"result": "failed"}, "Not everything could be read. The run says what."),
        ({"result": "cancelled"}, "The sync was stopped."),
    ],
)
def test_whoever_pressed_sync_now_is_told_what_came(
    house: House, made: Connection, came: dict[str, Any], said_of_it: str
) -> None:
    with scope(workspace=house.workspace):
        SyncState.objects.update(initial_done_at=1, last_run_finished_at=clock.now(), run_due=clock.now() + 900)
        _run(made, kind="manual", triggered_by="ada@a.example", **came)
    _update(made, run="idle")
    assert said_of_it in said(house.ada.get(f"{CARD}/progress?told=syncing"))
    assert said_of_it not in said(house.ada.get(f"{CARD}/progress?told=healthy"))
    assert said_of_it not in said(house.ben.get(f"{CARD}/progress?told=syncing"))


def test_sync_now_is_off_with_a_reason_while_a_sync_runs(house: House, made: Connection) -> None:
    page = said(house.ada.get(CARD))
    assert 'aria-disabled="true" aria-describedby="sync-now-why"' in page
    assert "A sync is running" in page


def test_settings_change_what_is_brought_in(house: House, made: Connection) -> None:
    sent = {"lookback": "all", "lookback_days": "", "interval": "3600"}
    assert house.ada.post(f"{CARD}/settings", sent).status_code == 302
    after = fresh(made)
    assert (after.lookback_days, after.interval, after.show_internal_notes) == (None, 3600, False)


def test_a_connection_is_called_as_its_settings_say_and_the_audit_trail_tells_who_did(
    house: House, made: Connection
) -> None:
    sent = {"lookback": "90", "interval": "900", "name": " Support <EU> "}
    assert house.ada.post(f"{CARD}/settings", sent).status_code == 302
    for page in (CARD, f"{CARD}/settings", "/settings/integrations"):
        assert "<bdi>Support &lt;EU&gt;</bdi> · Northwind" in house.ada.get(page).content.decode()
    with scope(workspace=made.workspace):
        entry = AuditEntry.objects.get(action="integration.renamed")
    assert (entry.actor, entry.detail["after"]) == ("ada@a.example", {"name": "Support <EU>"})


@pytest.mark.parametrize(
    ("ticked", "kept"), [("analyse_sentiment", (True, False)), ("analyse_requests", (False, True))]
)
def test_each_analysis_has_its_switch(house: House, made: Connection, ticked: str, kept: tuple[bool, bool]) -> None:
    sent = {"lookback": "90", "lookback_days": "", "interval": "900", ticked: "on"}
    assert house.ada.post(f"{CARD}/settings", sent).status_code == 302
    after = fresh(made)
    assert (after.analyse_sentiment, after.analyse_requests) == kept
    shown = said(house.ada.get(f"{CARD}/settings"))
    assert re.search(rf'name="{ticked}"[^>]* checked', shown)
    assert len(re.findall(r'name="analyse_\w+"[^>]* checked', shown)) == 1


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"lookback": "custom", "lookback_days": "", "interval": "900"}, "Give a whole number of days."),
        ({"lookback": "custom", "lookback_days": "-1", "interval": "900"}, "Give a number of days from 0 to 36,500."),
        ({"lookback": "custom", "lookback_days": "1.5", "interval": "900"}, "Give a whole number of days."),
    ],
)
def test_settings_that_cannot_be_are_refused(
    house: House, made: Connection, sent: dict[str, str], sentence: str
) -> None:
    response = house.ada.post(f"{CARD}/settings", sent)
    assert response.status_code == 422
    assert sentence in said(response)
    assert fresh(made).lookback_days == 90


def test_settings_show_the_last_four_characters_of_the_token_and_no_more(
    house: House, made: Connection, intercom: Sandbox
) -> None:
    page = said(house.ada.get(f"{CARD}/settings"))
    assert f"••••{intercom.token[-4:]}" in page
    assert intercom.token[:-4] not in page


def test_disconnecting_keeps_the_data_unless_told_otherwise(house: House, made: Connection) -> None:
    page = said(house.ada.get(f"{CARD}/disconnect"))
    assert 'value="keep" checked' in page
    page = said(house.ada.post(f"{CARD}/disconnect", {"choice": "keep"}, follow=True))
    assert "Data up to then is kept." in page
    assert fresh(made).token is None


@pytest.mark.parametrize("typed", ["", "northwind", "Northwin", "Intercom"])
def test_deleting_needs_the_workspaces_name(house: House, made: Connection, typed: str) -> None:
    response = house.ada.post(f"{CARD}/disconnect", {"choice": "delete", "typed": typed})
    assert response.status_code == 422
    assert "Type Northwind to delete its data. Nothing was deleted." in said(response)
    assert (fresh(made).setup, fresh(made).token is None) == ("ok", False)


def test_deleted_data_leaves_an_empty_card_that_says_when(house: House, made: Connection) -> None:
    sent = {"choice": "delete", "typed": " Northwind "}
    page = said(house.ada.post(f"{CARD}/disconnect", sent, follow=True))
    assert "Removing Intercom data." in page
    purge.run_all(made.pk)
    assert house.ada.get(f"{CARD}/progress")["HX-Refresh"] == "true"
    assert "Intercom data was deleted on" in said(house.ada.get(CARD))


def test_while_data_is_deleted_the_card_shows_what_is_left_and_nothing_that_is_over(
    house: House, made: Connection
) -> None:
    with scope(workspace=made.workspace):
        MessageFactory.create_batch(3, conversation=ConversationFactory(connection=made))
        connections.disconnect(made, by="ada@a.example", delete=True)
    assert house.ada.get(f"{CARD}/progress?told=healthy")["HX-Refresh"] == "true"
    for page in (house.ada.get(CARD), house.ada.get(f"{CARD}/progress?told=deleting")):
        assert 'Messages</th><td class="num">3</td>' in said(page)
        assert 'aria-valuenow="0"' in said(page)
        for over in ('id="ledger"', 'id="coverage"', 'id="where"'):
            assert over not in said(page)


def test_deleted_data_is_counted_beside_what_is_left_of_it(house: House, made: Connection) -> None:
    with scope(workspace=made.workspace):
        MessageFactory.create_batch(3, conversation=ConversationFactory(connection=made))
        connections.disconnect(made, by="ada@a.example", delete=True)
    purge.run_all(made.pk)
    page = said(house.ada.get(CARD))
    assert "<bdi>ada@a.example</bdi>" in page
    for title, removed in (("Conversations", 1), ("Messages", 3), ("Tags", 0)):
        assert f'{title}</th><td class="num">{removed}</td><td class="num">0</td>' in page
    with scope(workspace=made.workspace):
        again = ConnectionFactory(workspace=made.workspace)
        ConversationFactory(connection=again)
        deletion = gone.last(made.workspace, "intercom")
    assert deletion is not None
    assert [one.left for one in deletion.kinds if one.title == "Conversations"] == [1]  # it counts indeed


def test_runs_stand_newest_first_and_go_on(house: House, made: Connection) -> None:
    assert "No runs yet" in said(house.ada.get(f"{CARD}/runs"))
    with scope(workspace=house.workspace):
        runs = [_run(made, started_at=1_700_000_000 + number) for number in range(53)]
    page = said(house.ada.get(f"{CARD}/runs"))
    assert page.count('role="rowheader"') == 50
    older = said(house.ada.get(f"{CARD}/runs?before={runs[3].pk}"))
    assert older.count('role="rowheader"') == 3
    assert house.ada.get(f"{CARD}/runs?before=nonsense").status_code == 200


def test_a_run_tells_what_it_read_and_what_went_wrong(house: House, made: Connection) -> None:
    with scope(workspace=house.workspace):
        run = _run(made, read={"tags": 24}, saved={"tags": 3}, issues=["<b>Tags</b> could not be read."])
    page = house.ada.get(f"{CARD}/runs/{run.pk}").content.decode()
    assert "&lt;b&gt;Tags&lt;/b&gt; could not be read." in page
    assert "24" in page


def test_a_run_tells_each_cause_once(house: House, made: Connection) -> None:
    odd = "One of the contacts could not be read (p-{}). It is kept and tried again."
    with scope(workspace=house.workspace):
        run = _run(made, issues=[odd.format(1), "The walk was cut off.", odd.format(2), odd.format(3)])
    page = said(house.ada.get(f"{CARD}/runs/{run.pk}"))
    assert page.count("could not be read") == 1
    assert "(p-1)" in page
    assert "3 times" in page
    assert page.index("could not be read") < page.index("The walk was cut off.")


def test_a_page_never_holds_the_token(house: House, made: Connection, intercom: Sandbox) -> None:
    for page in ["/settings/integrations", *(CARD + page for page in [*PAGES, *MANAGED])]:
        assert intercom.token not in house.ada.get(page).content.decode()


def _run(made: Connection, **fields: Any) -> SyncRun:
    wanted: dict[str, Any] = {"kind": "scheduled", "result": "succeeded", "started_at": 5, "finished_at": 9, **fields}
    return SyncRun.objects.create(workspace=made.workspace, connection=made, **wanted)


def _update(made: Connection, **fields: Any) -> None:
    with scopes_disabled():
        Connection.objects.filter(pk=made.pk).update(**fields)
