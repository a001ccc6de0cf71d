"""Contacts: all of them once, then those that changed; their lists whole; one that fails costs itself alone."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from integrations.intercom import source
from integrations.intercom.sandbox.control import Sandbox
from integrations.models import Connection, DeadLetter, SyncRun, SyncState
from integrations.sync import engine
from sonora.conversations.models import ContactTag
from sonora.core import clock
from sonora.people.models import Contact, ContactCompany
from sonora.workspaces.scoping import scope
from tests.sync.conftest import difference, sync

pytestmark = pytest.mark.usefixtures("impatient")


@pytest.fixture
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "LARGEST_PAGE", 10)


def contacts(intercom: Sandbox) -> list[dict[str, Any]]:
    return [row for row in intercom.objects() if row["type"] == "contact"]


def target(connection: Connection) -> int | None:
    with scope(workspace=connection.workspace_id):
        return SyncState.objects.get().contacts_target


def of(external_id: str, connection: Connection) -> Contact:
    with scope(workspace=connection.workspace_id):
        return Contact.objects.get(external_id=external_id)


def one_page_a_slice(connection: Connection) -> Iterator[engine.Outcome]:
    """Slices that end after each step or page, until nothing is left."""
    while True:
        turns = iter([False, False])
        outcome = engine.run_slice(connection.pk, stopping=lambda: next(turns, True))  # noqa: B023 - called at once
        yield outcome
        if outcome.ended is not engine.Ended.MORE:
            return


@pytest.mark.usefixtures("small_pages")
def test_many_changes_are_read_over_many_slices(connection: Connection, intercom: Sandbox) -> None:
    sync(connection)
    for row in contacts(intercom)[:45]:
        intercom.mutate("change_contact", id=row["id"], set={"name": "Somebody Else"})
    intercom.reset_log()
    with scope(workspace=connection.workspace_id):
        SyncState.objects.update(run_due=clock.now())
    ended = [outcome.ended for outcome in one_page_a_slice(connection)]
    assert ended.count(engine.Ended.MORE) > 4
    assert not difference(connection, intercom)
    pages = [one["body"] for one in intercom.requests() if one["path"] == "/contacts/search"]
    assert len(pages) == len(set(pages)) >= 5, "no page is asked for twice"


def told(cursor: str) -> str:
    """A page with one contact that goes on at *cursor*."""
    row = {"type": "contact", "id": "65a1", "name": "Always Me", "updated_at": 1_700_000_000}
    return json.dumps({"type": "list", "data": [row], "pages": {"next": {"starting_after": cursor}}})


@pytest.mark.parametrize("cursors", [["again"], [f"page {number}" for number in range(20)]], ids=["circle", "endless"])
@pytest.mark.parametrize(("path", "method"), [("/contacts/search", "POST"), ("/contacts", "GET")])
def test_a_walk_that_leads_nowhere_is_left_and_begun_again_by_the_next_run(
    connection: Connection, intercom: Sandbox, cursors: list[str], path: str, method: str
) -> None:
    for cursor in cursors:
        times = None if cursor == "again" else 1
        intercom.fail(path, method=method, kind="raw", body=told(cursor), times=times)
    sync(connection)
    with scope(workspace=connection.workspace_id):
        assert [one for one in SyncRun.objects.get().issues if "over and over" in one]
    assert intercom.counts()[f"{method} {path}"] < 8
    before = target(connection)
    intercom.clear()
    sync(connection)
    assert {key for key in difference(connection, intercom).extra if key[2] != "65a1"} == set()
    assert not difference(connection, intercom).missing
    assert (target(connection) or 0) >= (before or 0)


def test_a_cursor_that_is_always_refused_ends_the_walk_and_not_the_run(
    connection: Connection, intercom: Sandbox
) -> None:
    row = {"type": "contact", "id": "65a1", "updated_at": 1_700_000_000}
    first = json.dumps({"type": "list", "data": [row], "pages": {"next": {"starting_after": "no cursor at all"}}})
    for _ in range(5):
        intercom.fail("/contacts", method="GET", kind="raw", body=first)
        intercom.fail("/contacts", method="GET", kind="status", status=400, code="client_error")
    sync(connection)
    with scope(workspace=connection.workspace_id):
        assert SyncRun.objects.get().result == "partly"
    assert intercom.counts()["GET /contacts"] < 8


def test_more_than_ten_companies_and_tags_of_a_contact_are_all_here(connection: Connection, intercom: Sandbox) -> None:
    chosen = contacts(intercom)[0]["id"]
    companies = [row["id"] for row in intercom.objects() if row["type"] == "company"][:14]
    tags = [row["id"] for row in intercom.objects() if row["type"] == "tag"][:12]
    intercom.mutate("change_contact", id=chosen, company_ids=companies)
    for tag in tags:
        intercom.mutate("tag", contact_id=chosen, tag_id=tag)
    sync(connection)
    with scope(workspace=connection.workspace_id):
        linked = ContactCompany.objects.filter(contact__external_id=chosen).values_list(
            "company__external_id", flat=True
        )
        tagged = ContactTag.objects.filter(contact__external_id=chosen).values_list("tag__external_id", flat=True)
        assert set(linked) == set(companies)
        assert set(tagged) >= set(tags)
    intercom.mutate("untag", contact_id=chosen, tag_id=tags[0])
    intercom.mutate("change_contact", id=chosen, company_ids=companies[1:])
    sync(connection)
    with scope(workspace=connection.workspace_id):
        assert companies[0] not in set(linked.all())
        assert tags[0] not in set(tagged.all())


@pytest.mark.parametrize(("status", "code"), [(500, "server_error"), (403, "forbidden")])
def test_a_contact_whose_companies_never_come_keeps_the_others_from_nothing(
    connection: Connection, intercom: Sandbox, status: int, code: str
) -> None:
    chosen = contacts(intercom)[0]["id"]
    companies = [row["id"] for row in intercom.objects() if row["type"] == "company"][:14]
    intercom.mutate("change_contact", id=chosen, company_ids=companies, at=clock.now() - 3_600)
    intercom.fail(f"/contacts/{chosen}/companies", kind="status", status=status, code=code, times=None)
    sync(connection)
    assert not difference(connection, intercom)
    with scope(workspace=connection.workspace_id):
        assert DeadLetter.objects.get().external_id == chosen
        linked = ContactCompany.objects.filter(contact__external_id=chosen)
        assert linked.count() == 10
    intercom.clear()
    sync(connection)
    with scope(workspace=connection.workspace_id):
        assert linked.count() == 14
        assert not DeadLetter.objects.exists()


def test_a_lead_that_becomes_a_user_is_the_same_contact(connection: Connection, intercom: Sandbox) -> None:
    lead = intercom.mutate("add_contact", name="Nia Frost", email="", role="lead", external_id=None)["id"]
    sync(connection)
    before = of(lead, connection)
    intercom.mutate(
        "change_contact", id=lead, set={"role": "user", "external_id": "usr_77", "email": "nia@halden.example"}
    )
    sync(connection)
    after = of(lead, connection)
    assert (before.role, after.role, after.user_id) == ("lead", "user", "usr_77")
    assert before.pk == after.pk
    assert not difference(connection, intercom)


@pytest.mark.parametrize("version", ["2.13", "2.15", "2.16", "2.17", "Preview"])
def test_in_every_version_what_changes_today_is_read_today(
    connection: Connection, intercom: Sandbox, settings: Any, version: str
) -> None:
    settings.INTERCOM_API_VERSION = version
    sync(connection)
    intercom.mutate("change_contact", id=contacts(intercom)[0]["id"], set={"name": "Renamed Today"})
    intercom.mutate("add_contact", name="Nobody Before", email="nobody@halden.example")
    sync(connection)
    lacks = difference(connection, intercom)
    assert not lacks.missing
    assert not lacks.extra
    assert {name for _, _, _, name, *_ in lacks.other} <= {"company_id"}  # which 2.13 and 2.14 do not name
