"""The page of a person says for whom they speak, and that it raises their influence."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from integrations.models import SyncState
from sonora.core import clock
from sonora.people.models import Contact
from sonora.workspaces.models import User
from tests.factories.cast import Cast
from tests.factories.conversations import ConversationContactFactory, ConversationFactory, MessageFactory
from tests.factories.people import ContactCompanyFactory, ContactFactory

Browser = Callable[[User | None], Client]
DAY = 86_400


@pytest.fixture
def ada(cast: Cast, as_user: Browser) -> Client:
    return as_user(cast.ada)


def copied_in(cast: Cast, *names: str, days_ago: int = 1) -> None:
    """Colleagues called *names* opened a conversation each, *days_ago*, in which the person of the cast takes part."""
    own = cast.a
    with scope(workspace=own.workspace):
        for name in names:
            colleague = ContactFactory(connection=own.connection, name=name)
            ContactCompanyFactory(contact=colleague, company=own.company)
            talk = ConversationFactory(connection=own.connection, updated_at=clock.now() - days_ago * DAY)
            for one in (colleague, own.contact):
                ConversationContactFactory(conversation=talk, contact=one)
            MessageFactory(conversation=talk, origin="source", contact=colleague)


def influence(client: Client, cast: Cast) -> str:
    page = client.get(f"/people/{cast.a.person.pk}").content.decode()
    return page.partition("<dt>Influence</dt><dd>")[2].partition("</dd>")[0]


def test_three_colleagues_raise_it_by_a_step_and_are_named(cast: Cast, ada: Client):
    with scope(workspace=cast.a.workspace):
        Contact.objects.filter(pk=cast.a.contact.pk).update(job_title="Analyst")
    copied_in(cast, "Anna", "Bela", "Cleo")
    shown = influence(ada, cast)
    assert shown.startswith("Leads others")
    assert "Spoke for 3 colleagues in 90 days, one step more" in shown
    assert [name for name in ("Anna", "Bela", "Cleo") if f">{name}</a>" in shown] == ["Anna", "Bela", "Cleo"]


def test_two_are_named_and_raise_nothing(cast: Cast, ada: Client):
    with scope(workspace=cast.a.workspace):
        Contact.objects.filter(pk=cast.a.contact.pk).update(job_title="Analyst")
    copied_in(cast, "Anna", "Bela")
    shown = influence(ada, cast)
    assert shown.startswith("Hands-on")
    assert "Spoke for 2 colleagues in 90 days:" in shown


def test_what_is_older_than_ninety_days_does_not_count(cast: Cast, ada: Client):
    copied_in(cast, "Anna", "Bela", "Cleo", days_ago=95)
    assert "Spoke for" not in influence(ada, cast)


def test_more_than_five_are_counted_and_cost_no_more_questions(cast: Cast, ada: Client):
    with scope(workspace=cast.a.workspace):
        SyncState.objects.create(workspace=cast.a.workspace, connection=cast.a.connection, last_run_finished_at=1)
    copied_in(cast, *(f"Colleague {n}" for n in range(7)))
    assert "and 2 more" in influence(ada, cast)
    with CaptureQueriesContext(connection) as queries:
        influence(ada, cast)
    assert len(queries) <= 15
