"""Who may open and press what, for every address of Settings → Integrations."""

import pytest
from django.test import Client
from django.urls import URLPattern, reverse

from integrations.models import Connection, SyncRun
from integrations.urls import urlpatterns
from sonora.customers import decisions
from sonora.customers.models import Decision
from sonora.workspaces.models import AuditEntry, Workspace
from sonora.workspaces.scoping import scope, scopes_disabled
from tests.factories import matching
from tests.factories.integrations import NOW
from tests.integrations.conftest import House
from tests.integrations.matched import linked

OF_NO_CONNECTION = {"integrations", "notices"}
OBJECTS = {"sync-run", "run-log", "matching-company", "undo-decision"}
READ = {  # by every member
    "integrations",
    "integration",
    "integration-progress",
    "matching",
    "matching-why",
    "matching-company",
    "matching-history",
    "sync-runs",
    "sync-run",
    "run-log",
    "unreadable-objects",
}
READ_BY_ADMINS = {"notices", "stale-check"}
FORMS = {  # opened and sent by admins
    "connect-integration",
    "matching-rules",
    "missing-objects",
    "resync-integration",
    "integration-settings",
    "troubleshooting",
    "disconnect-integration",
}
PRESSED = {  # sent by admins, and no page
    "check-token",
    "check-integration",
    "create-sync-run",
    "use-region",
    "pause-integration",
    "resume-integration",
    "matching-decisions",
    "undo-decision",
    "matching-bulk",
    "retry-unreadable",
}
GROUPS = (READ, READ_BY_ADMINS, FORMS, PRESSED)
SENT = FORMS | PRESSED
WITHOUT_CONNECTION = {"integration", "integration-progress", "connect-integration", "check-token", "stale-check"}


@pytest.fixture
def pks(house: House) -> dict[str, int]:
    """An object of workspace A for each address that names one; workspace B has a connection too."""
    with scopes_disabled():
        other = Workspace.objects.get(slug="b")
    with scope(workspace=other):
        linked(other)
    with scope(workspace=house.workspace):
        made = linked(house.workspace)
        run = SyncRun.objects.create(workspace=made.workspace, connection=made, kind="manual", started_at=NOW)
        company = matching.company(made, "Halden")
        matching.matched(made)
        decisions.ignore(company.pk, by=matching.ADA)
        decided = Decision.objects.get()
    return {"sync-run": run.pk, "run-log": run.pk, "matching-company": company.pk, "undo-decision": decided.pk}


def address(name: str, pks: dict[str, int]) -> str:
    if name in OF_NO_CONNECTION:
        return reverse(name)
    return reverse(name, args=["intercom", pks[name]] if name in OBJECTS else ["intercom"])


def connections() -> list[dict[str, object]]:
    with scopes_disabled():
        return list(Connection.objects.order_by("pk").values("setup", "run", "generation", "lookback_days"))


def test_every_address_is_known_once() -> None:
    names = [pattern.name for pattern in urlpatterns if isinstance(pattern, URLPattern)]
    assert sorted(names) == sorted(name for group in GROUPS for name in group)  # type: ignore[type-var]
    assert {pattern.name for pattern in urlpatterns if "<int:" in str(pattern.pattern)} == OBJECTS


@pytest.mark.parametrize("name", sorted(set().union(*GROUPS)))
def test_nobody_gets_in_without_signing_in(pks: dict[str, int], name: str) -> None:
    url = address(name, pks)
    response = Client().post(url) if name in PRESSED else Client().get(url)
    assert response.status_code == 302
    assert response["Location"].startswith("/sign-in?next=")


@pytest.mark.parametrize("name", sorted(READ))
def test_a_member_reads_and_presses_nothing(house: House, pks: dict[str, int], name: str) -> None:
    assert house.ben.get(address(name, pks)).status_code == 200
    assert house.ada.post(address(name, pks)).status_code == 405


@pytest.mark.parametrize("name", sorted(FORMS | READ_BY_ADMINS))
def test_a_member_does_not_open_what_is_an_admin_s(house: House, pks: dict[str, int], name: str) -> None:
    assert house.ben.get(address(name, pks)).status_code == 403


@pytest.mark.parametrize("name", sorted(SENT))
def test_a_member_who_sends_a_form_anyway_is_refused_and_noted(house: House, pks: dict[str, int], name: str) -> None:
    before = connections()
    assert house.ben.post(address(name, pks), {"choice": "delete", "typed": "Northwind"}).status_code == 403
    assert connections() == before
    with scope(workspace=house.workspace):
        assert AuditEntry.objects.filter(action="access.refused", actor="ben@a.example").count() == 1


@pytest.mark.parametrize("name", sorted(PRESSED))
def test_what_changes_something_is_no_link(house: House, pks: dict[str, int], name: str) -> None:
    assert house.ada.get(address(name, pks)).status_code == 405


@pytest.mark.parametrize("name", sorted(SENT))
def test_a_form_without_its_token_is_refused(house: House, pks: dict[str, int], name: str) -> None:
    house.ada.handler.enforce_csrf_checks = True
    before = connections()
    assert house.ada.post(address(name, pks), {"choice": "keep"}).status_code == 403
    assert connections() == before


@pytest.mark.parametrize("name", sorted(OBJECTS))
def test_an_object_of_another_workspace_is_like_one_that_never_was(
    house: House, pks: dict[str, int], name: str
) -> None:
    for pk in (pks[name], 2**40):
        url = reverse(name, args=["intercom", pk])
        assert (house.cleo.post(url) if name in PRESSED else house.cleo.get(url)).status_code == 404


@pytest.mark.parametrize("name", sorted(set().union(*GROUPS) - OF_NO_CONNECTION - WITHOUT_CONNECTION))
def test_without_a_connection_there_is_nothing_to_open(house: House, pks: dict[str, int], name: str) -> None:
    with scopes_disabled():
        Connection.objects.filter(workspace__slug="b").delete()
    url = address(name, pks)
    assert (house.cleo.post(url) if name in PRESSED else house.cleo.get(url)).status_code == 404
