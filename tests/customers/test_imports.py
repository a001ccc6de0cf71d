"""Customers from files as spreadsheets write them."""

import io
import time
import tracemalloc
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from django_scopes import scope, scopes_disabled

from sonora.customers.imports import Outcome, RefusedFile, import_customers
from sonora.customers.models import Customer, ExternalId
from sonora.workspaces.models import Workspace
from tests.factories.customers import CustomerFactory, ExternalIdFactory
from tests.factories.workspaces import WorkspaceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def workspace() -> Iterator[Workspace]:
    with scopes_disabled():
        CustomerFactory(name="Halden", domain="halden.example")  # of another workspace
        one = WorkspaceFactory()
    with scope(workspace=one):
        yield one


def load(workspace: Workspace, text: str | bytes, *, dry: bool = False) -> Outcome:
    content = text if isinstance(text, bytes) else text.encode()
    return import_customers(workspace.pk, io.BytesIO(content), set_by="ada@a.example", dry=dry)


def names() -> list[str]:
    return list(Customer.objects.order_by("pk").values_list("name", flat=True))


def ids(customer: str) -> list[str]:
    rows = ExternalId.objects.filter(customer__name=customer).order_by("pk")
    return [f"{one.source}:{one.value}" for one in rows]


def test_every_column_arrives_whatever_the_order(workspace: Workspace):
    done = load(
        workspace,
        "Health,Owner,ARR,Renewal Date,External ID,source,tier,DOMAIN,Name\n"
        "At risk,Sam Lee,12000.50,2027-01-31,0017Q,Salesforce,Enterprise,www.Halden.example/about,Halden Freight\n",
    )
    customer = Customer.objects.get()
    assert (done.rows, done.created, done.updated, done.ids_added) == (1, 1, 0, 1)
    assert (customer.name, customer.domain, customer.tier) == ("Halden Freight", "halden.example", "Enterprise")
    assert (customer.arr, customer.renewal_date, customer.owner) == (Decimal("12000.50"), date(2027, 1, 31), "Sam Lee")
    assert customer.health == "At risk"
    assert ids("Halden Freight") == ["salesforce:0017Q"]
    assert ExternalId.objects.get().set_by == "ada@a.example"


def test_a_name_is_enough(workspace: Workspace):
    load(workspace, "name\nHalden\nTessera\n")
    assert names() == ["Halden", "Tessera"]


def test_a_second_import_of_the_same_file_changes_nothing(workspace: Workspace):
    text = "name,domain,external_id,arr\nHalden,halden.example,1,10\nTessera,,2,\n"
    load(workspace, text)
    done = load(workspace, text)
    assert (done.created, done.updated, done.ids_added, done.refused) == (0, 0, 0, 0)
    assert names() == ["Halden", "Tessera"]


# ---- Whose row is it ----


def test_the_id_decides_before_name_and_domain(workspace: Workspace):
    known = ExternalIdFactory(customer=CustomerFactory(workspace=workspace, name="Old name"), source="csv", value="1")
    load(workspace, "name,external_id\nNew name,1\n")
    known.customer.refresh_from_db()
    assert known.customer.name == "New name"
    assert len(names()) == 1


def test_the_same_id_of_another_source_is_another_id(workspace: Workspace):
    ExternalIdFactory(customer=CustomerFactory(workspace=workspace, name="Halden"), source="hubspot", value="1")
    load(workspace, "name,external_id,source\nTessera,1,salesforce\n")
    assert names() == ["Halden", "Tessera"]


def test_name_and_domain_together_name_a_customer(workspace: Workspace):
    CustomerFactory(workspace=workspace, name="Halden", domain="halden.example")
    load(workspace, "name,domain,external_id\nHalden,HALDEN.example,7\n")
    assert ids("Halden") == ["csv:7"]
    assert len(names()) == 1


def test_the_same_name_with_another_domain_is_another_customer(workspace: Workspace):
    CustomerFactory(workspace=workspace, name="Halden", domain="halden.example")
    load(workspace, "name,domain\nHalden,halden.test\nHalden,\n")
    assert names() == ["Halden", "Halden", "Halden"]


