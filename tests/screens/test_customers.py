"""Customers: the list, one of them, and the import in a browser."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_scopes import scope

from integrations.models import SyncState
from sonora.customers.models import Customer, CustomerImport, Match
from sonora.screens.customers import forms
from sonora.workspaces.models import AuditEntry, User
from tests.factories.cast import Cast
from tests.factories.conversations import ConversationFactory
from tests.factories.customers import CompanyFactory, CustomerFactory, ExternalIdFactory, MatchFactory
from tests.factories.integrations import NOW
from tests.factories.people import ContactCompanyFactory, ContactFactory

Browser = Callable[[User | None], Client]
MOST_QUERIES = 15
CSV = "name,external_id,colour\nTessera Bank,T-1,red\n,T-2,\n=cmd(),T-3,\n"


@pytest.fixture
def ada(cast: Cast, as_user: Browser) -> Client:
    return as_user(cast.ada)


def test_a_row_says_whose_customer_it_is_and_what_it_is_worth(cast: Cast, ada: Client):
    with scope(workspace=cast.a.workspace):
        Customer.objects.update(tier="Gold", owner="Noor", arr=184_000, renewal_date="2027-02-28")
    page = ada.get("/customers").content.decode()
    for words in ("Halden saffron", "Gold · Matched by ID", "Noor", "184,000", "28 Feb 2027"):
        assert words in page


def test_each_number_of_a_row_opens_as_many_rows(cast: Cast, ada: Client):
    with scope(workspace=cast.a.workspace):
        for name in ("Lotte", "Marek", ""):
            contact = ContactFactory(connection=cast.a.connection, name=name)
            ContactCompanyFactory(contact=contact, company=cast.a.company)
            ConversationFactory(connection=cast.a.connection, customer=cast.a.customer, state="closed")
        ConversationFactory(connection=cast.a.connection, customer=None)
    (row,) = ada.get("/customers").context["page"].rows
    own = f"customer={cast.a.customer.pk}"
    for url, number in (
        (f"/conversations?{own}&state=open", row.figures.open),
        (f"/conversations?{own}", row.figures.conversations),
        (f"/feature-requests?{own}", row.figures.requests),
        (f"/people?{own}", row.figures.people),
    ):
        assert len(ada.get(url).context["page"].rows) == number > 0, url


def test_customers_are_filtered_by_their_companies(cast: Cast, ada: Client):
    with scope(workspace=cast.a.workspace):
        bare = CustomerFactory(workspace=cast.a.workspace, name="Bare")
        asked = CustomerFactory(workspace=cast.a.workspace, name="Asked")
        company = CompanyFactory(connection=cast.a.connection)
        match = MatchFactory(company=company, customer=asked, state="suggested", method="name")

    def shown(**query: str) -> set[Customer]:
        return {row.customer for row in ada.get("/customers", query).context["page"].rows}

    assert shown(companies="waiting") == {asked}
    assert shown(companies="none") == {asked, bare}
    assert shown(companies="none", q="bar") == {bare}
    assert shown(companies="nonsense") == {asked, bare, cast.a.customer}
    with scope(workspace=cast.a.workspace):
        Match.objects.filter(pk=match.pk).update(state="confirmed")
    assert shown(companies="waiting") == set()
    assert "No customers match" in ada.get("/customers", {"companies": "waiting"}).content.decode()


@pytest.mark.parametrize(
    ("q", "found"), [("tessera", 1), ("BANK.example", 1), ("t-77", 0), ("T-77", 1), ("%", 0), ("\0", 2)]
)
def test_customers_are_found_by_name_domain_and_id(cast: Cast, ada: Client, q: str, found: int):
    with scope(workspace=cast.a.workspace):
        tessera = CustomerFactory(workspace=cast.a.workspace, name="Tessera", domain="bank.example")
        ExternalIdFactory(customer=tessera, value="T-77")
    assert len(ada.get("/customers", {"q": q}).context["page"].rows) == found


def test_a_full_page_takes_few_queries(cast: Cast, ada: Client):
    with scope(workspace=cast.a.workspace):
        SyncState.objects.create(workspace=cast.a.workspace, connection=cast.a.connection, last_run_finished_at=1)
        for customer in CustomerFactory.create_batch(60, workspace=cast.a.workspace):
            ExternalIdFactory(customer=customer)
    for url in ("/customers", "/people", f"/customers/{cast.a.customer.pk}", f"/people/{cast.a.person.pk}"):
        ada.get(url)  # the figures of requests are counted once, then kept
        with CaptureQueriesContext(connection) as queries:
            ada.get(url)
        assert len(queries) <= MOST_QUERIES, url


@pytest.mark.parametrize(
    "page",
    [
        "/customers",
        "/customers?q=a",
        "/customers?companies=waiting",
        "/customers?companies=none&q=a",
        "/customers/new",
        "/customers/import",
        "/customers/imports/{a.import_.pk}",
        "/customers/{a.customer.pk}/edit",
        "/customers/{a.customer.pk}/merge",
        "/customers/{a.customer.pk}/merge?other={other}",
        "/customers/{a.customer.pk}/external-ids/new",
        "/settings/audit?who=a&since=2020-01-01",
    ],
)
def test_a_page_about_customers_asks_twelve_questions_at_most(cast: Cast, ada: Client, page: str):
    with scope(workspace=cast.a.workspace):
        SyncState.objects.create(workspace=cast.a.workspace, connection=cast.a.connection, last_run_finished_at=1)
        many = CustomerFactory.create_batch(60, workspace=cast.a.workspace)
        for customer in many:
            ExternalIdFactory(customer=customer)
    url = page.format(a=cast.a, other=many[0].pk)
    ada.get(url)  # the figures of requests are counted once, then kept
    with CaptureQueriesContext(connection) as queries:
        assert ada.get(url).status_code == 200
    assert len(queries) <= 12


def test_one_customer_shows_ids_companies_people_and_conversations(cast: Cast, ada: Client):
    page = ada.get(reverse("customer", args=[cast.a.customer.pk])).content.decode()
    for words in ("Halden saffron GmbH", "Sonora, by ID", "Ines saffron", "Invoice in saffron", "salesforce"):
        assert words in page


# ---- The import ----


def send(client: Client, content: bytes | str = CSV, *, seen: str = "", **headers: str) -> Any:
    page = client.get(reverse("import-customers"))
    file = SimpleUploadedFile("customers.csv", content.encode() if isinstance(content, str) else content)
    token = str(page.context["csrf_token"])
    data = {"file": file, "seen": seen, "csrfmiddlewaretoken": token}
    return client.post(reverse("import-customers"), data, headers=headers)


def customers(cast: Cast) -> int:
    with scope(workspace=cast.a.workspace):
        return Customer.objects.count()


def test_a_preview_tells_what_would_happen_and_stores_nothing(cast: Cast, ada: Client):
    page = send(ada).content.decode()
    for words in ("3 rows: 2 new customers, 0 updates, 2 new external IDs.", "1 row is left out", "<code>colour</code>",
                  "Row 3", "The name is missing.", "Tessera Bank", "New customer"):  # fmt: skip
        assert words in page
    assert customers(cast) == 1


def test_htmx_gets_the_preview_alone(cast: Cast, ada: Client):
    assert "<html" not in send(ada, HX_Request="true").content.decode()


def test_a_confirmed_file_is_imported_and_audited(cast: Cast, ada: Client):
    digest = send(ada).context["digest"]
    response = send(ada, seen=digest)
    assert response.status_code == 302
    page = ada.get(response.headers["Location"]).content.decode()
    assert "Imported in part" in page
    assert "customers.csv" in page
    assert customers(cast) == 3
    with scope(workspace=cast.a.workspace):
        entry = AuditEntry.objects.get(action="customers.imported")
    assert (entry.actor, entry.detail) == ("ada@a.example", {"created": 2, "updated": 0, "refused": 1})


def test_a_file_that_changed_since_its_preview_is_previewed_again(cast: Cast, ada: Client):
    digest = send(ada).context["digest"]
    page = send(ada, CSV + "Added later,9,\n", seen=digest).content.decode()
    assert "The file or its columns changed since the preview." in page
    assert customers(cast) == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [("", "The file is empty"), ("domain\nx", "There is no column “name”"), (b"\xff\xfe\0\xd8", "column “name”")],
)
def test_a_file_that_cannot_be_read_is_told_beside_its_field(cast: Cast, ada: Client, content: bytes | str, words: str):
    response = send(ada, content)
    assert response.status_code == 422
    assert words in response.content.decode()


def test_no_file_and_too_large_a_file_are_told(cast: Cast, ada: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(forms, "LARGEST_FILE", 10)
    assert "larger than 20 MB" in send(ada).content.decode()
    token = str(ada.get(reverse("import-customers")).context["csrf_token"])
    response = ada.post(reverse("import-customers"), {"csrfmiddlewaretoken": token})
    assert "Choose a CSV file." in response.content.decode()


def test_a_member_may_not_import_and_the_try_is_noted(cast: Cast, as_user: Browser):
    ben = as_user(cast.ben)
    assert "Import CSV" not in ben.get("/customers").content.decode()
    ben.get(reverse("import-customers"))
    with scope(workspace=cast.a.workspace):
        assert AuditEntry.objects.get(action="access.refused").actor == "ben@a.example"


def test_rows_left_out_are_downloaded_as_text_a_spreadsheet_never_computes(cast: Cast, ada: Client):
    with scope(workspace=cast.a.workspace):
        done = CustomerImport.objects.create(
            workspace=cast.a.workspace, at=0, refused=1, problems=[[2, '=HYPERLINK("x")', "It is wrong."]]
        )
    response = ada.get(reverse("customer-import-problems", args=[done.pk]))
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.content.decode() == 'row,name,problem\r\n2,"\'=HYPERLINK(""x"")",It is wrong.\r\n'


def test_a_file_of_left_out_rows_that_does_not_hold_all_of_them_says_so(cast: Cast, ada: Client):
    with scope(workspace=cast.a.workspace):
        facts = {"workspace": cast.a.workspace, "at": NOW, "rows": 9, "problems": [[2, "Acme", "No."], [3, "", "No."]]}
        some, whole = (CustomerImport.objects.create(**facts, refused=refused) for refused in (9, 2))
    cut = "The first 2 are shown, and the first 2 are in the file."
    assert cut in ada.get(reverse("customer-import", args=[some.pk])).content.decode()
    assert "are in the file" not in ada.get(reverse("customer-import", args=[whole.pk])).content.decode()


# ---- People ----


@pytest.mark.parametrize(("q", "found"), [("ines", 1), ("saffron.example", 1), ("indigo", 0), ("?", 0)])
def test_people_are_found_by_name_and_address(cast: Cast, ada: Client, q: str, found: int):
    assert len(ada.get("/people", {"q": q}).context["page"].rows) == found


def test_people_without_a_name_have_their_own_list(cast: Cast, ada: Client):
    with scope(workspace=cast.a.workspace):
        type(cast.a.person).objects.update(name="")
    assert "without a name" in ada.get("/people").content.decode()
    assert "ines@saffron.example" in ada.get("/people?unnamed=1").content.decode()


def test_a_person_shows_facts_contacts_and_conversations(cast: Cast, ada: Client):
    page = ada.get(reverse("person", args=[cast.a.person.pk])).content.decode()
    for words in ("ines@saffron.example", "Halden saffron", "Invoice in saffron", "Based on Intercom only"):
        assert words in page
