"""The generated workspace keeps its promises."""

import re
import subprocess
import sys
from collections import Counter
from typing import Any

import pytest

from integrations.intercom.sandbox.control import ROOT, Sandbox
from integrations.intercom.sandbox.options import Options
from integrations.intercom.sandbox.plaintext import plain_text
from integrations.intercom.sandbox.state import start
from integrations.intercom.sandbox.truth import objects
from integrations.intercom.sandbox.world.customers import demo_customers
from integrations.intercom.sandbox.world.model import World
from integrations.intercom.sandbox.world.stories import BY_KEY

from .conftest import CLOCK

DAY = 86_400


@pytest.fixture(scope="module")
def world() -> World:
    return start(Options(conversations=2000, clock_start=CLOCK).settled()).world


@pytest.fixture(scope="module")
def documents(world: World) -> list[dict[str, Any]]:
    return [world.document(outline) for outline in world.conversations.live.values()]


def test_the_same_seed_and_clock_give_the_same_workspace():
    options = Options(conversations=60, clock_start=CLOCK, seed=5).settled()
    assert objects(start(options).world) == objects(start(options).world)
    other = Options(conversations=60, clock_start=CLOCK, seed=6).settled()
    assert objects(start(options).world) != objects(start(other).world)


def test_a_later_clock_moves_every_date_and_nothing_else():
    early, late = (
        objects(start(Options(conversations=30, clock_start=at).settled()).world) for at in (CLOCK, CLOCK + 7 * DAY)
    )
    texts = [sorted(row["text"] for row in rows if row["type"] == "message") for rows in (early, late)]
    assert len(texts[0]) == len(texts[1]) > 100


def test_sizes_follow_the_number_of_conversations(world: World):
    assert len(world.conversations.live) == 2000
    assert len(world.contacts.live) == 560
    assert len(world.companies) == 95
    assert (len(world.admins), len(world.teams), len(world.tags)) == (7, 3, 24)


