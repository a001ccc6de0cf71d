"""What the database says of a filter is what anybody would say who reads the same rows one by one."""

from collections.abc import Callable
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django_scopes import scope, scopes_disabled

from sonora.filters import dates
from sonora.filters.filterset import FilterSet
from sonora.filters.parts import CHAMPION, LEVELS, RHYTHMS, ROLES, SENTIMENTS, STATES
from sonora.filters.rows import employed, people, standings, tagged
from sonora.filters.tags import Tags
from sonora.filters.viewer import Viewer
from sonora.graph.models import PersonStanding, Rhythm
from sonora.insights.models import FeatureRequest, Sentiment
from sonora.people.models import Level
from tests.factories.conversations import ConversationContactFactory, ConversationFactory
from tests.factories.customers import CompanyFactory, CustomerFactory, MatchFactory
from tests.factories.integrations import NOW, ConnectionFactory
from tests.factories.people import ContactCompanyFactory, ContactFactory, PersonFactory
from tests.factories.workspaces import WorkspaceFactory
from tests.filters.plain import Rows
from tests.filters.world import TIERS, WORDS, World, some, world

BERLIN = ZoneInfo("Europe/Berlin")
DAY = 86_400  # seconds
SEEDS = range(3)
TRIES = 40
SPANS = [None, None, None, "last-30-days", "this-month", "last-month", "last-24-hours", "2026-07-01..2026-09-01"]


@pytest.fixture(params=SEEDS)
def random(request: pytest.FixtureRequest) -> Random:
    return Random(request.param)


@pytest.fixture
def filled(db: None, random: Random) -> World:
    world(Random(99), conversations=5)  # another workspace, of which nothing may ever be found
    return world(random)


def a_filter(random: Random, among: World) -> FilterSet:
    """A filter of one, two or three parts, so that it's not always nothing that passes."""
    whole = FilterSet(
        text=random.choice(WORDS),
        states=frozenset(some(random, list(STATES))),
        sentiments=frozenset(some(random, list(SENTIMENTS))),
        tags=_tags(random, among),
        message_tags=_tags(random, among),
        contact_tags=_tags(random, among),
        company_tags=_tags(random, among),
        customers=frozenset(some(random, [*(one.pk for one in among.customers), None])),
        tiers=frozenset(some(random, list(TIERS[:2]))),
        people=frozenset(some(random, sorted({one.person_id for one in among.contacts if one.person_id}))),
        roles=frozenset(some(random, list(ROLES))),
        engagements=frozenset(some(random, list(LEVELS))),
        champions=frozenset(some(random, list(CHAMPION))),
        rhythms=frozenset(some(random, list(RHYTHMS))),
        silent=_span(random),
        assignees=frozenset(some(random, [*(one.pk for one in among.teammates), None])),
        requests=frozenset(some(random, [one.pk for one in among.requests])),
        updated=_span(random),
        opened=_span(random),
    )
    kept = random.sample(whole.parts, min(len(whole.parts), random.choice((1, 1, 2, 3))))
    return whole.without(*(part for part in whole.parts if part not in kept))


def _tags(random: Random, among: World) -> Tags:
    pks = [one.pk for one in among.tags]
    return Tags(
        any=frozenset(some(random, pks)),
        all=frozenset(some(random, pks)),
        none=frozenset(some(random, pks)),
        untagged=random.random() < 0.3,
    )


def _span(random: Random) -> dates.Dates | None:
    said = random.choice(SPANS)
    return dates.parse(said) if said else None


Finds = Callable[[FilterSet, Viewer], QuerySet[Any]]
Reads = Callable[[Rows, FilterSet, Viewer], set[int]]


