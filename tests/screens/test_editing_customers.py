"""Adding and changing customers by hand, their ids, and the way out and back in as a file."""

import io
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from sonora.conversations.models import Conversation
from sonora.customers.imports import import_customers
from sonora.customers.models import Customer, ExternalId, Match, Merge
from sonora.screens.customers import exporting
from sonora.workspaces.models import AuditEntry, User
from tests.factories.cast import Cast
from tests.factories.customers import CompanyFactory, CustomerFactory, ExternalIdFactory, MatchFactory
from tests.factories.workspaces import WorkspaceFactory

Browser = Callable[[User | None], Client]
FACTS = {"name": "Tessera", "domain": "https://www.Tessera.example/", "tier": "Gold", "arr": "12,000.50",
         "renewal_date": "2027-01-31", "owner": "Sam Lee", "health": "Good"}  # fmt: skip


@pytest.fixture
def ada(cast: Cast, as_user: Browser) -> Client:
    return as_user(cast.ada)


def post(client: Client, url: str, **data: Any) -> Any:
    token = str(client.get(reverse("customers")).context["csrf_token"])
    return client.post(url, {"csrfmiddlewaretoken": token, **data})


def entry(cast: Cast, action: str) -> AuditEntry:
    with scope(workspace=cast.a.workspace):
        return AuditEntry.objects.get(action=action)


def test_a_customer_is_added_with_all_that_was_typed(cast: Cast, ada: Client):
    assert post(ada, reverse("add-customer"), **FACTS).status_code == 302
    with scope(workspace=cast.a.workspace):
        made = Customer.objects.get(name="Tessera")
    assert (made.domain, made.arr, made.renewal_date) == ("tessera.example", Decimal("12000.50"), date(2027, 1, 31))
    assert entry(cast, "customer.created").subject == "Tessera"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"name": "  "}, "Type the name of the customer."),
        ({"name": "x" * 256}, "longer than 255"),
        ({"arr": "lots"}, "is not a number"),
        ({"arr": "-1"}, "is not between"),
        ({"renewal_date": "soon"}, "is not a day"),
        ({"tier": "Gold\0"}, "Null characters"),
    ],
)
def test_what_cannot_be_kept_is_told_beside_its_field(cast: Cast, ada: Client, typed: dict[str, str], words: str):
    page = post(ada, reverse("add-customer"), **{**FACTS, **typed})
    assert page.status_code == 422
    assert words in page.content.decode()
    with scope(workspace=cast.a.workspace):
        assert Customer.objects.count() == 1


def test_a_new_customer_is_suggested_for_companies_of_its_name(cast: Cast, ada: Client):
    with scope(workspace=cast.a.workspace):
        company = CompanyFactory(connection=cast.a.connection, name="Tessera Ltd")
        MatchFactory(company=company, state="unmatched", method="", names_due=False)
    post(ada, reverse("add-customer"), **FACTS)
    with scope(workspace=cast.a.workspace):
        assert Match.objects.get(company=company).customer == Customer.objects.get(name="Tessera")


def test_a_renamed_customer_is_looked_at_again(cast: Cast, ada: Client):
    with scope(workspace=cast.a.workspace):
        company = CompanyFactory(connection=cast.a.connection, name="Tessera Ltd")
        MatchFactory(company=company, state="unmatched", method="", names_due=False)
    post(ada, reverse("edit-customer", args=[cast.a.customer.pk]), **FACTS)
    with scope(workspace=cast.a.workspace):
        assert Match.objects.get(company=company).customer == cast.a.customer


def test_a_change_is_noted_from_what_to_what(cast: Cast, ada: Client):
    url = reverse("edit-customer", args=[cast.a.customer.pk])
    assert "Halden saffron" in ada.get(url).content.decode()
    post(ada, url, name="Halden saffron", domain="saffron.example", tier="Gold", arr="", renewal_date="", owner="")
    assert entry(cast, "customer.changed").detail["before"] == {"tier": ""}
    assert entry(cast, "customer.changed").detail["after"] == {"tier": "Gold"}


