"""Deleting what came from Intercom: everything of it, nothing else, in bounded steps."""

import pytest
from django.apps import apps

from integrations import connections, purge, snapshot
from integrations.models import Connection, DeadLetter, Pending, SyncState
from sonora.canvas.models import Block, LastResult
from sonora.customers.models import Customer, ExternalId
from sonora.graph import keeping
from sonora.graph.models import Due
from sonora.insights import deciding
from sonora.insights.models import (
    Analysis,
    Correction,
    FeatureRequest,
    KeptCorrection,
    KeptQuote,
    RequestDecision,
    Turn,
)
from sonora.people.models import Person
from sonora.workspaces.models import AuditEntry
from sonora.workspaces.scoping import scope, scopes_disabled
from tests.factories.canvas import BlockFactory
from tests.factories.cast import Filled, fill
from tests.factories.conversations import MessageFactory
from tests.factories.integrations import ConnectionFactory
from tests.factories.people import ContactFactory
from tests.factories.requests import asked
from tests.factories.workspaces import MembershipFactory

KEPT = {
    "Notice",
    "Workspace",
    "User",
    "Membership",
    "AuditEntry",
    "Customer",
    "ExternalId",
    "CustomerImport",
    "CustomerImportRow",
    "Merge",
}


@pytest.fixture
def filled(db: None) -> Filled:
    made = fill("a", words="saffron")
    with scope(workspace=made.workspace):
        SyncState.objects.get_or_create(workspace=made.workspace, connection=made.connection)
        Pending.objects.create(workspace=made.workspace, connection=made.connection, external_id="9", seen_updated_at=1)
        read = {"workspace": made.workspace, "conversation": made.conversation}
        Analysis.objects.create(**read, connection=made.connection)
        Correction.objects.create(**read, label="neutral", by="ben@a.example", by_name="Ben", at=1)
        Turn.objects.create(workspace=made.workspace, connection=made.connection)
        gone = {"workspace": made.workspace, "connection": made.connection, "conversation": "7"}
        KeptCorrection.objects.create(**gone, label="neutral", by="ben@a.example", by_name="Ben", at=1)
        KeptQuote.objects.create(**gone, message="8", state="accepted", decided_by="ben@a.example")
        DeadLetter.objects.create(
            workspace=made.workspace,
            connection=made.connection,
            stream="tags",
            external_id="9",
            error="x",
            raw=b"x",
            first_at=1,
            last_at=1,
        )
    return made


def rows_of(workspace_id: int) -> dict[str, int]:
    """How many rows each workspace-owned model has for the workspace."""
    with scopes_disabled():
        return {
            model.__name__: count
            for model in apps.get_models()
            if any(field.name == "workspace" for field in model._meta.get_fields())
            and (count := model._default_manager.filter(workspace=workspace_id).count())
        }


def test_requests_that_others_still_ask_for_stay_with_what_was_decided(filled: Filled) -> None:
    with scopes_disabled():
        other = ConnectionFactory(workspace=filled.workspace, provider="another")
        kept = asked(other, "Please add a dark mode.", request=filled.request)
        gone = asked(filled.connection, "Please add saffron.").request
    with scope(workspace=filled.workspace):
        deciding.accept_quotes([kept.pk], by="ada@a.example")
        deciding.set_status(gone, "planned", by="ada@a.example")
        connections.disconnect(filled.connection, by="", delete=True)
        purge.run_all(filled.connection.pk)
        assert [one.pk for one in FeatureRequest.objects.all()] == [filled.request.pk]
        kinds = set(RequestDecision.objects.values_list("kind", flat=True))
        assert kinds == {"status", "accept_quotes"}
        assert not RequestDecision.objects.exclude(request=filled.request).exists()


