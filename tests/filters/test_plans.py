"""No filtered list reads a large table from end to end: each part of a filter has an index to begin with or to ask."""

import json
from collections.abc import Iterator
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.http import QueryDict
from django_scopes import scope

from sonora.filters.filterset import FilterSet
from sonora.filters.rows import employed, people, standings, tagged
from sonora.filters.viewer import Viewer
from tests.factories.integrations import NOW
from tests.filters.world import World, world

LARGE = (
    "conversations_conversation",
    "conversations_message",
    "conversations_conversationcontact",
    "conversations_conversationtag",
    "insights_conversationsentiment",
    "people_contact",
    "people_person",
    "graph_personstanding",
)
QUERIES = [
    "", "state=open", "sentiment=negative", "tag={tag}", "tag-all={tag}&tag-all={other}", "tag-none={tag}",
    "no-tag=yes",
    "customer={customer}", "customer=none", "tier=Enterprise", "person={person}", "role=lead", "assignee={teammate}",
    "assignee=none", "request={request}", "updated=last-30-days", "contact-tag={tag}", "company-tag={tag}",
    "message-tag={tag}", "champion=yes", "engagement=high", "rhythm=quiet&silent=last-month",
    "tag={tag}&sentiment=negative&updated=last-30-days",
]  # fmt: skip
OF_PEOPLE = [
    "",
    "role=lead",
    "contact-tag={tag}",
    "customer={customer}",
    "person={person}",
    "tag={tag}",
    "champion=yes",
    "engagement=high&champion=no",
    "rhythm=left&silent=last-month",
]


@pytest.fixture
def filled(db: None) -> World:
    one = world(Random(1), conversations=30)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")  # of thirty rows no index is ever worth while
    return one


@pytest.mark.parametrize("few", [0, 5_000], ids=["walked", "listed"])
def test_no_list_of_conversations_or_people_scans_a_large_table(
    filled: World, few: int, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(tagged, "RARE", few)
    monkeypatch.setattr(people, "FEW", few)
    monkeypatch.setattr(standings, "LISTED", few)
    monkeypatch.setattr(employed, "LISTED", few)
    viewer = Viewer(notes=True, now=NOW, zone=ZoneInfo("UTC"))
    known = {
        "tag": filled.tags[0].pk,
        "other": filled.tags[1].pk,
        "customer": filled.customers[0].pk,
        "person": filled.contacts[0].person_id,
        "teammate": filled.teammates[0].pk,
        "request": filled.requests[0].pk,
    }
    with scope(workspace=filled.workspace):
        for query in QUERIES:
            shown = FilterSet.from_query(QueryDict(query.format(**known)))
            assert scanned(shown.conversations(viewer).order_by("-updated_at", "-pk")[:51]) == set(), query
        for query in OF_PEOPLE:
            shown = FilterSet.from_query(QueryDict(query.format(**known)))
            assert scanned(shown.people_passing(viewer).filter(name__gt="").order_by("name", "pk")[:51]) == set(), query


def scanned(rows: QuerySet[Any]) -> set[str]:
    """The large tables that the plan of *rows* reads from end to end."""
    try:
        sql, parameters = rows.query.sql_with_params()
    except EmptyResultSet:
        return set()  # nothing is asked where nothing can pass
    explain = "EXPLAIN (FORMAT JSON)" if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN"
    with connection.cursor() as cursor:
        cursor.execute(f"{explain} {sql}", parameters)
        plan = cursor.fetchall()
    if connection.vendor == "postgresql":
        found = plan[0][0]
        return set(_sequential(json.loads(found) if isinstance(found, str) else found))
    # An alias stands in the plan where the question gave one: its table is looked up in the question itself.
    steps = [row[3].split() for row in plan]
    return {name for name in (_table(sql, step[1]) for step in steps if step[0] == "SCAN") if name in LARGE}


def _table(sql: str, alias: str) -> str:
    before = sql.partition(f" {alias} ")[0] if f'" {alias} ' in sql else ""
    return before.rpartition('"')[0].rpartition('"')[2] if before else alias


def _sequential(node: Any) -> Iterator[str]:
    if isinstance(node, list):
        for one in node:
            yield from _sequential(one)
    elif isinstance(node, dict):
        if node.get("Node Type") == "Seq Scan" and node["Relation Name"] in LARGE:
            yield node["Relation Name"]
        for one in node.values():
            yield from _sequential(one)