def test_several_rows_of_one_customer_add_ids(workspace: Workspace):
    done = load(
        workspace,
        "name,domain,external_id,source\n"
        "Halden,halden.example,1,salesforce\nHalden,halden.example,2,hubspot\nHalden,halden.example,1,salesforce\n",
    )
    assert (done.created, done.ids_added) == (1, 2)
    assert ids("Halden") == ["salesforce:1", "hubspot:2"]


def test_the_two_spellings_of_a_salesforce_id_are_one(workspace: Workspace):
    load(workspace, "name,external_id,source\nHalden,001000000000001,salesforce\n")
    done = load(workspace, "name,external_id,source\nHalden GmbH,001000000000001AAA,salesforce\n")
    assert (done.created, done.updated, done.ids_added) == (0, 1, 0)


def test_an_empty_cell_takes_nothing_away(workspace: Workspace):
    load(workspace, "name,external_id,tier,arr\nHalden,1,Enterprise,10\n")
    load(workspace, "name,external_id,tier,arr\nHalden,1,,\n")
    customer = Customer.objects.get()
    assert (customer.tier, customer.arr) == ("Enterprise", 10)


def test_an_amount_of_nothing_is_a_value(workspace: Workspace):
    load(workspace, "name,external_id,arr\nHalden,1,10\nTessera,2,0\n")
    load(workspace, "name,external_id,arr\nHalden,1,0\n")
    assert dict(Customer.objects.values_list("name", "arr")) == {"Halden": 0, "Tessera": 0}


def test_rows_far_apart_still_meet(workspace: Workspace):
    rows = "".join(f"Customer {number},{number}\n" for number in range(1200))
    done = load(workspace, f"name,external_id\n{rows}Customer 3,x3\nRenamed,5\n")
    assert (done.created, done.updated, done.ids_added) == (1200, 0, 1201)
    assert ids("Renamed") == ["csv:5"]
    assert ids("Customer 3") == ["csv:3", "csv:x3"]


def test_a_preview_counts_what_the_import_then_does(workspace: Workspace):
    CustomerFactory(workspace=workspace, name="Halden", domain="halden.example")
    rows = "".join(f"Customer {number % 700},,{number}\n" for number in range(1400))
    text = f"name,domain,external_id\nHalden,halden.example,h1\nHalden,halden.example,h2\n{rows},,no name\n"
    planned = load(workspace, text, dry=True)
    assert len(names()) == 1
    done = load(workspace, text)
    assert planned == done
    assert (done.created, done.ids_added, done.refused) == (700, 1402, 1)
    assert [verb for _, _, verb in done.sample][:3] == ["New external ID", "New external ID", "New customer"]


# ---- What is not right ----


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        (",halden.example,,", "The name is missing"),
        ("x" * 256 + ",,,", "The name is longer than 255 characters"),
        ("Halden,,abc,", "“abc” is not a number"),
        ("Halden,,-5,", "not between 0 and"),
        ("Halden,,NaN,", "not between 0 and"),
        ("Halden,,1e99,", "not between 0 and"),
        ("Halden,,12.000,", "can be read in two ways"),
        ("Halden,,,31/12/2026", "“31/12/2026” is not a day"),
        ("Halden,,,2026-02-30", "“2026-02-30” is not a day"),
        ("Halden,,,,more", "The row has 5 cells, the first row 4"),
    ],
)
def test_a_wrong_row_is_told_and_the_others_are_imported(workspace: Workspace, cells: str, words: str):
    done = load(workspace, f"name,domain,arr,renewal_date\nFirst,,,\n{cells}\nLast,,,\n")
    assert names() == ["First", "Last"]
    (problem,) = done.problems
    assert problem.row == 3
    assert words in problem.sentence
    assert problem.sentence.endswith(".")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("12000", "12000"), ('"12,000"', "12000"), ('"1,234,567.5"', "1234567.50"), ("€ 12000", "12000"),
        ('"1.234,56"', "1234.56"), ("1.234.567", "1234567"), ("12 000 EUR", "12000"),
        ('"0,5"', "0.50"), ("$9.99", "9.99"),
    ],
)  # fmt: skip
def test_amounts_are_read_as_people_write_them(workspace: Workspace, written: str, meant: str):
    done = load(workspace, f"name,arr\nHalden,{written}\n")
    assert done.problems == []
    assert Customer.objects.get().arr == Decimal(meant)


