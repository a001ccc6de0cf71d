"""The requests of a live check count in the limit of the app that they go to, as those of the slices do."""

from typing import Any

import pytest

from integrations import connections, live
from integrations.checks import CheckResult
from integrations.errors import RateLimited
from integrations.intercom.sandbox.control import Sandbox
from integrations.providers import Access, provider_named
from integrations.sync.budget import Terms, alone, opening
from integrations.sync.budget.rules import Told
from sonora.workspaces.scoping import scope
from tests.integrations.conftest import House, access, connect

FEW = Terms(share=0.003)  # six turns of the documented limit
BUSY = "All requests that Intercom allows just now are used. Check again in "


@pytest.fixture(autouse=True)
def one_window(intercom: Sandbox, new_process: Any) -> None:
    """Time stands still for the limit, and no answer tells of it: what is left is what was not counted."""
    opening.PROCESS.windows.monotonic = lambda: 1_000.0
    names = ("limit", "remaining", "reset")
    intercom.fail(kind="headers", headers=dict.fromkeys(f"x-ratelimit-{name}" for name in names), times=None)


def taken_by_a_slice(intercom: Sandbox, *told: Told) -> int:
    """How many of the few turns a slice of the same app gets."""
    return opening.PROCESS.windows.exchange(f"us:{app(intercom)}", told=told, want=100, terms=FEW).turns


def app(intercom: Sandbox) -> str:
    return str(intercom.status()["app"]["id_code"])


def check(intercom: Sandbox, *, app_id: str = "") -> CheckResult:
    opened = Access(token=access(intercom).token, base_url=intercom.url, region="us", app_id=app_id)
    return live.check(provider_named("intercom"), opened)


def test_a_slice_may_take_what_no_check_took(intercom: Sandbox) -> None:
    assert taken_by_a_slice(intercom) == 6


@pytest.mark.parametrize("is_known", [True, False])
def test_each_of_the_six_requests_counts_once_the_app_is_known(intercom: Sandbox, *, is_known: bool) -> None:
    assert check(intercom, app_id=app(intercom) if is_known else "").outcome == "ready"
    assert intercom.log()["total"] == 6
    assert taken_by_a_slice(intercom) == 0


def test_a_check_of_a_known_app_asks_nothing_while_intercom_has_nothing_left(intercom: Sandbox) -> None:
    taken_by_a_slice(intercom, Told(0, refused=True, retry_in=40))
    result = check(intercom, app_id=app(intercom))
    assert result.outcome == "busy"
    assert result.sentence.startswith(BUSY)
    assert result.retry_at is not None
    assert 30 < result.retry_at - result.at < 60
    assert intercom.log()["total"] == 0


def test_of_an_app_that_nobody_knew_only_its_name_is_asked_then(intercom: Sandbox) -> None:
    taken_by_a_slice(intercom, Told(0, refused=True, retry_in=40))
    assert check(intercom).sentence.startswith(BUSY)
    assert intercom.counts() == {"GET /me": 1}


def test_while_redis_is_away_a_check_is_made_one_request_after_the_other(
    intercom: Sandbox, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:9/0"
    assert 5 * alone.EVERY < live.PATIENCE
    monkeypatch.setattr(alone, "EVERY", 0.0)
    assert check(intercom, app_id=app(intercom)).outcome == "ready"


def test_one_conversation_is_one_of_the_turns(intercom: Sandbox) -> None:
    one = next(row["id"] for row in intercom.objects() if row["type"] == "conversation")
    opened = Access(token=access(intercom).token, base_url=intercom.url, region="us", app_id=app(intercom))
    assert live.conversation(provider_named("intercom"), opened, one).external_id == one
    assert taken_by_a_slice(intercom) == 5


def test_a_conversation_is_not_asked_for_while_intercom_has_nothing_left(intercom: Sandbox) -> None:
    opened = Access(token=access(intercom).token, base_url=intercom.url, region="us", app_id=app(intercom))
    taken_by_a_slice(intercom, Told(0, refused=True, retry_in=40))
    with pytest.raises(RateLimited):
        live.conversation(provider_named("intercom"), opened, "1")
    assert intercom.log()["total"] == 0


def test_checking_a_connection_again_asks_within_its_limit(house: House, intercom: Sandbox) -> None:
    with scope(workspace=house.workspace):
        made = connect(house.workspace, intercom)
        taken_by_a_slice(intercom, Told(0, refused=True, retry_in=40))
        intercom.reset_log()
        assert connections.recheck(made, by="ada").outcome == "busy"
    assert intercom.log()["total"] == 0
