"""Who is told what, and that it is told once."""

import re
from collections.abc import Iterator
from typing import Any
from unittest import mock

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection as database
from django.test.utils import CaptureQueriesContext

from integrations import connections, purge, snapshot
from integrations.intercom.sandbox.control import Sandbox
from integrations.models import Connection, Notice, StreamState, SyncState
from integrations.notices import post, rows, watch
from sonora.core import clock
from sonora.workspaces.scoping import scope, scopes_disabled
from tests.integrations.conftest import House, connect

NOW = 1_790_000_000
PAGE = "/settings/notices"


@pytest.fixture
def made(house: House, intercom: Sandbox) -> Iterator[Connection]:
    """A healthy connection whose first sync is told already; the clock stands."""
    with clock.fixed(NOW), scope(workspace=house.workspace):
        connection = connect(house.workspace, intercom)
        well(run_due=NOW + 900)
        yield connection


def well(**state: Any) -> None:
    due = {"run_due": NOW + 900, "next_due": NOW + 900}
    SyncState.objects.update(initial_done_at=NOW, last_run_finished_at=NOW, last_progress_at=NOW, **{**due, **state})
    Connection.objects.update(run="idle", setup="ok")
    watch.look()
    post.send_waiting()
    mail.outbox.clear()


def kinds() -> list[str]:
    return list(Notice.objects.order_by("pk").values_list("kind", flat=True))


def look() -> list[str]:
    """What is told by two looks in a row: the second must have nothing to add."""
    before = len(kinds())
    watch.look()
    after = kinds()
    assert watch.look() == 0
    return after[before:]


def test_the_first_sync_is_told_when_it_is_complete(made: Connection) -> None:
    assert kinds() == ["first_sync_done"]
    assert look() == []


@pytest.mark.parametrize(
    ("changed", "kind"),
    [
        ({"setup": "token_invalid"}, "token_invalid"),
        ({"setup": "credentials_unreadable"}, "credentials_unreadable"),
        ({"setup": "wrong_region"}, "wrong_region"),
        ({"setup": "workspace_mismatch"}, "workspace_mismatch"),
        ({"setup": "version_refused"}, "version_refused"),
        ({"run": "paused_after_failures"}, "paused_after_failures"),
    ],
)
def test_trouble_is_told_once_and_its_end_once(made: Connection, changed: dict[str, str], kind: str) -> None:
    Connection.objects.update(**changed)
    assert look() == [kind]
    Connection.objects.update(setup="ok", run="idle")
    assert look() == ["recovered"]


def test_old_data_is_told_and_that_new_came(made: Connection) -> None:
    SyncState.objects.update(last_run_finished_at=NOW - 1801, next_due=NOW - 60)
    assert look() == ["stale"]
    SyncState.objects.update(last_run_finished_at=NOW)
    assert look() == ["recovered"]


def test_a_permission_more_that_is_missing_is_told_anew(made: Connection, house: House) -> None:
    def lose(stream: str) -> None:
        off = {"off_reason": "missing"}
        StreamState.objects.update_or_create(workspace=house.workspace, connection=made, stream=stream, defaults=off)

    lose("tags")
    assert look() == ["limited:tags"]
    lose("companies")
    assert look() == ["limited:companies:tags"]
    StreamState.objects.update(off_reason="")
    assert look() == ["recovered"]


def test_while_intercom_is_away_nothing_is_told_and_nothing_is_over(made: Connection) -> None:
    SyncState.objects.update(last_run_finished_at=NOW - 1801, next_due=NOW - 60)
    assert look() == ["stale"]
    Connection.objects.update(run="waiting_intercom", run_until=NOW + 60)
    assert look() == []


@pytest.mark.parametrize("ended", [{"run": "paused_by_person"}, {"setup": "disconnected"}])
def test_what_a_person_ends_is_over_without_a_word(made: Connection, ended: dict[str, str]) -> None:
    Connection.objects.update(setup="token_invalid")
    assert look() == ["token_invalid"]
    Connection.objects.update(**{"setup": "ok", **ended})
    assert look() == []
    assert not Notice.objects.filter(ended_at__isnull=True).exists()