def test_saving_without_a_change_notes_nothing(cast: Cast, ada: Client):
    url = reverse("edit-customer", args=[cast.a.customer.pk])
    post(ada, url, name="Halden saffron", domain="saffron.example")
    with scope(workspace=cast.a.workspace):
        assert not AuditEntry.objects.filter(action="customer.changed").exists()


def test_a_new_id_brings_the_company_and_its_conversations_at_once(cast: Cast, ada: Client):
    with scope(workspace=cast.a.workspace):
        ExternalId.objects.all().delete()
        Match.objects.all().delete()
        Conversation.objects.update(customer=None)
    # The 15 letters that Salesforce shows for the 18 that Intercom holds.
    url = reverse("add-external-id", args=[cast.a.customer.pk])
    page = post(ada, url, source=" Salesforce ", value=" 0017q00000hF2bQ ").url
    with scope(workspace=cast.a.workspace):
        assert Match.objects.get().customer_id == cast.a.customer.pk
        assert Conversation.objects.get().customer_id == cast.a.customer.pk
    assert "1 company now belongs" in ada.get(page).content.decode()
    assert entry(cast, "customer.id_added").detail["companies"] == 1


def test_an_id_that_another_customer_has_is_refused_by_name(cast: Cast, ada: Client):
    with scope(workspace=cast.a.workspace):
        other = CustomerFactory(workspace=cast.a.workspace, name="Other")
    page = post(ada, reverse("add-external-id", args=[other.pk]), source="salesforce", value="0017Q00000hF2bQAAS")
    assert page.status_code == 422
    assert "Halden saffron has this ID already." in page.content.decode()


def test_the_same_id_again_changes_nothing(cast: Cast, ada: Client):
    url = reverse("add-external-id", args=[cast.a.customer.pk])
    assert post(ada, url, source="salesforce", value="0017q00000hF2bQ").status_code == 302
    with scope(workspace=cast.a.workspace):
        assert ExternalId.objects.get().value == "0017Q00000hF2bQAAS"


def test_without_its_id_a_company_is_nobodys_again(cast: Cast, ada: Client):
    with scope(workspace=cast.a.workspace):
        known = ExternalId.objects.get()
    post(ada, reverse("remove-external-id", args=[known.pk]))
    with scope(workspace=cast.a.workspace):
        assert not Match.objects.linking().exists()  # by its name it is suggested again
        assert Conversation.objects.get().customer_id is None
    assert entry(cast, "customer.id_removed").detail["id"] == "0017Q00000hF2bQAAS"


# ---- Columns of a file ----


def send(client: Client, content: str, **fields: str) -> Any:
    page = client.get(reverse("import-customers"))
    file = SimpleUploadedFile("accounts.csv", content.encode())
    sent = {"file": file, "csrfmiddlewaretoken": str(page.context["csrf_token"]), **fields}
    return client.post(reverse("import-customers"), sent)


FOREIGN = "Account Name,Website,Account ID,Notes\nTessera,tessera.example,T-1,x\n"


def test_columns_that_other_systems_name_differently_are_guessed(cast: Cast, ada: Client):
    page = send(ada, FOREIGN)
    chosen = [(one.title, one.chosen) for one in page.context["mapping"].columns]
    assert chosen == [("Account Name", "name"), ("Website", "domain"), ("Account ID", "external_id"), ("Notes", "")]
    assert page.context["outcome"].created == 1


def test_a_person_says_which_column_is_which(cast: Cast, ada: Client):
    columns = {"column-0": "owner", "column-1": "name", "column-2": "", "column-3": "tier"}
    page = send(ada, FOREIGN, **columns)
    send(ada, FOREIGN, seen=page.context["digest"], **columns)
    with scope(workspace=cast.a.workspace):
        made = Customer.objects.get(name="tessera.example")
        assert (made.owner, made.tier) == ("Tessera", "x")
        assert not ExternalId.objects.filter(customer=made).exists()


def test_columns_that_were_chosen_anew_are_previewed_anew(cast: Cast, ada: Client):
    digest = send(ada, FOREIGN).context["digest"]
    columns = {"column-0": "name", "column-1": "", "column-2": "", "column-3": ""}
    page = send(ada, FOREIGN, seen=digest, **columns)
    assert "The file or its columns changed since the preview." in page.content.decode()
    with scope(workspace=cast.a.workspace):
        assert Customer.objects.count() == 1


