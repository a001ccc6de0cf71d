"""Each reason why the provider's count and ours differ, from rows alone; together they add up."""

from collections.abc import Iterator
from typing import Any

import pytest

from integrations import ledger, snapshot
from integrations.models import Connection, DeadLetter, Pending, PermissionCheck, StreamState, SyncState
from sonora.core import clock
from sonora.workspaces.scoping import scope, scopes_disabled
from tests.factories.conversations import ConversationFactory, TagFactory, TeammateFactory
from tests.factories.customers import CompanyFactory
from tests.factories.integrations import NOW, ConnectionFactory
from tests.factories.people import ContactFactory

COUNTED = NOW + 5_000  # when the provider counted
FACTORIES: dict[str, Any] = {
    "conversations": ConversationFactory,
    "contacts": ContactFactory,
    "companies": CompanyFactory,
    "teammates": TeammateFactory,
    "tags": TagFactory,
}


@pytest.fixture
def connection(db: None) -> Iterator[Connection]:
    """A connection whose first sync is done, with three objects of each kind."""
    with scopes_disabled():
        made = ConnectionFactory(lookback_days=None)
    with scope(workspace=made.workspace), clock.fixed(NOW + 10_000):
        SyncState.objects.create(
            workspace=made.workspace,
            connection=made,
            initial_done_at=NOW,
            backfill_start=NOW,
            open_done=True,
            closed_done=True,
            watermark=NOW + 9_000,
        )
        for factory in FACTORIES.values():
            factory.create_batch(3, connection=made)
        yield made


def say(connection: Connection, stream: str, total: int, **columns: Any) -> None:
    StreamState.objects.create(
        workspace=connection.workspace,
        connection=connection,
        stream=stream,
        **{"said": total, "said_at": COUNTED, **columns},
    )


def told(connection: Connection, stream: str) -> ledger.Entry:
    entries = ledger.entries(snapshot.read(connection))
    return next(entry for entry in entries if entry.stream == stream)


def reasons(entry: ledger.Entry) -> dict[str, int]:
    return {one.reason: one.count for one in entry.differences}


def letter(connection: Connection, stream: str, external_id: str, *, at: int = NOW) -> None:
    DeadLetter.objects.create(
        workspace=connection.workspace,
        connection=connection,
        stream=stream,
        external_id=external_id,
        error="odd",
        first_at=at,
        last_at=at,
    )


def wait(connection: Connection, external_id: str, *, seen: int = NOW) -> None:
    Pending.objects.create(
        workspace=connection.workspace, connection=connection, external_id=external_id, seen_updated_at=seen
    )


@pytest.mark.parametrize("stream", FACTORIES)
def test_equal_counts_balance(connection: Connection, stream: str) -> None:
    say(connection, stream, 3)
    entry = told(connection, stream)
    assert (entry.balances, entry.accounted_for, entry.why, entry.still_to_come) == (True, True, "balances", 0)


@pytest.mark.parametrize("stream", FACTORIES)
def test_what_nothing_explains_is_said_to_be_unexplained(connection: Connection, stream: str) -> None:
    say(connection, stream, 5)
    entry = told(connection, stream)
    assert (entry.unexplained, entry.accounted_for, entry.balances) == (2, False, False)
    assert entry.why == "2 missing for no known reason"


def test_more_here_than_there_is_unexplained_too(connection: Connection) -> None:
    say(connection, "teammates", 1)
    entry = told(connection, "teammates")
    assert (entry.unexplained, entry.why) == (-2, "2 more here than Intercom counts")


@pytest.mark.parametrize("stream", FACTORIES)
@pytest.mark.parametrize("at", [NOW, COUNTED + 60], ids=["before the count", "after it"])
def test_a_dead_letter_explains_what_is_not_held(connection: Connection, stream: str, at: int) -> None:
    say(connection, stream, 4)
    letter(connection, stream, "odd-1", at=at)
    assert reasons(told(connection, stream)) == {"dead_letters": 1}