def test_no_row_that_came_from_intercom_is_left(filled: Filled) -> None:
    with scope(workspace=filled.workspace):
        assert keeping.settle() > 0
        connections.disconnect(filled.connection, by="ada@a.example", delete=True)
    purge.run_all(filled.connection.pk)
    keeping.run(seconds=60)
    assert set(rows_of(filled.workspace.pk)) <= KEPT
    assert not Due.objects.filter(workspace_id=filled.workspace.pk).exists()
    with scope(workspace=filled.workspace):
        assert Customer.objects.count() == 1
        assert ExternalId.objects.count() == 1


def test_a_block_stays_and_forgets_what_it_showed_last(filled: Filled) -> None:
    with scope(workspace=filled.workspace):
        owner = MembershipFactory(workspace=filled.workspace)
        block = BlockFactory(canvas__owner=owner)
        LastResult.objects.create(workspace=filled.workspace, block=block, asked="x", shown={"number": 7}, at=1)
        connections.disconnect(filled.connection, by="", delete=True)
    purge.run_all(filled.connection.pk)
    with scope(workspace=filled.workspace):
        assert Block.objects.filter(pk=block.pk).exists()
        assert not LastResult.objects.exists()


def test_another_workspace_with_the_same_ids_keeps_everything(filled: Filled) -> None:
    other = fill("b", words="indigo")
    before = rows_of(other.workspace.pk)
    with scope(workspace=filled.workspace):
        connections.disconnect(filled.connection, by="", delete=True)
    purge.run_all(filled.connection.pk)
    assert rows_of(other.workspace.pk) == before


def test_the_audit_keeps_the_counts_and_none_of_the_words(filled: Filled) -> None:
    with scope(workspace=filled.workspace):
        connections.disconnect(filled.connection, by="ada@a.example", delete=True)
        purge.run_all(filled.connection.pk)
        entry = AuditEntry.objects.get(action="integration.deleted")
    assert entry.actor == "ada@a.example"
    assert entry.detail["deleted"] == {
        "teammates": 1,
        "tags": 1,
        "companies": 1,
        "contacts": 1,
        "conversations": 1,
        "messages": 3,
    }
    assert "saffron" not in str(entry.detail)


def test_it_goes_step_by_step_and_tells_how_far_it_is(filled: Filled, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(purge, "BATCH", 10)
    with scope(workspace=filled.workspace):
        for number in range(25):
            MessageFactory(conversation=filled.conversation, external_id=f"more-{number}")
        connections.disconnect(filled.connection, by="", delete=True)
        assert _percent(filled) == 0
        seen = []
        while purge.step(filled.connection.pk):
            seen.append(_percent(filled))
    assert seen == sorted(seen)
    assert 0 < seen[0] < 100
    assert seen[-1] == 100
    assert purge.step(filled.connection.pk) is False


def _percent(filled: Filled) -> int:
    return snapshot.read(filled.connection).seen.deleted_percent


def test_a_person_known_by_another_contact_stays(filled: Filled) -> None:
    other = fill("b", words="indigo")
    with scope(workspace=filled.workspace):
        second = Connection.objects.create(
            workspace=filled.workspace, provider="other", base_url="https://x.example", created_at=1
        )
        ContactFactory(connection=second, external_id="p9", person=filled.person)
        connections.disconnect(filled.connection, by="", delete=True)
    purge.run_all(filled.connection.pk)
    with scope(workspace=filled.workspace):
        assert [person.pk for person in Person.objects.all()] == [filled.person.pk]
    assert other.workspace.pk != filled.workspace.pk


@pytest.mark.parametrize("setup", ["ok", "disconnected"])
def test_what_is_not_being_deleted_is_never_touched(filled: Filled, setup: str) -> None:
    with scope(workspace=filled.workspace):
        Connection.objects.filter(pk=filled.connection.pk).update(setup=setup)
    before = rows_of(filled.workspace.pk)
    assert purge.step(filled.connection.pk) is False
    assert rows_of(filled.workspace.pk) == before


def test_a_deletion_that_nobody_heard_of_is_still_due(filled: Filled) -> None:
    assert purge.due() == []
    with scope(workspace=filled.workspace):
        connections.disconnect(filled.connection, by="", delete=True)
    assert purge.due() == [filled.connection.pk]