@pytest.mark.parametrize(
    ("columns", "words"),
    [({"column-0": "tier", "column-1": ""}, "There is no column “name”"),
     ({"column-0": "name", "column-1": "name"}, "stands there twice"),
     ({"column-0": "password", "column-1": "../etc"}, "There is no column “name”")],
)  # fmt: skip
def test_a_choice_that_cannot_be_is_told_and_can_be_mended(
    cast: Cast, ada: Client, columns: dict[str, str], words: str
):
    page = send(ada, FOREIGN, **columns)
    assert words in page.content.decode()
    assert 'name="column-0"' in page.content.decode()


# ---- The way out ----


def test_what_is_exported_can_be_imported_elsewhere_and_is_the_same(
    cast: Cast, ada: Client, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(exporting, "AT_ONCE", 2)
    with scope(workspace=cast.a.workspace):
        for number in range(5):
            one = CustomerFactory(workspace=cast.a.workspace, name=f"Same {number // 2}", domain=f"{number}.example")
            ExternalIdFactory(customer=one, value=f"a{number}")
            ExternalIdFactory(customer=one, value=f"b{number}", source="hubspot")
        CustomerFactory(workspace=cast.a.workspace, name="No id", arr=Decimal(5), renewal_date=date(2027, 1, 31))
        before = everything()
    file = b"".join(ada.get(reverse("export-customers")).streaming_content)
    other = WorkspaceFactory(slug="other")
    with scope(workspace=other):
        import_customers(other.pk, io.BytesIO(file), set_by="")
        assert everything() == before
    assert "indigo" not in file.decode()
    assert entry(cast, "customers.exported").actor == "ada@a.example"


def everything() -> set[tuple[Any, ...]]:
    facts = ("name", "domain", "tier", "arr", "renewal_date", "owner")
    customers = set(Customer.objects.values_list(*facts))
    return customers | set(ExternalId.objects.values_list("source", "value", "customer__name", "customer__domain"))


def test_an_exported_name_is_never_computed(cast: Cast, ada: Client):
    with scope(workspace=cast.a.workspace):
        CustomerFactory(workspace=cast.a.workspace, name='=HYPERLINK("https://evil.example")')
    file = b"".join(ada.get(reverse("export-customers")).streaming_content).decode()
    assert "\"'=HYPERLINK(" in file


# ---- Merging ----


def test_customers_are_merged_after_a_look_and_taken_apart_again(cast: Cast, ada: Client):
    with scope(workspace=cast.a.workspace):
        twin = CustomerFactory(workspace=cast.a.workspace, name="Halden twin")
        ExternalIdFactory(customer=twin, source="hubspot", value="H-1")
    url = reverse("merge-customer", args=[cast.a.customer.pk])
    assert "Halden twin" in ada.get(url).content.decode()
    assert "Nothing" not in ada.get(url, {"q": "zyx"}).content.decode()
    shown = ada.get(url, {"other": twin.pk}).content.decode()
    assert "H-1" in shown
    page = ada.get(post(ada, url, other=twin.pk).url).content.decode()
    assert "Halden twin is part of Halden saffron now." in page
    with scope(workspace=cast.a.workspace):
        made = Merge.objects.get(undone_at=None, gone__name="Halden twin")
    ada.get(post(ada, reverse("undo-customer-merge", args=[made.pk])).url)
    with scope(workspace=cast.a.workspace):
        assert ExternalId.objects.get(value="H-1").customer_id == twin.pk
    assert entry(cast, "customer.merged").detail["merged"] == "Halden twin"
    assert entry(cast, "customer.split").subject == "Halden twin"


@pytest.mark.parametrize("other", ["", "x", "0", "9" * 30])
def test_no_other_customer_means_to_choose_one(cast: Cast, ada: Client, other: str):
    url = reverse("merge-customer", args=[cast.a.customer.pk])
    assert post(ada, url, other=other).status_code == 200
    assert post(ada, url, other=cast.b.customer.pk).status_code == 200
    with scope(workspace=cast.a.workspace):
        assert Customer.objects.count() == 1