def test_dates_are_spread_and_little_is_recent(world: World):
    dates = [it.updated_at for it in world.conversations.live.values()]
    assert max(dates) <= CLOCK
    assert 190 * DAY < CLOCK - min(dates) < 215 * DAY
    weeks = Counter((CLOCK - date) // (7 * DAY) for date in dates)
    assert len(weeks) >= 28
    assert sum(date > CLOCK - 1200 for date in dates) < 120
    assert sum(it.updated_at > CLOCK - 3 * DAY for it in world.contacts.live.values()) < 100


def test_about_15_in_100_are_not_closed(world: World):
    states = Counter(it.state for it in world.conversations.live.values())
    assert 0.10 < (states["open"] + states["snoozed"]) / 2000 < 0.20
    assert states["snoozed"] > 20


def test_languages_and_stories_are_all_there(world: World):
    rows = world.conversations.live.values()
    languages = Counter(it.language for it in rows)
    assert set(languages) == {"en", "de", "fr", "es", "pt", "it", "nl", "ja"}
    assert 0.55 < languages["en"] / 2000 < 0.85
    assert {it.story for it in rows} == set(BY_KEY)


def test_an_outage_hits_many_customers_within_hours(world: World):
    struck = [it for it in world.conversations.live.values() if it.story == "outage"]
    days = Counter((CLOCK - it.created_at) // DAY for it in struck)
    assert len(struck) > 50
    assert len(days) <= 4
    assert len({it.company_id for it in struck}) > 25


def test_threads_use_several_hundred_different_sentences(documents: list[dict[str, Any]]):
    sentences: set[str] = set()
    for document in documents:
        for said in [document["source"] or {}, *document["parts"]]:
            text = re.sub(r"\d+", "0", plain_text(said.get("body") or ""))
            sentences |= {line for line in re.split(r"(?<=[.?!。])\s*|\n", text) if len(line) > 12}
    assert len(sentences) > 1500
    openings = Counter(plain_text(it["source"]["body"]) for it in documents if it["source"])
    assert openings.most_common(1)[0][1] <= 12


def test_no_slot_is_left_unfilled(documents: list[dict[str, Any]]):
    bodies = [said.get("body") or "" for it in documents for said in [it["source"] or {}, *it["parts"]]]
    assert not [body for body in bodies if re.search(r"\{\w*\}", body)]


def test_titles_and_first_messages_speak_of_the_same_matter(documents: list[dict[str, Any]], world: World):
    outlines = {str(it.id): it for it in world.conversations.live.values()}
    asked = [it for it in documents if outlines[it["id"]].story == "wish_sso" and it["source"]]
    assert asked
    for document in asked:
        text = plain_text(document["source"]["body"]).lower()
        if document["source"]["delivered_as"] == "customer_initiated" and document["title"] != "Import of all depots":
            assert re.search(r"sign|sso|login|log in|okta|entra|google|saml|oidc", text), text


def test_parts_have_the_irregularities_of_real_ones(documents: list[dict[str, Any]]):
    parts = [part for document in documents for part in document["parts"]]
    kinds = Counter(part["part_type"] for part in parts)
    assert {"comment", "note", "assignment", "default_assignment", "close", "open", "snoozed"} <= set(kinds)
    assert any(isinstance(part["id"], int) for part in parts)
    assert any(part["author"] is None for part in parts)
    assert any(part["author"] and part["author"]["id"] is None for part in parts)
    assert any(part["redacted"] and part["body"] is None for part in parts)
    assert any(part["part_type"] == "assignment" and part["body"] for part in parts)
    assert any(part["tags"] for part in parts)
    assert any(part["attachments"] for part in parts)
    bodies = [part["body"] or "" for part in parts]
    assert any("<blockquote" in body for body in bodies)
    assert any(part["author"] and part["author"]["type"] == "bot" for part in parts)
    assert any(
        part["author"] and part["author"]["name"] == "Fin" and part["author"]["type"] == "admin" for part in parts
    )


def test_conversations_have_the_irregularities_of_real_ones(documents: list[dict[str, Any]]):
    assert any(document["source"] is None for document in documents)
    assert max(len(document["parts"]) for document in documents) == 530
    assert any(len(document["contact_ids"]) > 1 for document in documents)
    assert any(document["conversation_rating"] for document in documents)
    assert any(document["linked_objects"]["total_count"] for document in documents)
    assert any("<img" in (document["source"] or {}).get("body", "") for document in documents)
    for document in documents:
        times = [part["created_at"] for part in document["parts"]]
        assert times == sorted(times)
        assert document["created_at"] <= document["updated_at"]
        assert not times or times[-1] == document["updated_at"]


def test_people_and_firms_have_the_irregularities_of_real_ones(world: World):
    contacts = list(world.contacts.live.values())
    users = [it.fields for it in contacts if it.fields["role"] == "user"]
    emails = Counter(fields["email"] for fields in users if fields["email"])
    assert any(not fields["email"] for fields in users)
    assert max(emails.values()) > 1
    assert any(fields["role"] == "lead" and not fields["name"] for fields in (it.fields for it in contacts))
    assert any(len(it.company_ids) > 10 for it in contacts)
    companies = [it.fields for it in world.companies.values()]
    assert any("website" not in fields for fields in companies)
    assert sum(len(fields["company_id"]) == 18 for fields in companies) > 60
    assert any(
        name in Counter(world.tags.values()) and count > 1 for name, count in Counter(world.tags.values()).items()
    )
    assert all(re.search(r"\.example$", email.partition("@")[2]) for email in emails)


def test_most_companies_are_in_the_list_of_customers(world: World):
    customers = demo_customers(1, companies=95, clock_start=CLOCK)
    ids = {row["external_id"] for row in customers}
    companies = [it.fields for it in world.companies.values()]
    assert 0.8 < sum(fields["company_id"] in ids for fields in companies) / 95 < 0.9
    known = {fields["company_id"] for fields in companies} & ids
    similar = [row for row in customers if row["external_id"] not in known and "cleaning" not in row["domain"]]
    assert 5 < len(similar) < 15
    assert any("cleaning" in row["domain"] for row in customers)
    domains = {row["domain"] for row in customers}
    assert all("@" not in domain and domain.endswith(".example") for domain in domains)


def test_the_command_prints_the_customers_and_serves_until_it_is_stopped():
    command = [sys.executable, "-m", "integrations.intercom.sandbox", "--customers-csv", "--conversations", "20"]
    printed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert printed.splitlines()[0] == "name,domain,external_id,source,tier,arr,renewal_date,owner,health"
    with Sandbox(conversations=20, parts=4, admins=3, tags=5) as sandbox:
        rows = [row for row in sandbox.objects() if row["type"] == "conversation"]
        assert {row["parts_total"] for row in rows} == {4}
        assert sandbox.stop() == 0  # it would be another number if it had to be killed
