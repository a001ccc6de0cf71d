"""Merging and splitting people in the browser, and where their old addresses lead."""

from collections.abc import Callable

import pytest
from django.test import Client

from sonora.people.models import Contact, Person
from sonora.workspaces.models import AuditEntry, User
from sonora.workspaces.scoping import scope
from tests.factories.cast import Cast
from tests.factories.people import ContactFactory

Browser = Callable[[User | None], Client]


@pytest.fixture
def ada(cast: Cast, as_user: Browser) -> Client:
    return as_user(cast.ada)


@pytest.fixture
def twin(cast: Cast) -> Contact:
    with scope(workspace=cast.a.workspace):
        contact: Contact = ContactFactory(connection=cast.a.connection, name="Ines Twin", email="twin@saffron.example")
        return contact


def post(client: Client, path: str, **fields: object) -> str:
    """Posts as a browser does; returns where it leads."""
    token = str(client.get("/people").context["csrf_token"])
    response = client.post(path, {"csrfmiddlewaretoken": token, **fields})
    assert response.status_code == 302
    return response.headers["Location"]


def test_people_are_merged_found_at_the_old_address_and_two_again(cast: Cast, ada: Client, twin: Contact) -> None:
    page = f"/people/{cast.a.person.pk}"
    assert "Ines Twin" in ada.get(f"{page}/merge").content.decode()
    assert "twin@saffron.example" in ada.get(f"{page}/merge?other={twin.person_id}").content.decode()
    assert post(ada, f"{page}/merge", other=twin.person_id) == f"{page}/identities"
    assert ada.get(f"/people/{twin.person_id}").headers["Location"] == page
    shown = ada.get(f"{page}/identities")
    assert "twin@saffron.example" in shown.content.decode()
    decision = shown.context["identities"].decisions[0]
    post(ada, f"/person-decisions/{decision.pk}/undo")
    assert ada.get(f"/people/{twin.person_id}").status_code == 200
    with scope(workspace=cast.a.workspace):
        actions = list(AuditEntry.objects.order_by("pk").values_list("action", "detail"))
    assert actions[-2:] == [
        ("person.merged", {"person": cast.a.person.pk, "merged": twin.person_id, "contacts": 1}),
        ("person.decision_undone", {"decision": "merge", "person": cast.a.person.pk, "other": twin.person_id}),
    ]


def test_a_contact_is_split_off(cast: Cast, ada: Client, twin: Contact) -> None:
    page = f"/people/{cast.a.person.pk}"
    post(ada, f"{page}/merge", other=twin.person_id)
    where = post(ada, f"/contacts/{twin.pk}/split")
    assert where not in {f"{page}/identities", f"/people/{twin.person_id}/identities"}
    assert "Ines Twin is not Ines saffron" in ada.get(where).content.decode()
    assert "twin@saffron.example" not in ada.get(f"{page}/identities").content.decode()


def test_a_contact_alone_cannot_be_split_off(cast: Cast, ada: Client, twin: Contact) -> None:
    assert post(ada, f"/contacts/{twin.pk}/split") == f"/people/{twin.person_id}/identities"
    assert "no other contact" in ada.get("/people").content.decode()


def test_a_filter_of_before_means_whoever_stayed(cast: Cast, ada: Client, twin: Contact) -> None:
    post(ada, f"/people/{twin.person_id}/merge", other=cast.a.person.pk)
    page = ada.get("/conversations", {"person": cast.a.person.pk})
    assert "Invoice in saffron" in page.content.decode()
    assert "Ines saffron (merged into Ines Twin)" in page.content.decode()
    assert [row.person.pk for row in ada.get("/people", {"person": cast.a.person.pk}).context["page"].rows] == [
        twin.person_id
    ]


def test_whoever_left_is_not_there(cast: Cast, ada: Client, twin: Contact) -> None:
    with scope(workspace=cast.a.workspace):
        Contact.objects.filter(pk=twin.pk).update(deleted_at=1)
        assert Person.objects.filter(pk=twin.person_id).exists()
    assert ada.get(f"/people/{twin.person_id}").status_code == 404


def listed(client: Client, **asked: str) -> list[int]:
    return [row.person.pk for row in client.get("/people", asked).context["page"].rows]


def test_what_is_said_of_a_champion_shows_in_lists_at_once(cast: Cast, ada: Client) -> None:
    page = f"/people/{cast.a.person.pk}"
    assert listed(ada, champion="yes") == []
    post(ada, f"{page}/champion", champion="yes")
    assert listed(ada, champion="yes") == [cast.a.person.pk]
    post(ada, f"{page}/champion", champion="reset")
    assert listed(ada, champion="yes") == []
    assert listed(ada, champion="no") == [cast.a.person.pk]


def test_who_is_merged_and_who_is_not_any_more_stands_in_lists_at_once(cast: Cast, ada: Client, twin: Contact) -> None:
    page = f"/people/{cast.a.person.pk}"
    post(ada, f"{page}/merge", other=twin.person_id)
    assert listed(ada, champion="no") == [cast.a.person.pk]
    decision = ada.get(f"{page}/identities").context["identities"].decisions[0]
    post(ada, f"/person-decisions/{decision.pk}/undo")
    assert listed(ada, champion="no") == [twin.person_id, cast.a.person.pk]
    post(ada, f"{page}/merge", other=twin.person_id)
    post(ada, f"/contacts/{twin.pk}/split")
    assert len(listed(ada, champion="no")) == 2