def test_what_could_not_be_read_since_the_count_may_be_missing_from_it(connection: Connection) -> None:
    say(connection, "contacts", 3)
    ContactFactory(connection=connection, created_at=COUNTED + 60)
    letter(connection, "contacts", "odd-1", at=COUNTED + 60)
    assert reasons(told(connection, "contacts")) == {"created_since": -1}


@pytest.mark.parametrize("stream", FACTORIES)
def test_a_dead_letter_of_what_is_held_in_an_older_version_explains_nothing(
    connection: Connection, stream: str
) -> None:
    say(connection, stream, 4)
    kept = FACTORIES[stream]._meta.model.objects.filter(connection=connection).first()
    letter(connection, stream, kept.external_id)
    assert reasons(told(connection, stream)) == {"unexplained": 1}


@pytest.mark.parametrize("stream", ["conversations", "contacts", "companies"])
def test_what_was_deleted_after_the_count_explains_itself(connection: Connection, stream: str) -> None:
    say(connection, stream, 4)
    FACTORIES[stream](connection=connection, deleted_at=COUNTED + 60)
    assert reasons(told(connection, stream)) == {"deleted_since": 1}


@pytest.mark.parametrize("stream", ["contacts", "companies"])
def test_what_others_only_name_is_still_to_come(connection: Connection, stream: str) -> None:
    say(connection, stream, 4)
    FACTORIES[stream](connection=connection, fetched_at=None)
    entry = told(connection, stream)
    assert (reasons(entry), entry.still_to_come) == ({"named_only": 1}, 1)


def test_a_tag_that_only_conversations_name_is_new(connection: Connection) -> None:
    say(connection, "tags", 3)
    TagFactory(connection=connection, fetched_at=None)
    assert reasons(told(connection, "tags")) == {"created_since": -1}


@pytest.mark.parametrize("stream", ["conversations", "contacts", "companies"])
def test_what_is_newer_than_the_count_explains_itself(connection: Connection, stream: str) -> None:
    say(connection, stream, 3)
    FACTORIES[stream](connection=connection, created_at=COUNTED + 1)
    assert reasons(told(connection, stream)) == {"created_since": -1}


@pytest.mark.parametrize("seen", [NOW, COUNTED + 60], ids=["before the count", "after it"])
def test_what_waits_to_be_read_is_still_to_come(connection: Connection, seen: int) -> None:
    say(connection, "conversations", 4)
    wait(connection, "new-1", seen=seen)
    entry = told(connection, "conversations")
    assert (reasons(entry), entry.still_to_come) == ({"pending": 1}, 1)


def test_a_held_conversation_that_waits_to_be_read_again_explains_nothing(connection: Connection) -> None:
    say(connection, "conversations", 4)
    wait(connection, ConversationFactory._meta.model.objects.first().external_id)
    assert reasons(told(connection, "conversations")) == {"unexplained": 1}


def test_one_that_could_not_be_read_and_waits_counts_once(connection: Connection) -> None:
    say(connection, "conversations", 5)
    letter(connection, "conversations", "odd-1")
    wait(connection, "odd-1")
    assert reasons(told(connection, "conversations")) == {"dead_letters": 1, "unexplained": 1}


@pytest.mark.parametrize(
    ("total", "fields"),
    [(3, {"created_at": COUNTED - 60}), (4, {"deleted_at": COUNTED - 60})],
    ids=["not yet shown", "still shown"],
)
def test_what_changed_just_before_the_count_may_have_been_missed_by_the_index(
    connection: Connection, total: int, fields: dict[str, int]
) -> None:
    say(connection, "conversations", total)
    ConversationFactory(connection=connection, **fields)
    assert set(reasons(told(connection, "conversations"))) == {"index_lag"}


def test_before_the_lookback_is_taken_from_its_own_count(connection: Connection) -> None:
    _lookback(connection, edge=NOW - 86_400, before=40)
    say(connection, "conversations", 43)
    assert reasons(told(connection, "conversations")) == {"before_lookback": 40}


