"""Of all that a database keeps along with what a sync writes it is known what it is for."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection as database

from integrations.store.statistics import COUNTED
from sonora.core.triggers import installed_triggers
from sonora.insights.models import Analysis, ConversationSentiment

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "benchmarks"))

import kept_along  # noqa: E402

pytestmark = pytest.mark.django_db

GUARDS = ("same_workspace_", "append_only_")
WORDS = ("_words_insert", "_words_update", "_words_delete")  # what search looks in
FOR_THE_SYNC = {
    "conversation_by_deletion",
    "conversations_by_contact",
    "people_by_conversation",
    "company_by_company_id",
    "company_by_creation",
    "company_by_deletion",
    "contact_by_creation",
    "contact_by_deletion",
    "match_by_state",
    "match_with_names_due",
    "analysis_sentiment_due",
    "analysis_requests_due",
}


def test_every_trigger_is_an_aggregates_a_copy_or_guards_something() -> None:
    known = {one.name for one in [*kept_along.aggregating(), *kept_along.copying()]}
    found = {one for one in installed_triggers(database) if not one.startswith(GUARDS) and not one.endswith(WORDS)}
    assert found == known


def test_every_index_of_what_a_sync_fills_is_for_lists_or_for_the_sync() -> None:
    filled = [*COUNTED, Analysis, ConversationSentiment]
    found = {index.name for model in filled for index in model._meta.indexes}
    assert found == {*kept_along.FOR_LISTS} | FOR_THE_SYNC


def test_every_table_that_holds_aggregates_is_there() -> None:
    tables = {model._meta.db_table for model in apps.get_models()}
    assert tables.issuperset(kept_along.TABLES)


@pytest.mark.parametrize("way", kept_along.WAYS)
def test_a_database_can_be_freed_of_what_is_kept_along(way: str) -> None:
    kept_along.take_away(way)
    left = {one for one in installed_triggers(database) if not one.startswith(GUARDS) and not one.endswith(WORDS)}
    copies = {one.name for one in kept_along.copying()}
    assert {
        kept_along.ALL: len(left) > len(copies),
        kept_along.NO_AGGREGATES: left == copies,
        kept_along.BARE: not left,
    }[way]


@pytest.mark.journey
@pytest.mark.parametrize("database_name", ["sqlite", "postgresql"])
def test_what_is_kept_along_a_sync_can_be_measured(database_name: str) -> None:
    small = ["--database", database_name, "--job", "reference", "--syncs", "2", "--rounds", "2"]
    command = [sys.executable, str(ROOT / "benchmarks" / "maintenance.py"), *small]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stderr
    assert "| first sync |" in done.stdout
    assert "| busy hour |" in done.stdout
