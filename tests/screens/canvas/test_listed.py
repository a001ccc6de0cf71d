"""People in a list of a block: what they are, how they felt, when they last talked with us."""

import re
from html import unescape

from django.test import Client
from django_scopes import scope

from integrations.models import Connection
from sonora.canvas.kinds import Kind
from sonora.canvas.models import Block
from sonora.chat.query import Metric, Query
from sonora.core import clock
from sonora.graph import keeping
from sonora.graph.models import PersonStanding
from sonora.people.models import Contact
from tests.factories.cast import Cast
from tests.screens.canvas.pages import block_of, fragment, words

PEOPLE = Query(metric=Metric.PEOPLE)


def listed(cast: Cast, **standing: object) -> Block:
    with scope(workspace=cast.a.workspace):
        Contact.objects.filter(pk=cast.a.contact.pk).update(job_title="Analyst")
        keeping.settle()
        PersonStanding.objects.filter(person=cast.a.contact.person_id).update(**standing)
    return block_of(cast, PEOPLE, Kind.LIST)


def test_people_say_what_they_are_how_they_felt_and_when_they_last_talked(cast: Cast, ada: Client):
    block = listed(cast, felt="negative", direction="falling", last_at=clock.now() - 7_200)
    shown = fragment(ada, block)
    assert "Ines saffron Analyst Negative Conversations of Ines saffron, the last one 2 h ago" in words(shown)
    talks = re.search(r'href="(/conversations\?person=\d+)"', unescape(shown.content.decode()))
    assert talks
    assert [str(one) for one in ada.get(talks[1]).context["page"].rows] != []


def test_where_sentiment_is_not_analysed_nothing_of_it_is_said_of_people(cast: Cast, ada: Client):
    block = listed(cast, felt="negative", last_at=None)
    with scope(workspace=cast.a.workspace):
        Connection.objects.filter(pk=cast.a.connection.pk).update(analyse_sentiment=False)
    page = words(fragment(ada, block))
    assert "Negative" not in page
    assert "the last one not known yet" in page


def test_people_without_a_title_are_told_by_their_address_and_new_ones_have_no_standing_yet(cast: Cast, ada: Client):
    with scope(workspace=cast.a.workspace):
        PersonStanding.objects.all().delete()
        email = cast.a.contact.person.email
    page = words(fragment(ada, block_of(cast, PEOPLE, Kind.LIST)))
    assert f"Ines saffron {email} Conversations of Ines saffron, the last one not known yet" in page
