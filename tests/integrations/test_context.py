"""The line and the badge that every page carries while something is wrong."""

import html
from typing import Any

import pytest
from django.test import RequestFactory

from integrations.context import attention
from integrations.intercom.sandbox.control import Sandbox
from integrations.models import Connection, SyncState
from integrations.sync import scheduler
from sonora.core import clock
from sonora.workspaces.models import Membership
from sonora.workspaces.scoping import scope
from tests.integrations.conftest import CARD, House, connect


@pytest.fixture
def made(house: House, intercom: Sandbox) -> Connection:
    with scope(workspace=house.workspace):
        connection = connect(house.workspace, intercom)
        now = clock.now()
        SyncState.objects.update(initial_done_at=now, last_run_finished_at=now, run_due=now + 900, next_due=now + 900)
        Connection.objects.update(run="idle")
    return connection


def told(house: House, email: str = "ada@a.example", path: str = "/conversations") -> tuple[Any, Any]:
    request: Any = RequestFactory().get(path)
    request.workspace = house.workspace
    with scope(workspace=house.workspace):
        request.membership = Membership.objects.get(user__email=email)
        said = attention(request)
        return said["nav_errors"](), said["banner"]()


def test_a_healthy_connection_says_nothing(house: House, made: Connection) -> None:
    assert told(house) == (0, None)


def test_nothing_connected_says_nothing(house: House) -> None:
    assert told(house) == (0, None)


def test_a_token_that_is_refused_is_red_and_leads_to_reconnect(house: House, made: Connection) -> None:
    _update(house, setup="token_invalid")
    errors, banner = told(house)
    assert errors == 1
    assert (banner["meaning"], banner["action"]) == ("error", "Reconnect")
    assert banner["url"] == f"{CARD}/connect?mode=reconnect"


def test_a_member_is_led_to_the_card_that_he_may_read(house: House, made: Connection) -> None:
    _update(house, setup="token_invalid")
    assert told(house, "ben@a.example")[1]["url"] == CARD


@pytest.mark.parametrize("fields", [{"run": "paused_by_person"}, {"setup": "disconnected"}])
def test_what_somebody_chose_is_grey_and_no_error(house: House, made: Connection, fields: dict[str, str]) -> None:
    _update(house, **fields)
    errors, banner = told(house)
    assert (errors, banner["meaning"]) == (0, "neutral")


def test_old_data_is_amber(house: House, made: Connection) -> None:
    with scope(workspace=house.workspace):
        SyncState.objects.update(last_run_finished_at=clock.now() - 7200)
    assert told(house)[1]["meaning"] == "warn"


def test_a_scheduler_that_stopped_is_told_to_everybody_within_two_minutes(house: House, made: Connection) -> None:
    scheduler.tick()
    assert told(house) == (0, None)
    now = clock.now()
    with clock.fixed(now + 122):
        banner = told(house, "ben@a.example")[1]
    assert banner["meaning"] == "warn"
    assert banner["text"].startswith("Sonora's scheduler hasn't run since ")
    assert banner["text"].endswith("Ask whoever operates Sonora to start the beat process.")


def test_the_cards_own_pages_carry_no_second_line(house: House, made: Connection) -> None:
    _update(house, setup="token_invalid")
    assert told(house, path=CARD) == (1, None)


def test_the_badge_stands_on_the_page(house: House, made: Connection) -> None:
    _update(house, setup="token_invalid")
    page = html.unescape(house.ada.get(CARD).content.decode())
    assert 'class="badge"' in page
    _update(house, setup="ok")
    assert 'class="badge"' not in house.ada.get(CARD).content.decode()


def _update(house: House, **fields: str) -> None:
    with scope(workspace=house.workspace):
        Connection.objects.update(**fields)