@pytest.mark.parametrize(
    ("finds", "reads"),
    [
        pytest.param(FilterSet.conversations, Rows.passing, id="conversations"),
        pytest.param(FilterSet.people_passing, Rows.people_passing, id="people"),
        pytest.param(FilterSet.customers_passing, Rows.customers_passing, id="customers"),
        pytest.param(FilterSet.requests_passing, Rows.requests_passing, id="requests"),
    ],
)
@pytest.mark.parametrize("few", [0, 1, 5_000], ids=["none is rare", "some are", "all are"])
def test_the_database_finds_what_a_reader_would(
    filled: World, random: Random, few: int, finds: Finds, reads: Reads, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(tagged, "RARE", few)
    monkeypatch.setattr(people, "FEW", few)
    monkeypatch.setattr(standings, "LISTED", few)
    monkeypatch.setattr(employed, "LISTED", few)
    with scope(workspace=filled.workspace):
        rows = Rows()
        found_some = 0
        for _ in range(TRIES):
            shown = a_filter(random, filled)
            viewer = Viewer(notes=random.random() < 0.5, now=NOW, zone=BERLIN)
            found = [one.pk for one in finds(shown, viewer)]
            assert sorted(found) == sorted(reads(rows, shown, viewer)), shown
            found_some += bool(found)
        assert found_some > TRIES / 10


def test_nobody_works_where_only_a_contact_of_theirs_did_that_is_gone(db: None):
    with scopes_disabled():
        connection = ConnectionFactory()
        person = PersonFactory(workspace=connection.workspace)
        left, gone = CompanyFactory.create_batch(2, connection=connection)
        customer = CustomerFactory(workspace=connection.workspace, tier="Enterprise")
        MatchFactory(company=gone, customer=customer)
        for company, deleted_at in ((left, None), (gone, NOW)):
            contact = ContactFactory(connection=connection, person=person, deleted_at=deleted_at)
            ContactCompanyFactory(contact=contact, company=company)
    with scope(workspace=connection.workspace):
        viewer = Viewer(notes=True, now=NOW, zone=BERLIN)
        for shown, passes in (
            (FilterSet(tiers=frozenset({"Enterprise"})), False),
            (FilterSet(customers=frozenset({customer.pk})), False),
            (FilterSet(customers=frozenset({None})), True),
        ):
            assert shown.people_passing(viewer).exists() is passes, shown


def test_the_midnight_at_the_end_of_a_span_is_not_in_it(db: None):
    start, end = (dates.between("2026-11-01", "2026-11-02")).bounds(NOW, BERLIN)
    assert start is not None
    assert end is not None
    with scopes_disabled():
        connection = ConnectionFactory()
        for at in (start - 1, start, end - 1, end):
            ConversationFactory(connection=connection, created_at=at, updated_at=at, title=str(at))
    with scope(workspace=connection.workspace):
        for query in ("updated=2026-11-01..2026-11-02", "opened=2026-11-01..2026-11-02"):
            found = FilterSet.from_query(QueryDict(query)).conversations(Viewer(notes=True, now=NOW, zone=BERLIN))
            assert {one.title for one in found} == {str(start), str(end - 1)}


def test_one_look_asks_once_what_carries_a_tag(filled: World):
    viewer = Viewer(notes=True, now=NOW, zone=BERLIN)
    shown = FilterSet(
        tags=Tags(any=frozenset({filled.tags[0].pk})), company_tags=Tags(all=frozenset({filled.tags[1].pk}))
    )
    with scope(workspace=filled.workspace):
        first = set(shown.conversations(viewer))
        with CaptureQueriesContext(connection) as asked:
            shown.conversations(viewer)
        assert len(asked) == 0
        assert set(shown.conversations(Viewer(notes=True, now=NOW, zone=BERLIN))) == first


def test_a_request_passes_by_another_name_of_what_its_title_names(db: None):
    with scopes_disabled():
        workspace = WorkspaceFactory()
    with scope(workspace=workspace):
        for title in ("Sign in with SAML", "Dark mode"):
            FeatureRequest.objects.create(workspace=workspace, title=title, mentions=1, created_at=NOW)
        viewer = Viewer(notes=True, now=NOW, zone=BERLIN)
        assert [one.title for one in FilterSet(text="sso").requests_passing(viewer)] == ["Sign in with SAML"]


@pytest.mark.parametrize("few", [0, 5_000], ids=["many are silent", "few are"])
def test_what_somebody_silent_takes_part_in_now_is_found_before_they_are_worked_out_anew(
    db: None, few: int, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(standings, "LISTED", few)
    monkeypatch.setattr(employed, "LISTED", few)
    with scopes_disabled():
        contact = ContactFactory(
            person=(person := PersonFactory()), connection=ConnectionFactory(workspace=person.workspace)
        )
        said = {"workspace": person.workspace, "person": person, "engagement": Level.NONE, "rhythm": Rhythm.QUIET}
        PersonStanding.objects.create(**said, felt=Sentiment.NONE, last_at=NOW - 60 * DAY, at=NOW)
        for at in (NOW - 60 * DAY, NOW):
            talk = ConversationFactory(connection=contact.connection, created_at=at, updated_at=at)
            ConversationContactFactory(conversation=talk, contact=contact)
    with scope(workspace=person.workspace):
        found = FilterSet(rhythms=frozenset({"quiet"})).conversations(Viewer(notes=True, now=NOW, zone=BERLIN))
        assert [one.updated_at for one in found.order_by("updated_at")] == [NOW - 60 * DAY, NOW]
