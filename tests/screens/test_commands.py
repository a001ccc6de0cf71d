"""The commands beside `intercom`, as the Contract says them."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django_scopes import scope, scopes_disabled

from sonora.conversations.models import Conversation
from sonora.customers.models import Company, Customer, Match
from sonora.workspaces.models import AuditEntry, Membership, User, Workspace
from tests.factories.cast import Filled, fill
from tests.factories.conversations import ConversationFactory
from tests.factories.customers import CompanyFactory, CustomerFactory, ExternalIdFactory, MatchFactory
from tests.factories.integrations import NOW

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command(*arguments, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


@pytest.fixture
def a() -> Filled:
    return fill("a", words="saffron")


# ---- create_workspace ----


def create(slug: str = "demo", **changed: str) -> str:
    options = {"--name": "Northwind", "--admin": "Admin@Example.com", **changed}
    return run("create_workspace", slug, *[part for pair in options.items() for part in pair])[0]


@pytest.fixture(autouse=True)
def no_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SONORA_ADMIN_PASSWORD", raising=False)


def admin() -> User:
    return User.objects.get(email="admin@example.com")


def test_a_workspace_is_made_with_its_admin_and_a_printed_password():
    out = create()
    password = out.partition("Password: ")[2].strip()
    assert len(password) >= 15
    assert admin().check_password(password)
    workspace = Workspace.objects.get(slug="demo")
    with scope(workspace=workspace):
        assert Membership.objects.get(user=admin()).role == "admin"
        assert AuditEntry.objects.get().action == "member.added"


def test_a_given_password_is_taken_and_never_printed(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SONORA_ADMIN_PASSWORD", "given-password")
    assert "given-password" not in create()
    assert admin().check_password("given-password")


def test_a_second_time_changes_nothing():
    password = create().partition("Password: ")[2].strip()
    out = create(**{"--name": "Other"})
    assert "was there already" in out
    assert "Password:" not in out
    assert admin().check_password(password)
    assert Workspace.objects.get().name == "Northwind"


def test_a_second_time_sets_a_password_that_is_given(monkeypatch: pytest.MonkeyPatch):
    create()
    monkeypatch.setenv("SONORA_ADMIN_PASSWORD", "a-new-password")
    create()
    assert admin().check_password("a-new-password")


def test_one_person_may_be_admin_of_two_workspaces():
    create()
    out = create("second")
    assert "keeps the password" in out
    with scopes_disabled():
        assert Membership.objects.filter(user=admin()).count() == 2


def test_a_member_is_not_made_an_admin_by_the_way(a: Filled):
    with scopes_disabled():
        Membership.objects.create(
            workspace=a.workspace, user=User.objects.create_user("admin@example.com"), role="member"
        )
    with pytest.raises(CommandError, match="is a member of a, and stays one"):
        create("a")


@pytest.mark.parametrize(
    ("slug", "changed", "words"),
    [
        ("with blank", {}, "letters, digits, - and _"),
        ("x" * 61, {}, "60 characters"),
        ("demo", {"--admin": "nobody"}, "'nobody' is no e-mail address"),
        ("demo", {"--name": " "}, "1 to 200 characters"),
    ],
)
def test_bad_arguments_are_told_and_nothing_is_made(slug: str, changed: dict[str, str], words: str):
    with pytest.raises(CommandError, match=words):
        create(slug, **changed)
    assert not Workspace.objects.exists()
    assert not User.objects.exists()


# ---- import_customers ----


def load(tmp_path: Path, content: str, workspace: str = "a") -> tuple[str, str]:
    file = tmp_path / "customers.csv"
    file.write_text(content)
    return run("import_customers", "--workspace", workspace, str(file))


def test_an_import_matches_companies_and_moves_their_conversations(a: Filled, tmp_path: Path):
    with scope(workspace=a.workspace):
        company = CompanyFactory(connection=a.connection, company_id="T-1")
        talk = ConversationFactory(connection=a.connection, company=company)
    out, err = load(tmp_path, "external_id,name,nonsense\nT-1,Tessera Bank,x\n")
    assert "1 row: 1 new customer, 0 updated, 1 new external ID, 1 company matched by ID." in out
    assert "Columns that Sonora doesn't know were left out: nonsense" in err
    with scope(workspace=a.workspace):
        assert Conversation.objects.get(pk=talk.pk).customer == Customer.objects.get(name="Tessera Bank")


def test_what_is_right_is_imported_and_what_is_not_is_an_error(a: Filled, tmp_path: Path):
    with pytest.raises(CommandError, match="1 row was not imported"):
        load(tmp_path, "name,arr\nTessera,x\nLumen,1\n")
    with scope(workspace=a.workspace):
        assert Customer.objects.filter(name="Lumen").exists()
        assert not Customer.objects.filter(name="Tessera").exists()


@pytest.mark.parametrize(
    ("content", "workspace", "words"),
    [
        ("domain\nx\n", "a", "There is no column “name”"),
        ("name\nx\n", "nowhere", "There is no workspace 'nowhere'"),
        ('name\nHalden\n"Tessera\n', "a", "^Row 3 has a quote that never ends"),
    ],
)
def test_what_cannot_be_imported_is_told(a: Filled, tmp_path: Path, content: str, workspace: str, words: str):
    with pytest.raises(CommandError, match=words):
        load(tmp_path, content, workspace)


def test_a_file_that_is_not_there_is_told(a: Filled, tmp_path: Path):
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        run("import_customers", "--workspace", "a", str(tmp_path / "nothing.csv"))


# ---- matches ----


def matches(workspace: str = "a") -> dict[str, Any]:
    lines = [json.loads(line) for line in run("matches", "--workspace", workspace, "--json")[0].splitlines()]
    assert [line["company_id"] for line in lines] == sorted(line["company_id"] for line in lines)
    return {line.pop("company_id"): line for line in lines}


def test_a_match_by_id_names_the_id_that_matched(a: Filled):
    with scope(workspace=a.workspace):
        ExternalIdFactory(customer=a.customer, source="csv", value="later")
    assert matches() == {
        "c1": {
            "state": "auto",
            "customer_external_id": "0017Q00000hF2bQAAS",
            "source": "salesforce",
            "customer": "Halden saffron",
            "method": "external_id",
            "score": None,
            "reasons": ["Same ID"],
        }
    }


def test_every_present_company_has_its_line(a: Filled):
    fill("b", words="indigo")
    with scope(workspace=a.workspace):
        CompanyFactory(connection=a.connection, external_id="c2")
        CompanyFactory(connection=a.connection, external_id="gone", deleted_at=NOW)
        CompanyFactory(connection=a.connection, external_id="unread", fetched_at=None)
        conflict = CompanyFactory(connection=a.connection, external_id="c3")
        MatchFactory(company=conflict, state=Match.State.CONFLICT, reasons=["Same ID in csv: 7"])
        manual = CompanyFactory(connection=a.connection, external_id="c4")
        MatchFactory(company=manual, customer=a.customer, state="confirmed", method="manual")
        bare = CompanyFactory(connection=a.connection, external_id="c5")
        customer = CustomerFactory(workspace=a.workspace, name="Bare")
        MatchFactory(company=bare, customer=customer, state="confirmed", method="manual", score=91)
    found = matches()
    assert {one: line["state"] for one, line in found.items()} == {
        "c1": "auto", "c2": "unmatched", "c3": "conflict", "c4": "confirmed", "c5": "confirmed",
    }  # fmt: skip
    assert (found["c2"]["method"], found["c2"]["customer"], found["c2"]["reasons"]) == (None, None, [])
    assert (found["c3"]["customer_external_id"], found["c3"]["reasons"]) == (None, ["Same ID in csv: 7"])
    assert found["c4"]["customer_external_id"] == "0017Q00000hF2bQAAS"  # the customer's first
    assert (found["c5"]["customer_external_id"], found["c5"]["score"]) == (None, 91)


def test_without_json_people_read_it(a: Filled):
    assert "c1  Halden saffron GmbH: auto → Halden saffron" in run("matches", "--workspace", "a")[0]


def test_all_companies_are_of_the_workspace_asked_for(a: Filled):
    with scopes_disabled():
        assert Company.objects.count() == 1
    fill("b", words="indigo")
    assert matches("b")["c1"]["customer"] == "Halden indigo"
