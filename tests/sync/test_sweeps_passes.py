"""The wide passes: what a search showed later than a run looks back."""

from typing import Any

from integrations.intercom.sandbox.control import Sandbox
from integrations.models import Connection, SyncRun
from sonora.conversations.models import Conversation
from sonora.core import clock
from sonora.workspaces.models import Workspace
from sonora.workspaces.scoping import scope
from tests.sync.conftest import connected, difference, sync
from tests.sync.sweeping import conversations, state_of, sweep


def test_the_day_s_pass_finds_what_the_search_showed_after_the_overlap(
    connection: Connection, intercom: Sandbox
) -> None:
    sync(connection)
    an_hour_ago = clock.now() - 3_600
    intercom.mutate("add_conversation", text="The index slept through me.", at=an_hour_ago)
    sync(connection)
    assert difference(connection, intercom).missing
    sweep(connection, "day")
    assert not difference(connection, intercom)
    assert 3_500 < state_of(connection).search_lag < 3_800


def test_a_late_search_is_told_in_the_next_run(connection: Connection, intercom: Sandbox) -> None:
    sync(connection)
    intercom.mutate("add_conversation", text="The index slept through me.", at=clock.now() - 3_600)
    sweep(connection, "day")
    sync(connection)
    with scope(workspace=connection.workspace_id):
        issues = SyncRun.objects.order_by("-pk")[0].issues
    assert [one for one in issues if "seconds late" in one]
    assert state_of(connection).remarks == []


def test_the_week_s_pass_reaches_further_than_the_day_s(connection: Connection, intercom: Sandbox) -> None:
    sync(connection)
    intercom.mutate("add_conversation", text="Two days late.", at=clock.now() - 2 * 86_400)
    sweep(connection, "day")
    assert difference(connection, intercom).missing
    sweep(connection, "week")
    assert not difference(connection, intercom)


def test_a_pass_over_what_is_known_asks_for_no_conversation(connection: Connection, intercom: Sandbox) -> None:
    sync(connection)
    later = clock.now() + 60  # settled
    with clock.use(lambda: later):
        sync(connection)
    intercom.reset_log()
    sweep(connection, "week", "open", "all")
    assert set(intercom.counts()) == {"POST /conversations/search"}


def test_what_lies_before_the_lookback_is_not_brought_in_by_a_pass(
    workspace: Workspace, intercom: Sandbox, settings: Any
) -> None:
    settings.INTERCOM_EXTRA_BASE_URLS = [intercom.url]
    connection = connected(workspace, intercom, lookback_days=0)
    sync(connection)
    with scope(workspace=workspace):
        before = set(Conversation.objects.values_list("external_id", flat=True))
    sweep(connection, "week", "all")
    with scope(workspace=workspace):
        assert set(Conversation.objects.values_list("external_id", flat=True)) == before
    assert len(before) < len(conversations(intercom))
