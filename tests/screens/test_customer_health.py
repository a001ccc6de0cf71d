"""How a customer is doing, where a company says so: set by a file or by hand, shown with who said it and when."""

from collections.abc import Callable
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from sonora.customers import imports, merging
from sonora.customers.models import Customer
from sonora.workspaces.models import AuditEntry, User
from tests.factories.cast import Cast
from tests.factories.customers import CustomerFactory

Browser = Callable[[User | None], Client]
COLUMN = ">Health</th>"


@pytest.fixture
def ada(cast: Cast, as_user: Browser) -> Client:
    return as_user(cast.ada)


def load(cast: Cast, rows: str) -> None:
    with scope(workspace=cast.a.workspace):
        imports.import_customers(cast.a.workspace.pk, BytesIO(rows.encode()), set_by="sam@a.example")


def edit(client: Client, customer: Customer, **facts: str) -> None:
    url = reverse("edit-customer", args=[customer.pk])
    token = str(client.get(url).context["csrf_token"])
    assert client.post(url, {"csrfmiddlewaretoken": token, "name": customer.name, **facts}).status_code == 302


def head(client: Client, customer: Customer) -> str:
    """The header of the page of *customer*, above its tabs."""
    page = client.get(reverse("customer", args=[customer.pk])).content.decode()
    return page.partition("<h1>")[2].partition('<nav class="tabs"')[0]


def test_without_any_health_nothing_of_it_is_shown(cast: Cast, ada: Client):
    assert "Health" not in head(ada, cast.a.customer)
    assert COLUMN not in ada.get("/customers").content.decode()


def test_the_health_of_another_workspace_shows_no_column(cast: Cast, ada: Client):
    with scope(workspace=cast.b.workspace):
        Customer.objects.update(health="Good")
    assert COLUMN not in ada.get("/customers").content.decode()


def test_a_file_tells_health_and_the_header_says_who_and_when(cast: Cast, ada: Client):
    load(cast, "name,health\nTessera,At risk\n")
    with scope(workspace=cast.a.workspace):
        tessera = Customer.objects.get(name="Tessera")
    shown = head(ada, tessera)
    assert "pill-warn" in shown
    assert "<svg" in shown.partition("pill-warn")[2].partition("At risk")[0]
    assert "CSV import by sam@a.example, as of " in shown


def test_the_list_has_a_column_of_it_once_one_customer_has_it(cast: Cast, ada: Client):
    load(cast, "name,health\nTessera,Good\n")
    page = ada.get("/customers").content.decode()
    assert COLUMN in page
    assert page.count('data-label="Health"') == 2
    assert page.count("pill-ok") == 1


def test_an_admin_changes_it_and_the_audit_trail_tells_from_what_to_what(cast: Cast, ada: Client):
    load(cast, "name,health\nTessera,Good\n")
    with scope(workspace=cast.a.workspace):
        tessera = Customer.objects.get(name="Tessera")
    edit(ada, tessera, health="Poor")
    assert "ada@a.example, as of " in head(ada, tessera)
    with scope(workspace=cast.a.workspace):
        detail = AuditEntry.objects.get(action="customer.changed").detail
    assert (detail["before"], detail["after"]) == ({"health": "Good"}, {"health": "Poor"})
    edit(ada, tessera)
    assert "Health" not in head(ada, tessera)


def test_it_goes_out_as_it_came_in(cast: Cast, ada: Client):
    load(cast, "name,health\nTessera,Needs a call\n")
    lines = b"".join(ada.get(reverse("export-customers"))).decode().splitlines()
    assert lines[0].split(",")[-1] == "health"
    assert lines[-1].startswith("Tessera,")
    assert lines[-1].endswith(",Needs a call")


def test_a_merge_takes_it_over_where_it_lacks_and_its_undoing_gives_it_back(cast: Cast):
    with scope(workspace=cast.a.workspace):
        kept = CustomerFactory(workspace=cast.a.workspace, name="One", health="")
        gone = CustomerFactory(workspace=cast.a.workspace, name="Two", health="Poor")
        merge, _ = merging.merge(kept.pk, gone.pk, by="ada@a.example")
        assert Customer.objects.get(pk=kept.pk).health == "Poor"
        merging.undo(merge.pk, by="ada@a.example")
        assert Customer.objects.get(pk=kept.pk).health == ""
        assert Customer.objects.get(name="Two").health == "Poor"
