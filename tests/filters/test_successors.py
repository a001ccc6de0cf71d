"""Whom a filter means whose customer or request was merged."""

from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scope, scopes_disabled

from sonora.customers import merging
from sonora.filters.filterset import FilterSet
from sonora.filters.viewer import Viewer
from sonora.insights.models import FeatureRequest
from tests.factories.conversations import ConversationFactory
from tests.factories.customers import CustomerFactory
from tests.factories.integrations import NOW, ConnectionFactory
from tests.factories.people import PersonFactory


@pytest.fixture
def viewer() -> Viewer:
    return Viewer(notes=True, now=NOW, zone=ZoneInfo("UTC"))


def test_one_look_asks_once_who_stayed(db: None, viewer: Viewer):
    with scopes_disabled():
        one = ConversationFactory(customer=None)
        customer = CustomerFactory(workspace=one.workspace)
        request = FeatureRequest.objects.create(workspace=one.workspace, created_at=NOW)
        person = PersonFactory(workspace=one.workspace)
    shown = FilterSet(
        customers=frozenset({customer.pk}), requests=frozenset({request.pk}), people=frozenset({person.pk})
    )
    with scope(workspace=one.workspace), CaptureQueriesContext(connection) as asked:
        for _ in range(3):
            shown.conversations(viewer)
        shown.customers_passing(viewer)
        shown.requests_passing(viewer)
    assert len(asked) == 3  # of customers, of requests, of people


def test_the_next_look_asks_again(db: None, viewer: Viewer):
    with scopes_disabled():
        link = ConnectionFactory()
        kept, gone = CustomerFactory.create_batch(2, workspace=link.workspace)
        ConversationFactory(connection=link, customer=kept)
    shown = FilterSet(customers=frozenset({gone.pk}))
    with scope(workspace=link.workspace):
        assert shown.conversations(viewer).count() == 0
        merging.merge(kept.pk, gone.pk, by="ada@a.example")
        later = Viewer(notes=True, now=NOW, zone=ZoneInfo("UTC"))
        assert shown.conversations(later).count() == 1
