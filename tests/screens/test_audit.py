"""The page of the audit trail."""

import ast
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from integrations.models import SyncState
from sonora.core import clock
from sonora.screens.audit import facts, phrases
from sonora.screens.audit.facts import Fact
from sonora.workspaces import audit
from sonora.workspaces.models import AuditEntry, User
from tests.factories.cast import Cast

Browser = Callable[[User | None], Client]
HOUSE = Path(__file__).parents[2]


@pytest.fixture
def ada(cast: Cast, as_user: Browser) -> Client:
    return as_user(cast.ada)


def note(cast: Cast, action: str, *, actor: str = "ada@a.example", **detail: object) -> None:
    with scope(workspace=cast.a.workspace):
        audit.record(action, subject="intercom", workspace=cast.a.workspace, actor=actor, detail=detail)


def test_an_entry_says_who_what_and_from_what_to_what(cast: Cast, ada: Client):
    note(cast, "integration.settings_changed", before={"interval": 900, "same": 1}, after={"interval": 3600, "same": 1})
    page = ada.get("/settings/audit").content.decode()
    for words in ("ada@a.example", "Changed the settings", "<del>900</del> <ins>3,600</ins>"):
        assert words in page
    assert "Same" not in page


def test_the_newest_comes_first_and_older_pages_follow(cast: Cast, ada: Client):
    for number in range(60):
        note(cast, "integration.checked", outcome=f"number {number}")
    first = ada.get("/settings/audit")
    assert first.context["page"].rows[0].facts == [Fact(name="Outcome", value="number 59")]
    older = ada.get(first.context["page"].links.older_url)
    assert older.context["page"].rows[-1].facts[0].value == "number 0"


def test_an_entry_says_from_where_it_was_done(cast: Cast, ada: Client, settings: Any):
    settings.PROXIES_IN_FRONT = 1
    ada.get("/customers.csv", headers={"X-Forwarded-For": "198.51.100.1, 203.0.113.7"}, REMOTE_ADDR="10.0.0.9")
    page = ada.get("/settings/audit").content.decode()
    assert "203.0.113.7" in page
    assert "198.51.100.1" not in page


@pytest.mark.parametrize(
    ("asked", "found"),
    [({}, 3), ({"area": "customers"}, 1), ({"area": "integrations"}, 2), ({"area": "nonsense"}, 3),
     ({"who": "BEN"}, 1), ({"who": "\0"}, 3), ({"area": "customers", "who": "ben"}, 0)],
)  # fmt: skip
def test_entries_are_narrowed_by_area_and_person(cast: Cast, ada: Client, asked: dict[str, str], found: int):
    note(cast, "integration.checked")
    note(cast, "customers.imported")
    note(cast, "sync.watermark_clamped", actor="ben@a.example")
    assert len(ada.get("/settings/audit", asked).context["page"].rows) == found


@pytest.mark.parametrize(
    ("asked", "found"),
    [({"since": "2025-03-04"}, [4]), ({"until": "2025-03-03"}, [2, 3]),
     ({"since": "2025-03-03", "until": "2025-03-03"}, [3]), ({"since": "yesterday", "until": "2025-99-99"}, [2, 3, 4])],
)  # fmt: skip
def test_entries_are_narrowed_by_days(cast: Cast, ada: Client, asked: dict[str, str], found: list[int]):
    days = {2: datetime(2025, 3, 2, 23, 59, 59, tzinfo=UTC), 3: datetime(2025, 3, 3, tzinfo=UTC)}
    for day, at in {**days, 4: datetime(2025, 3, 4, tzinfo=UTC)}.items():
        with clock.fixed(int(at.timestamp())):
            note(cast, "integration.checked", day=day)
    rows = ada.get("/settings/audit", asked).context["page"].rows
    assert sorted(row.entry.detail["day"] for row in rows) == found


def test_a_member_does_not_see_the_trail_nor_its_link(cast: Cast, as_user: Browser):
    with scope(workspace=cast.a.workspace):
        SyncState.objects.create(workspace=cast.a.workspace, connection=cast.a.connection)
    ben = as_user(cast.ben)
    assert ben.get("/settings/audit").status_code == 403
    assert "/settings/audit" not in ben.get("/settings/integrations").content.decode()
    assert "/settings/audit" in as_user(cast.ada).get("/settings/integrations").content.decode()


def test_a_full_page_takes_few_queries(cast: Cast, ada: Client):
    for _ in range(60):
        note(cast, "integration.checked", outcome="ready")
    with CaptureQueriesContext(connection) as queries:
        ada.get("/settings/audit")
    assert len(queries) <= 12


def test_a_secret_that_was_written_by_mistake_is_not_shown(cast: Cast, ada: Client):
    note(cast, "integration.checked", token="dG9rOm5vdF9hX3JlYWxfdG9rZW4", before={"token": "a"}, after={"token": "b"})
    page = ada.get("/settings/audit").content.decode()
    assert "dG9rOm5vdF9hX3JlYWxfdG9rZW4" not in page


@pytest.mark.parametrize(
    ("detail", "lines"),
    [
        ({"created": 1200, "ok": True, "nothing": None}, [("Created", "1,200"), ("Ok", "yes"), ("Nothing", "none")]),
        ({"deleted": {"people": 3}}, [("Deleted: people", "3")]),
        ({"connection": 7}, []),
        ({"before": 1, "after": 2}, [("Before", "1"), ("After", "2")]),
        ({"ids": ["a", "b"]}, [("Ids", "a, b")]),
    ],
)
def test_what_is_told_becomes_lines(detail: dict[str, object], lines: list[tuple[str, str]]):
    assert [(fact.name, fact.value) for fact in facts.of(detail)] == lines


def test_every_action_that_the_code_records_has_words():
    recorded = {action for file in [*HOUSE.glob("sonora/**/*.py"), *HOUSE.glob("integrations/**/*.py")]
                for action in actions(file)}  # fmt: skip
    assert len(recorded) > 10
    assert recorded <= set(phrases.PHRASES)


def actions(file: Path) -> Iterator[str]:
    """What is handed to `audit.record` and to the `record` of integrations, which puts its own prefix in front."""
    for call in ast.walk(ast.parse(file.read_text())):
        if not isinstance(call, ast.Call) or not call.args:
            continue
        prefix = {"audit.record": "", "record": "integration."}.get(ast.unparse(call.func))
        if prefix is not None:
            yield from (prefix + word for word in literals(call.args[0]))


def literals(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.IfExp):
        yield from literals(node.body)
        yield from literals(node.orelse)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


def test_every_area_and_phrase_meet():
    for action in phrases.PHRASES:
        assert any(action.startswith(area.prefixes) for area in phrases.AREAS), action


def test_nothing_of_another_workspace_is_listed(cast: Cast, ada: Client):
    with scope(workspace=cast.b.workspace):
        audit.record("integration.checked", workspace=cast.b.workspace, actor="cleo@b.example")
        assert AuditEntry.objects.exists()
    assert "cleo@b.example" not in ada.get("/settings/audit").content.decode()