def test_unknown_columns_are_reported_and_left_out(workspace: Workspace):
    done = load(workspace, "name,Mood,,CSM name\nHalden,good,x,y\n")
    assert done.unknown_columns == ("Mood", "CSM name")
    assert done.created == 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "The file is empty"),
        ("\n\n,,\n", "The file is empty"),
        ("domain,tier\nhalden.example,x\n", "There is no column “name”"),
        ("name,name\na,b\n", "The column “name” stands there twice"),
        ("Name,External ID,external_id\na,b,c\n", "The column “external_id” stands there twice"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)), "There is no column “name”"),
        ('name\n"' + "x" * 200_000, None),
    ],
)
def test_a_file_that_is_no_list_of_customers_is_refused_whole(
    workspace: Workspace, text: str | bytes, words: str | None
):
    with pytest.raises(RefusedFile, match=words or "a quote that never ends"):
        load(workspace, text)
    assert names() == []


@pytest.mark.parametrize("rest", ["x\n" * 100_000, "Fjord,x\nBroman,y\n", "Fjord", "Fjord\n", ""])
def test_a_quote_that_never_ends_stops_there_and_says_so(workspace: Workspace, rest: str):
    done = load(workspace, f'name\nHalden\n"{rest}')
    assert names() == ["Halden"]
    assert "a quote that never ends" in done.stopped
    assert "Row 3" in done.stopped
    assert "were not read" in done.stopped


def test_formulas_and_markup_stay_text(workspace: Workspace):
    load(workspace, 'name,tier\n"=HYPERLINK(""http://evil.example"")",@SUM(1)\n<script>alert(1)</script>,+1\n')
    assert names() == ['=HYPERLINK("http://evil.example")', "<script>alert(1)</script>"]


# ---- How it is written ----

TEXT = "name,owner\nGröße & Söhne,Zoë\n"


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        TEXT.encode("cp1252"),
        TEXT.replace(",", ";").encode(),
        TEXT.replace(",", "\t").encode("utf-16"),
        TEXT.replace(",", "|").encode(),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
        ("\n\n" + TEXT).encode(),
        TEXT.replace("name,owner", '" Name ","OWNER"').encode(),
        TEXT.replace("Größe", "Gro\u0308ße").encode(),
    ],
    ids=[
        "utf-8", "byte order mark", "utf-16", "utf-16 unmarked", "utf-16 big", "windows", "semicolons", "tabs", "bars",
        "windows lines", "old lines", "blank lines first", "quoted header", "decomposed",
    ],
)  # fmt: skip
def test_every_usual_way_of_writing_is_read(workspace: Workspace, content: bytes):
    assert load(workspace, content).problems == []
    customer = Customer.objects.get()
    assert (customer.name, customer.owner) == ("Größe & Söhne", "Zoë")


def test_rows_are_counted_as_a_spreadsheet_counts_them(workspace: Workspace):
    done = load(workspace, 'name,tier\n"Two\nlines","a\nb"\n\n,x\n')
    assert names() == ["Two lines"]
    assert [problem.row for problem in done.problems] == [4]


@pytest.mark.long
def test_two_hundred_thousand_rows_take_little_memory_and_time(workspace: Workspace):
    lines = (
        f"Customer {number},c{number}.example,{number},csv,Tier,{number},2027-01-31,Sam" for number in range(200_000)
    )
    content = "\n".join(["name,domain,external_id,source,tier,arr,renewal_date,owner", *lines]).encode()
    tracemalloc.start()
    load(workspace, content[: len(content) // 10], dry=True)
    assert tracemalloc.get_traced_memory()[1] < 60 * 2**20
    tracemalloc.stop()
    began = time.process_time()  # other work on this machine must not fail it
    assert load(workspace, content).created == 200_000
    assert time.process_time() - began < 60
    began = time.process_time()
    assert load(workspace, content.replace(b",Tier,", b",Tier 2,")).updated == 200_000
    assert time.process_time() - began < 60