def test_an_old_conversation_that_came_back_was_counted_before_the_lookback(connection: Connection) -> None:
    _lookback(connection, edge=NOW - 86_400, before=40)
    say(connection, "conversations", 43)
    ConversationFactory(connection=connection, created_at=NOW - 200_000, updated_at=COUNTED + 60)
    assert reasons(told(connection, "conversations")) == {"before_lookback": 40, "reopened_since": -1}


def test_an_old_conversation_that_did_not_change_since_is_no_reason(connection: Connection) -> None:
    _lookback(connection, edge=NOW - 86_400, before=40)
    say(connection, "conversations", 43)
    ConversationFactory(connection=connection, created_at=NOW - 200_000, updated_at=COUNTED - 60)
    assert reasons(told(connection, "conversations")) == {"before_lookback": 40, "unexplained": -1}


def test_a_count_of_another_lookback_explains_nothing(connection: Connection) -> None:
    _lookback(connection, edge=NOW - 86_400, before=40)
    SyncState.objects.update(closed_edge=NOW - 2 * 86_400)
    say(connection, "conversations", 43)
    assert reasons(told(connection, "conversations")) == {"unexplained": 40}


@pytest.mark.parametrize("total", [0, 1, 3, 4, 9, 60])
def test_all_reasons_together_add_up_to_the_difference(connection: Connection, total: int) -> None:
    _lookback(connection, edge=NOW - 86_400, before=2)
    say(connection, "conversations", total)
    ConversationFactory(connection=connection, created_at=COUNTED + 1)
    ConversationFactory(connection=connection, created_at=COUNTED - 1)
    ConversationFactory(connection=connection, deleted_at=COUNTED + 1)
    ConversationFactory(connection=connection, created_at=NOW - 200_000, updated_at=COUNTED + 60)
    letter(connection, "conversations", "odd-1")
    letter(connection, "conversations", "odd-2", at=COUNTED + 1)
    wait(connection, "new-1")
    wait(connection, "new-2", seen=COUNTED + 1)
    entry = told(connection, "conversations")
    assert sum(one.count for one in entry.differences) == total - entry.held
    assert all(one.count for one in entry.differences)
    assert len(entry.differences) == len(reasons(entry))


@pytest.mark.parametrize(
    ("verdict", "reason", "why"),
    [("missing", "not_allowed", "not allowed for this token"), ("plan", "plan", "not in your Intercom plan")],
)
def test_what_a_check_found_missing_cannot_be_compared(
    connection: Connection, verdict: str, reason: str, why: str
) -> None:
    say(connection, "tags", 9)
    PermissionCheck.objects.create(
        workspace=connection.workspace, connection=connection, permission="tags", verdict=verdict, checked_at=NOW
    )
    entry = told(connection, "tags")
    assert (entry.reason, entry.why, entry.differences, entry.accounted_for) == (reason, why, (), False)


def test_a_request_that_was_refused_cannot_be_compared(connection: Connection) -> None:
    say(connection, "companies", 9, off_reason="refused")
    assert told(connection, "companies").why == "Intercom refused the request"


def test_no_total_is_said_to_be_none(connection: Connection) -> None:
    entry = told(connection, "contacts")
    assert (entry.reason, entry.why, entry.said, entry.still_to_come) == (
        "no_total",
        "Intercom gives no total",
        None,
        None,
    )


def test_the_first_sync_reads_on_and_counts_what_is_to_come(connection: Connection) -> None:
    SyncState.objects.update(initial_done_at=None)
    say(connection, "contacts", 10)
    entry = told(connection, "contacts")
    assert (entry.reason, entry.why, entry.still_to_come) == ("reading", "reading", 7)


def test_no_other_connection_counts(connection: Connection) -> None:
    say(connection, "conversations", 3)
    with scopes_disabled():
        other = ConnectionFactory()
        letter(other, "conversations", "odd-1")
        wait(other, "new-1")
        ConversationFactory(connection=other)
    assert told(connection, "conversations").balances


def _lookback(connection: Connection, *, edge: int, before: int) -> None:
    Connection.objects.update(lookback_days=1)
    SyncState.objects.update(closed_edge=edge)
    connection.refresh_from_db()
    say(connection, f"before:{edge}", before)
