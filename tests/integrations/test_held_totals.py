"""What the database keeps of how much is held is what a recount of the rows gives, whatever happened to them."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from integrations import connections, held_totals, purge
from integrations.models import Connection, HeldTotal, SyncState
from integrations.tally import MODELS
from sonora.conversations.models import Conversation, Message, Tag, Teammate
from sonora.customers.models import Company, CompanyTotal
from sonora.workspaces.scoping import scope, scopes_disabled
from tests.factories.conversations import ConversationFactory, MessageFactory, TagFactory, TeammateFactory
from tests.factories.customers import CompanyFactory
from tests.factories.integrations import NOW, ConnectionFactory
from tests.factories.people import ContactFactory

FACTORIES: dict[str, Any] = {
    "teammates": TeammateFactory,
    "tags": TagFactory,
    "companies": CompanyFactory,
    "contacts": ContactFactory,
    "conversations": ConversationFactory,
}
NUMBERS = ("number", "held", "named_only", "parts", "parts_lacking", "short")


@pytest.fixture
def connection(db: None) -> Iterator[Connection]:
    """One that can be synced, beside another one that has a row of each kind."""
    with scopes_disabled():
        made, other = ConnectionFactory(), ConnectionFactory()
        for factory in FACTORIES.values():
            factory(connection=other)
    with scope(workspace=made.workspace):
        SyncState.objects.create(workspace=made.workspace, connection=made)
        yield made


def kept(connection: Connection) -> dict[str, tuple[int, ...]]:
    """The sums of all entries, by kind; a kind that holds nothing is left out."""
    found: dict[str, tuple[int, ...]] = {}
    for kind, *numbers in HeldTotal.objects.filter(connection_id=connection.pk).values_list("kind", *NUMBERS):
        before = found.get(kind, (0,) * len(NUMBERS))
        found[kind] = tuple(map(sum, zip(before, numbers, strict=True)))
    return {kind: numbers for kind, numbers in found.items() if any(numbers)}


def named(connection: Connection) -> dict[int, int]:
    """On how many conversations each company is named, by the entries."""
    entries = CompanyTotal.objects.filter(connection_id=connection.pk).values_list("company_id", "conversations")
    found = Counter[int]()
    for company, number in entries:
        found[company] += number
    return {company: number for company, number in found.items() if number}


def names_counted(connection: Connection) -> dict[int, int]:
    """The same from the conversations themselves."""
    talks = Conversation.objects.filter(connection=connection)
    return dict(
        Counter(talk.company_id for talk in talks if talk.company_id and talk.fetched_at and not talk.deleted_at)
    )


def recounted(connection: Connection) -> dict[str, tuple[int, ...]]:
    """The same from the rows themselves, one by one."""
    found = {kind: _recount(list(model.objects.filter(connection=connection))) for kind, model in MODELS.items()}
    found["messages"] = (Message.objects.filter(connection=connection).count(), 0, 0, 0, 0, 0)
    return {kind: numbers for kind, numbers in found.items() if any(numbers)}


def _recount(rows: list[Any]) -> tuple[int, ...]:
    there = [row for row in rows if row.deleted_at is None and not (isinstance(row, Tag) and not row.name)]
    seen = [row for row in there if row.fetched_at is not None or isinstance(row, Tag)]
    talks = [row for row in seen if isinstance(row, Conversation)]
    lacks = [max(0, (row.parts_total or 0) - row.parts_held) for row in talks]
    parts = sum(row.parts_held for row in talks)
    unread = sum(row.fetched_at is None for row in there)
    return len(rows), len(seen), unread, parts, sum(lacks), sum(lack > 0 for lack in lacks)


def test_each_kind_of_row_counts_from_its_first_moment_on(connection: Connection) -> None:
    for kind, factory in FACTORIES.items():
        factory(connection=connection)
        factory(connection=connection, fetched_at=None)
        factory(connection=connection, deleted_at=NOW)
        assert kept(connection)[kind] == (3, 2 if kind == "tags" else 1, 1, 0, 0, 0)
    assert kept(connection) == recounted(connection)


def test_parts_count_while_their_conversation_is_held(connection: Connection) -> None:
    talk = ConversationFactory(connection=connection, parts_total=9, parts_held=2)
    ConversationFactory(connection=connection, parts_total=None, parts_held=4)
    MessageFactory.create_batch(3, conversation=talk)
    assert kept(connection) == {"conversations": (2, 2, 0, 6, 7, 1), "messages": (3, 0, 0, 0, 0, 0)}
    Conversation.objects.filter(pk=talk.pk).update(deleted_at=NOW)
    assert kept(connection)["conversations"] == (2, 1, 0, 4, 0, 0)


def test_a_tag_is_held_as_soon_as_it_has_a_name(connection: Connection) -> None:
    tag = TagFactory(connection=connection, name="", fetched_at=None)
    assert kept(connection)["tags"] == (1, 0, 0, 0, 0, 0)
    Tag.objects.filter(pk=tag.pk).update(name="Billing")
    assert kept(connection)["tags"] == (1, 1, 1, 0, 0, 0)


def test_what_changes_nothing_that_counts_leaves_no_entry(connection: Connection) -> None:
    talk = ConversationFactory(connection=connection)
    before = HeldTotal.objects.count()
    Conversation.objects.filter(pk=talk.pk).update(title="Another", fetched_at=NOW + 9, parts_held=talk.parts_held)
    assert HeldTotal.objects.count() == before


def test_a_transaction_that_fails_leaves_the_totals_as_they_were(connection: Connection) -> None:
    with transaction.atomic():
        ConversationFactory(connection=connection)
        transaction.set_rollback(True)
    assert kept(connection) == {}


def test_a_row_that_goes_to_another_connection_counts_there(connection: Connection) -> None:
    other = ConnectionFactory(workspace=connection.workspace, provider="another")
    TeammateFactory.create_batch(2, connection=connection)
    Teammate.objects.filter(connection=connection).update(connection=other)
    assert (kept(connection), kept(other)) == ({}, recounted(other))


def test_settling_makes_one_entry_of_many_and_changes_no_sum(connection: Connection) -> None:
    company = CompanyFactory(connection=connection)
    for _ in range(3):
        ConversationFactory(connection=connection, parts_held=2, company=company)
        TeammateFactory(connection=connection)
    held_totals.settle(connection.pk)
    ConversationFactory(connection=connection, company=company)
    held_totals.settle(connection.pk)
    assert HeldTotal.objects.filter(connection_id=connection.pk).count() == 3
    assert CompanyTotal.objects.filter(connection_id=connection.pk).count() == 1
    assert named(connection) == names_counted(connection)
    assert kept(connection) == recounted(connection)


def test_the_entries_of_other_connections_are_let_alone(connection: Connection) -> None:
    others = HeldTotal.objects.exclude(connection_id=connection.pk).order_by("pk")
    before = list(others.values())
    ConversationFactory(connection=connection)
    held_totals.settle(connection.pk)
    assert held_totals.mend(connection.pk) == {}
    assert list(others.values()) == before


def test_a_total_that_is_wrong_is_mended_and_told(connection: Connection) -> None:
    company = CompanyFactory(connection=connection)
    ConversationFactory.create_batch(3, connection=connection, parts_held=2)
    ConversationFactory(connection=connection, company=company)
    ContactFactory(connection=connection)
    HeldTotal.objects.filter(connection_id=connection.pk, kind="contacts").delete()
    HeldTotal.objects.filter(connection_id=connection.pk, kind="conversations").update(held=7, parts=0)
    CompanyTotal.objects.filter(company=company).update(conversations=0)
    wrong = held_totals.mend(connection.pk)
    assert (wrong["contacts"], len(wrong)) == ({"number": 1, "held": 1}, 3)
    assert kept(connection) == recounted(connection)
    assert named(connection) == {company.pk: 1}
    assert held_totals.mend(connection.pk) == {}


def test_a_deletion_leaves_no_entry(connection: Connection) -> None:
    for factory in FACTORIES.values():
        factory(connection=connection)
    ConversationFactory(connection=connection, company=Company.objects.get(connection=connection))
    connections.disconnect(connection, by="", delete=True)
    purge.run_all(connection.pk)
    assert not HeldTotal.objects.filter(connection_id=connection.pk).exists()
    assert not CompanyTotal.objects.filter(connection_id=connection.pk).exists()


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["add", "change", "rename", "part", "redact", "name", "remove", "settle"]),
        st.sampled_from(sorted(FACTORIES)),
        st.integers(min_value=0, max_value=5),
        st.fixed_dictionaries(
            {
                "fetched_at": st.sampled_from([None, NOW, NOW + 9]),
                "deleted_at": st.sampled_from([None, None, NOW]),
                "parts_total": st.sampled_from([None, 0, 3]),
                "parts_held": st.integers(min_value=0, max_value=4),
            }
        ),
    ),
    max_size=14,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_whatever_happens_to_the_rows_the_totals_are_those_of_a_recount(connection: Connection, acts: Any) -> None:
    for act, kind, number, facts in acts:
        take(connection, act, kind, number, facts)
        assert (kept(connection), named(connection)) == (recounted(connection), names_counted(connection)), act


def take(connection: Connection, act: str, kind: str, number: int, facts: dict[str, Any]) -> None:
    """One of the things that happen to rows: to some of *kind*, in one statement each."""
    rows = MODELS[kind].objects.filter(connection=connection)
    some = rows.filter(pk__in=list(rows.order_by("pk").values_list("pk", flat=True)[number : number + 3]))
    talks = kind == "conversations"
    columns = facts if talks else {name: facts[name] for name in ("fetched_at", "deleted_at")}
    if act == "add":
        FACTORIES[kind].create_batch(number, connection=connection, **columns)
    elif act == "change":
        some.update(**columns)
    elif act == "rename":
        Tag.objects.filter(connection=connection).update(name="" if number else "Billing")
    elif act == "name":
        companies = Company.objects.filter(connection=connection).order_by("pk")[number:]
        Conversation.objects.filter(connection=connection).update(company=companies.first())
    elif act == "part":
        for talk in Conversation.objects.filter(connection=connection)[:number]:
            MessageFactory(conversation=talk)
    elif act == "redact":
        Message.objects.filter(connection=connection).update(redacted=True, text="")
    elif act == "remove":
        some.delete()
    elif act == "settle":
        held_totals.settle(connection.pk)
