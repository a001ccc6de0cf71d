"""Rows by very many keys, on whichever database the tests run."""

import pytest
from django.db.models import Q
from django_scopes import scope, scopes_disabled
from pytest_django import DjangoAssertNumQueries

from integrations.models import Connection
from sonora.conversations.models import Conversation, ConversationContact, Tag
from sonora.core.among import among, among_those
from tests.factories.cast import fill
from tests.factories.conversations import ConversationFactory, TagFactory

pytestmark = pytest.mark.django_db


def test_rows_are_found_among_more_keys_than_a_statement_may_name():
    with scopes_disabled():
        tag = TagFactory()
        assert list(Tag.objects.filter(among("pk", range(tag.pk, tag.pk + 300_000)))) == [tag]
        assert not Tag.objects.filter(among("pk", {tag.pk + 1, 2**62})).exists()
        assert list(Tag.objects.filter(~Q(among("pk", {tag.pk + 1})))) == [tag]


def test_links_are_found_by_what_they_lead_to():
    filled = fill("a", words="saffron")
    with scope(workspace=filled.workspace):
        links = ConversationContact.objects.filter(among("conversation", {filled.conversation.pk}))
        assert [link.contact for link in links] == [filled.contact]


def test_nothing_is_asked_where_there_are_no_keys(django_assert_num_queries: DjangoAssertNumQueries):
    with scopes_disabled(), django_assert_num_queries(0):
        assert list(Tag.objects.filter(among("pk", ()))) == []


def test_only_rows_are_found_whose_link_leads_to_one_that_the_query_finds():
    with scopes_disabled():
        one, other = ConversationFactory(), ConversationFactory()
        Connection.objects.filter(pk=other.connection_id).update(analyse_sentiment=False)
        shown = Connection.objects.filter(analyse_sentiment=True).values("pk")
        assert set(Conversation.objects.filter(among_those("connection", shown))) == {one}
        assert set(Conversation.objects.exclude(among_those("connection", shown))) == {other}
        assert not Conversation.objects.filter(among_those("connection", shown.filter(pk=None))).exists()


def test_the_rows_are_not_joined_with_what_the_query_finds():
    with scopes_disabled():
        found = Conversation.objects.filter(among_those("connection", Connection.objects.values("pk")))
        assert "JOIN" not in str(found.query)
