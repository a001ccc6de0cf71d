"""The list of people, narrowed to those whom matching gives to nobody or not to one customer."""

from collections.abc import Callable

import pytest
from django.db import connection as database
from django.test import Client
from django.test.utils import CaptureQueriesContext

from integrations.models import Connection, SyncState
from sonora.customers.models import Company, Match
from sonora.graph import keeping
from sonora.graph.models import PersonStanding
from sonora.workspaces.models import User
from sonora.workspaces.scoping import scope
from tests.factories.cast import Cast
from tests.factories.customers import CompanyFactory, CustomerFactory
from tests.factories.integrations import NOW
from tests.factories.people import ContactCompanyFactory, ContactFactory

Browser = Callable[[User | None], Client]


@pytest.fixture
def ada(cast: Cast, as_user: Browser) -> Client:
    return as_user(cast.ada)


@pytest.fixture
def staffed(cast: Cast) -> Connection:
    """Five people, each called as where they work."""
    with scope(workspace=cast.a.workspace):
        link = cast.a.connection
        ours, theirs, gone = _company(link, "auto"), _company(link, "unmatched"), _company(link, "unmatched")
        Company.objects.filter(pk=gone.pk).update(deleted_at=NOW)
        _person(link, "Nowhere")
        _person(link, "Ours", ours)
        _person(link, "Theirs", theirs)
        _person(link, "Both", ours, theirs)
        _person(link, "Gone", gone)
    return link


def _company(link: Connection, state: str) -> Company:
    one: Company = CompanyFactory(connection=link)
    known = CustomerFactory(workspace=link.workspace) if state == "auto" else None
    Match.objects.create(workspace=link.workspace, company=one, customer=known, state=state, decided_at=NOW)
    return one


def _person(link: Connection, name: str, *companies: Company) -> None:
    contact = ContactFactory(connection=link, name=f"Work {name}")
    for company in companies:
        ContactCompanyFactory(contact=contact, company=company)


@pytest.mark.parametrize(
    ("work", "names"),
    [
        ("unmatched", ["Both", "Theirs"]),
        ("none", ["Gone", "Nowhere"]),
        ("several", ["Both"]),
        ("made up", ["Both", "Gone", "Nowhere", "Ours", "Theirs"]),
    ],
)
def test_people_are_found_by_where_they_work(ada: Client, staffed: Connection, work: str, names: list[str]) -> None:
    page = ada.get("/people", {"work": work}).context["page"]
    found = [row.person.name.removeprefix("Work ") for row in page.rows if row.person.name.startswith("Work ")]
    assert found == names


def test_the_filter_goes_with_a_search_and_stays_chosen(ada: Client, staffed: Connection) -> None:
    page = ada.get("/people", {"work": "unmatched", "q": "Both"})
    assert [row.person.name for row in page.context["page"].rows] == ["Work Both"]
    assert '<option value="unmatched" selected>' in page.content.decode()
    assert "No people match" in ada.get("/people", {"work": "several", "q": "Nowhere"}).content.decode()


def test_the_list_says_where_people_stand(cast: Cast, ada: Client) -> None:
    with scope(workspace=cast.a.workspace):
        keeping.settle()
        PersonStanding.objects.filter(person=cast.a.person).update(
            engagement="low", rhythm="quiet", silent_since=NOW, is_champion=True, strength=78,
            parts=[24.0, 20.0, 17.0, 9.0, 8.0], felt="positive", felt_number=5, direction="falling",
        )  # fmt: skip
    html = ada.get("/people", {"champion": "yes", "rhythm": "quiet"}).content.decode()
    for words in ("Low", "Gone quiet", "Champion", "Positive", "Falling, of 5", "17.0 of 20"):
        assert words in html


def test_somebody_of_whom_nothing_is_kept_yet_is_listed_without_it(cast: Cast, ada: Client) -> None:
    page = ada.get("/people")
    assert cast.a.person.name in page.content.decode()
    assert all(row.standing is None for row in page.context["page"].rows)


@pytest.mark.parametrize("page", ["/people", "/people/graph"])
@pytest.mark.parametrize(("done", "words"), [(None, "No people match so far"), (NOW, "No people match</h2>")])
def test_a_filter_that_finds_nobody_says_what_a_first_sync_leaves_for_its_end(
    cast: Cast, ada: Client, page: str, done: int | None, words: str
) -> None:
    with scope(workspace=cast.a.workspace):
        SyncState.objects.update_or_create(
            connection=cast.a.connection, defaults={"workspace": cast.a.workspace, "initial_done_at": done}
        )
    assert words in ada.get(page, {"engagement": "high"}).content.decode()


def test_a_filter_asks_as_much_however_many_people_there_are(ada: Client, staffed: Connection) -> None:
    few = _questions(ada)
    with scope(workspace=staffed.workspace):
        for number in range(10):
            _person(staffed, f"More {number}", _company(staffed, "unmatched"), _company(staffed, "auto"))
    assert _questions(ada) <= few <= 12


def _questions(ada: Client) -> int:
    with CaptureQueriesContext(database) as asked:
        assert ada.get("/people", {"work": "unmatched"}).status_code == 200
    return len(asked)
