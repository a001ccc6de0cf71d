"""What is there beside what is here."""

from typing import Any

from integrations import export
from integrations.models import Connection, DeadLetter, Pending, StreamState, SyncRun, SyncState
from integrations.records import ConversationRecord
from sonora.conversations.models import Conversation, Message
from sonora.customers.models import Company
from sonora.people.models import Contact
from sonora.workspaces.scoping import scope
from tests.simulation.intercom import Intercom


def wrongly_deleted(intercom: Intercom, connection: Connection) -> list[str]:
    """What is marked as deleted here and lives on there. There is no moment at which that would be right."""
    with scope(workspace=connection.workspace_id):
        gone = set(Conversation.objects.filter(deleted_at__isnull=False).values_list("external_id", flat=True))
        left = set(Contact.objects.filter(deleted_at__isnull=False).values_list("external_id", flat=True))
        closed = set(Company.objects.filter(deleted_at__isnull=False).values_list("external_id", flat=True))
    wrong = [f"conversation {one}" for one in gone & intercom.live().keys()]
    wrong += [f"contact {one}" for one in left & intercom.people.contacts.keys()]
    wrong += [f"company {one}" for one in closed & intercom.people.companies.keys()]
    return sorted(f"{one} is deleted here alone" for one in wrong)


def differences(intercom: Intercom, connection: Connection, *, told_only: bool) -> list[str]:
    """What is not here as it is there. With *told_only*, as far as the runs alone can know."""
    with scope(workspace=connection.workspace_id):
        found = _of_conversations(intercom, skip=intercom.untold | _known_to_be_unread() if told_only else set())
        found += _of_contacts(intercom, told_only=told_only)
        if not told_only:
            found += _of_companies(intercom)
    return sorted(found) + wrongly_deleted(intercom, connection)


def _known_to_be_unread() -> set[str]:
    """What was under way each time a worker died is taken for the reason, kept as a dead letter and shown to people; a
    pass over a day reads it again.
    """
    return set(DeadLetter.objects.filter(stream="conversations").values_list("external_id", flat=True))


def _of_conversations(intercom: Intercom, *, skip: set[str]) -> list[str]:
    there = {one: record for one, record in intercom.live().items() if one not in skip}
    here = {one.external_id: one for one in Conversation.objects.present() if one.external_id not in skip}
    edge = SyncState.objects.get().closed_edge
    texts: dict[str, set[str]] = {}
    for one, text in Message.objects.values_list("conversation__external_id", "text"):
        texts.setdefault(one, set()).add(text)
    wanted = {one for one, record in there.items() if _is_in_reach(record, edge)}
    found = [f"{one} is lost" for one in wanted - here.keys()]
    found += [f"{one} is still here" for one in here.keys() - there.keys()]
    for one in there.keys() & here.keys():
        record, row = there[one], here[one]
        if (row.updated_at, row.state) != (record.updated_at, record.state):
            found.append(f"{one} is {row.state} at {row.updated_at}, not {record.state} at {record.updated_at}")
        if texts.get(one, set()) != {message.text for message in record.messages}:
            found.append(f"{one} has other words")
    return found


def _is_in_reach(record: ConversationRecord, edge: int | None) -> bool:
    return record.state != "closed" or edge is None or (record.updated_at or 0) >= edge


def _of_contacts(intercom: Intercom, *, told_only: bool) -> list[str]:
    there = {one: record.name for one, record in intercom.people.contacts.items()}
    here = dict(Contact.objects.present().values_list("external_id", "name"))
    found = [f"contact {one} is lost" for one in there.keys() - here.keys()]
    found += [f"contact {one} is old" for one in there.keys() & here.keys() if there[one] != here[one]]
    if not told_only:
        found += [f"contact {one} is still here" for one in here.keys() - there.keys()]
    return found


def _of_companies(intercom: Intercom) -> list[str]:
    here = set(Company.objects.present().values_list("external_id", flat=True))
    return [f"company {one} differs" for one in here ^ intercom.people.companies.keys()]


def everything(connection: Connection) -> dict[str, Any]:
    """All that the sync keeps, for comparing two lives of one seed: the export, and every row of its own."""
    with scope(workspace=connection.workspace_id):
        tables = (SyncState, Pending, StreamState, DeadLetter, SyncRun)
        rows = {model.__name__: list(model.objects.order_by("pk").values()) for model in tables}
        return {"export": list(export.lines(connection)), **rows}