def test_a_look_that_comes_second_writes_nothing(made: Connection) -> None:
    Connection.objects.update(setup="token_invalid")
    watch.look()
    seen = Connection.objects.get(pk=made.pk)
    assert watch._raise(seen, snapshot.read(seen).shown, None) == 0  # it had seen no open notice
    told = Notice.objects.get(kind="token_invalid")
    assert rows.end(told)
    assert watch._recover(seen, told) == 0  # it had seen an open one
    assert kinds().count("token_invalid") == 1
    assert "recovered" not in kinds()


def test_a_deletion_is_told_when_it_is_done(made: Connection, house: House) -> None:
    connections.disconnect(made, delete=True, by="ada@a.example")
    while purge.step(made.pk):
        pass
    with scope(workspace=house.workspace):
        assert kinds()[-1] == "deletion_done"
        assert Notice.objects.get(kind="deletion_done").connection_id is None


def test_connections_that_are_well_cost_one_query_together(made: Connection) -> None:
    with CaptureQueriesContext(database) as queries:
        watch.look()
    assert len(queries) == 1


# ---- Mail ----


def test_admins_get_one_mail_each_and_once(made: Connection, settings: Any) -> None:
    settings.SONORA_URL = "https://sonora.example.com"
    Connection.objects.update(setup="token_invalid")
    watch.look()
    assert post.send_waiting() == 1
    assert post.send_waiting() == 0
    (sent,) = mail.outbox
    assert sent.to == ["ada@a.example"]
    assert "no longer accepts the token" in sent.subject
    assert "https://sonora.example.com/settings/integrations/intercom" in sent.body


def test_whoever_set_the_token_is_told_even_without_the_role(made: Connection) -> None:
    Connection.objects.update(setup="token_invalid", token_set_by="ben@a.example")
    watch.look()
    assert post.send_waiting() == 2
    assert sorted(to for sent in mail.outbox for to in sent.to) == ["ada@a.example", "ben@a.example"]


def test_several_notices_come_in_one_mail(made: Connection) -> None:
    Connection.objects.update(setup="token_invalid")
    watch.look()
    Connection.objects.update(setup="ok")
    watch.look()
    assert post.send_waiting() == 1
    assert "2 notices" in mail.outbox[0].subject


def test_a_mail_server_that_is_away_is_asked_again_five_times_in_all(made: Connection) -> None:
    Connection.objects.update(setup="token_invalid")
    watch.look()
    with mock.patch.object(EmailBackend, "send_messages", side_effect=OSError("refused")) as tried:
        for _ in range(7):
            assert post.send_waiting() == 0
    assert tried.call_count == post.TRIES
    assert post.send_waiting() == 0


def test_a_name_with_line_breaks_makes_no_header(made: Connection, house: House) -> None:
    type(house.workspace).objects.filter(pk=house.workspace.pk).update(name="North\r\nBcc: evil@example.com")
    Connection.objects.update(setup="token_invalid")
    watch.look()
    assert post.send_waiting() == 1
    assert "\n" not in mail.outbox[0].subject


# ---- The page ----


def test_the_bell_counts_what_is_new_until_it_is_read(house: House, made: Connection) -> None:
    Connection.objects.update(setup="token_invalid")
    watch.look()
    assert "Notices: 2 new" in house.ada.get("/conversations").content.decode()
    page = house.ada.get(PAGE).content.decode()
    assert "no longer accepts the token" in page
    assert "not over yet" in page
    assert house.ada.post(PAGE).status_code == 302
    assert re.search(r'aria-label="Notices"', house.ada.get("/conversations").content.decode())


def test_members_are_not_told_and_strangers_see_nothing(house: House, made: Connection) -> None:
    assert house.ben.get(PAGE).status_code == 403
    assert "/settings/notices" not in house.ben.get("/conversations").content.decode()
    assert "first sync" not in house.cleo.get(PAGE).content.decode()


def test_without_notices_the_page_says_what_will_be_there(house: House) -> None:
    assert "No notices yet" in house.cleo.get(PAGE).content.decode()
    with scopes_disabled():
        assert not Notice.objects.exists()
