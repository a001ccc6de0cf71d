"""The page of a person and the map of a customer: what they say is what the rows say."""

import re
from collections.abc import Callable

import pytest
from django.db import connection as database
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from integrations.models import SyncState
from sonora.conversations.models import Conversation, Message
from sonora.core import clock
from sonora.graph import keeping
from sonora.graph.models import PersonStanding, Rhythm
from sonora.people.models import Contact, Level
from sonora.screens.people import employers, graphing, mapping
from sonora.workspaces.models import AuditEntry, User
from sonora.workspaces.scoping import scope
from tests.factories.cast import Cast, felt
from tests.factories.conversations import ConversationContactFactory, ConversationFactory, MessageFactory
from tests.factories.customers import CompanyFactory, CustomerFactory, MatchFactory
from tests.factories.people import ContactCompanyFactory, ContactFactory

Browser = Callable[[User | None], Client]
MOST = 15  # questions a page


@pytest.fixture
def ada(cast: Cast, as_user: Browser) -> Client:
    return as_user(cast.ada)


@pytest.fixture
def recent(cast: Cast) -> Cast:
    """The house's conversation is of today, and a teammate answered in it."""
    with scope(workspace=cast.a.workspace):
        SyncState.objects.create(workspace=cast.a.workspace, connection=cast.a.connection)
        Conversation.objects.update(created_at=clock.now() - 500, updated_at=clock.now())
        Message.objects.filter(internal=False).update(created_at=clock.now() - 400)
        answer = Message.objects.get(pk=cast.a.note.pk)
        answer.pk, answer.external_id, answer.internal, answer.kind = None, "m9", False, "comment"
        answer.created_at = clock.now() - 300
        answer.save()
    return cast


def employ(cast: Cast, number: int) -> None:
    with scope(workspace=cast.a.workspace):
        for place in range(number):
            contact = ContactFactory(connection=cast.a.connection, name=f"Colleague {place}")
            ContactCompanyFactory(contact=contact, company=cast.a.company)


def questions(client: Client, path: str) -> int:
    with CaptureQueriesContext(database) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


def test_each_number_of_conversations_opens_as_many(recent: Cast, ada: Client) -> None:
    member = ada.get(f"/people/{recent.a.person.pk}").context["profile"].member
    facts = member.standing.facts
    for url, number in (
        (member.short_url, facts.conversations_30),
        (member.long_url, facts.conversations_90),
        (member.all_url, facts.conversations),
    ):
        assert len(ada.get(url).context["page"].rows) == number == 1


def test_the_page_of_a_person_says_why(recent: Cast, ada: Client) -> None:
    text = ada.get(f"/people/{recent.a.person.pk}").content.decode()
    for words in (
        "Wrote today",
        "2 messages of theirs in 30 days",
        "1 conversation in 30 days",
        "Noor saffron",
        "Strength",
        "Based on Intercom",
    ):
        assert words in text


def say(client: Client, path: str, what: str, word: str) -> str:
    """Says of the person at *path* that *what* is *word*; returns what their page shows then."""
    token = str(client.get(path).context["csrf_token"])
    client.post(f"{path}/{what}", {what: word, "csrfmiddlewaretoken": token})
    return client.get(path).content.decode()


def test_somebody_says_who_is_a_champion_until_it_is_reset(recent: Cast, as_user: Browser) -> None:
    ben, path = as_user(recent.ben), f"/people/{recent.a.person.pk}"
    assert "Set by" not in ben.get(path).content.decode()
    assert f"A champion. Set by {recent.ben} on " in say(ben, path, "champion", "yes")
    assert "Champions" in ben.get(f"/customers/{recent.a.customer.pk}/people").content.decode()
    assert f"No champion. Set by {recent.ben} on " in say(ben, path, "champion", "no")
    assert f"No champion. Set by {recent.ben} on " in say(ben, path, "champion", "nonsense")
    assert "Set by" not in say(ben, path, "champion", "reset")


def test_somebody_says_how_engaged_a_person_is_until_it_is_reset(recent: Cast, as_user: Browser) -> None:
    ben, path = as_user(recent.ben), f"/people/{recent.a.person.pk}"
    assert "Medium, by what they write." in ben.get(path).content.decode()
    shown = say(ben, path, "engagement", "low")
    assert f"Set by {recent.ben} on " in shown
    assert "By the figures: medium." in shown
    assert [row.person.pk for row in ben.get("/people?engagement=low").context["page"].rows] == [recent.a.person.pk]
    assert "said that their engagement is low" in ben.get(f"{path}/timeline?kind=changes").content.decode()
    assert "By the figures: medium." in say(ben, path, "engagement", "nonsense")
    assert "Medium, by what they write." in say(ben, path, "engagement", "reset")
    with scope(workspace=recent.a.workspace):
        told = list(AuditEntry.objects.filter(action="person.engagement_chosen").order_by("pk"))
    assert [one.detail["engagement"] for one in told] == ["low", "reset"]


@pytest.mark.parametrize("page", ["", "/timeline", "/identities"])
def test_each_page_of_a_person_says_at_its_head_whose_they_are(recent: Cast, ada: Client, page: str) -> None:
    with scope(workspace=recent.a.workspace):
        Contact.objects.filter(person=recent.a.person).update(job_title="Head of Spices")
    head = ada.get(f"/people/{recent.a.person.pk}{page}").content.decode().split("<h1>")[1].split("</div>")[0]
    assert "<span>Head of Spices</span>" in head
    assert f'href="/customers/{recent.a.customer.pk}"' in head


@pytest.mark.parametrize(
    ("channel", "name"),
    [
        ("whatsapp", "WhatsApp"),
        ("sms", "SMS"),
        ("conversation", "Messenger"),
        ("email", "E-mail"),
        ("fax_line", "Fax line"),
    ],
)
def test_a_channel_is_called_by_its_name(recent: Cast, ada: Client, channel: str, name: str) -> None:
    with scope(workspace=recent.a.workspace):
        Conversation.objects.update(channel=channel)
    relations = ada.get(f"/people/{recent.a.person.pk}").context["profile"].relations
    assert (relations.channel, relations.by_channel) == (name, 1)


def test_the_timeline_tells_of_each_kind_and_of_one_alone(recent: Cast, ada: Client) -> None:
    path = f"/people/{recent.a.person.pk}/timeline"
    kinds = {one.kind for one in ada.get(path).context["timeline"].events}
    assert kinds == {"conversations", "messages", "requests", "changes"}
    for kind in kinds:
        assert {one.kind for one in ada.get(path, {"kind": kind}).context["timeline"].events} == {kind}
    for one in ada.get(path).context["timeline"].events:
        assert not one.url or ada.get(one.url).status_code == 200


def work_out(cast: Cast) -> None:
    with scope(workspace=cast.a.workspace):
        while keeping.settle():
            pass


def test_the_map_shows_whom_the_list_shows(recent: Cast, ada: Client) -> None:
    employ(recent, 4)
    work_out(recent)
    response = ada.get(f"/customers/{recent.a.customer.pk}/people")
    drawn = response.context["map"]
    listed = {row.person.pk for row in ada.get(drawn.all_url).context["page"].rows}
    assert {node.person.pk for node in drawn.nodes} == listed
    assert {one.person.pk for group in drawn.groups for one in group.members} == listed
    assert [one.teammate.pk for one in drawn.ours] == [recent.a.teammate.pk]
    assert len(drawn.lines) == 1


@pytest.mark.parametrize("page", ["/customers/{customer}/people", "/people/graph"])
def test_whose_card_is_open_is_marked_on_the_map(recent: Cast, ada: Client, page: str) -> None:
    employ(recent, 2)
    path, who = page.format(customer=recent.a.customer.pk), recent.a.person.pk
    assert "aria-current" not in ada.get(path).content.decode().split("map-node", 1)[1].split("</svg>")[0]
    assert f'href="?who={who}#card" aria-current="true"' in ada.get(f"{path}?who={who}").content.decode()


def test_nodes_are_links_in_the_order_of_the_tables(recent: Cast, ada: Client) -> None:
    employ(recent, 4)
    text = ada.get(f"/customers/{recent.a.customer.pk}/people").content.decode()
    drawing, tables = text.split("</svg>\n  </div>")
    nodes = re.findall(r'class="map-node" href="\?who=(\d+)#card"', drawing)
    assert nodes == re.findall(r'class="name cut" href="/people/(\d+)"', tables)
    assert len(nodes) == 5


def test_who_came_in_a_moment_ago_is_on_the_map_as_new(recent: Cast, ada: Client) -> None:
    work_out(recent)
    employ(recent, 2)
    drawn = ada.get(f"/customers/{recent.a.customer.pk}/people").context["map"]
    assert [(group.word, len(group.members)) for group in drawn.groups][-1] == ("New", 2)
    assert len(drawn.nodes) == drawn.people == 3


def stand(cast: Cast, *, number: int) -> None:
    """*number* colleagues who stand in all groups and levels by turns."""
    employ(cast, number)
    work_out(cast)
    with scope(workspace=cast.a.workspace):
        for place, row in enumerate(PersonStanding.objects.order_by("pk")):
            PersonStanding.objects.filter(pk=row.pk).update(
                rhythm=Rhythm.values[place % 3],
                is_champion=place % 4 == 0,
                engagement=Level.values[place % 4],
                strength=place * 7 % 100,
            )


def test_of_too_many_people_whole_groups_are_drawn_and_clusters_that_open_the_others(
    recent: Cast, ada: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mapping, "MOST", 9)
    stand(recent, number=23)
    page = ada.get(f"/customers/{recent.a.customer.pk}/people")
    drawn, numbers = page.context["map"], {one.word: one.number for one in page.context["numbers"]}
    assert [group.word for group in drawn.groups] == ["Champions"]
    assert drawn.people == sum(numbers.values()) == 24
    assert len(drawn.nodes) == numbers["Champions"]
    assert len(drawn.clusters) > 4
    for one in drawn.clusters:
        assert f'href="{escape(one.cluster.url)}"' in page.content.decode()
        assert ada.get(one.cluster.url).context["page"].total == str(one.cluster.number), one.cluster.words
    assert sum(one.cluster.number for one in drawn.clusters) == 24 - numbers["Champions"]


def test_clusters_stay_where_they_are_when_people_come(
    recent: Cast, ada: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mapping, "MOST", 3)
    stand(recent, number=23)
    path = f"/customers/{recent.a.customer.pk}/people"
    before = {one.cluster.name: one.place for one in ada.get(path).context["map"].clusters}
    employ(recent, 2)
    assert {one.cluster.name: one.place for one in ada.get(path).context["map"].clusters} == before


def test_a_cluster_keeps_its_angle_when_others_go(recent: Cast, ada: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mapping, "MOST", 3)
    stand(recent, number=23)
    path = f"/customers/{recent.a.customer.pk}/people"
    before = {one.cluster.name: one.place.key for one in ada.get(path).context["map"].clusters}
    with scope(workspace=recent.a.workspace):
        PersonStanding.objects.filter(rhythm="active").update(rhythm="quiet")
    after = {one.cluster.name: one.place.key for one in ada.get(path).context["map"].clusters}
    assert len(after) < len(before)
    assert after == {name: key for name, key in before.items() if name in after}


def test_the_graph_shows_whom_the_list_shows_on_a_map_of_each_employer(recent: Cast, ada: Client) -> None:
    employ(recent, 3)
    for query in ({}, {"role": "user"}, {"q": "Colleague"}, {"customer": "none"}):
        graph = ada.get("/people/graph", query).context["graph"]
        listed = {row.person.pk for row in ada.get("/people", query).context["page"].rows}
        assert {one.person.pk for group in graph.groups for one in group.members} == listed
        assert {node.person.pk for drawn in graph.maps for node in drawn.nodes} == listed
    titles = [drawn.title for drawn in ada.get("/people/graph").context["graph"].maps]
    assert titles == [recent.a.customer.name]


@pytest.mark.parametrize("listed", [1000, 2])
def test_of_too_many_people_the_graph_shows_customers_that_open_theirs(
    recent: Cast, ada: Client, monkeypatch: pytest.MonkeyPatch, listed: int
) -> None:
    monkeypatch.setattr(graphing, "MOST", 3)
    monkeypatch.setattr(employers, "LISTED", listed)
    employ(recent, 4)
    with scope(workspace=recent.a.workspace):
        match = MatchFactory(
            company=CompanyFactory(connection=recent.a.connection),
            customer=CustomerFactory(workspace=recent.a.workspace),
        )
        ContactCompanyFactory(contact=Contact.objects.get(name="Colleague 1"), company=match.company)
    chosen = {"customer": str(match.customer_id)}
    for query, numbers in (({}, [5, 1]), ({"q": "Colleague"}, [4, 1])):
        graph = ada.get("/people/graph", query).context["graph"]
        assert [one.cluster.number for one in graph.whole.clusters] == numbers
        assert not graph.maps
        for one in graph.whole.clusters:
            assert ada.get(one.cluster.url.replace("/graph", "")).context["page"].total == str(one.cluster.number)
    assert graph.whole.clusters[1].cluster.url.startswith("/people/graph?")
    assert [len(drawn.nodes) for drawn in ada.get("/people/graph", chosen).context["graph"].maps] == [1, 1]


PAGES = [
    "/people/{person}",
    "/people/{person}/timeline",
    "/people/{person}/identities",
    "/customers/{customer}/people",
    "/customers/{customer}/people?who={person}",
    "/people/graph",
    "/people/graph?who={person}",
    "/people/graph?role=user&state=open",
]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_asks_little_however_many_people_there_are(recent: Cast, ada: Client, page: str) -> None:
    path = page.format(person=recent.a.person.pk, customer=recent.a.customer.pk)
    ada.get(path)
    few = questions(ada, path)
    employ(recent, 20)
    assert questions(ada, path) <= few <= MOST


def test_the_page_of_a_person_asks_fourteen_questions_at_most(recent: Cast, ada: Client) -> None:
    path = f"/people/{recent.a.person.pk}"
    ada.get(path)
    assert questions(ada, path) <= 14


def test_the_page_of_a_silent_person_who_talked_enough_before_asks_as_many_as_any_page(
    recent: Cast, ada: Client
) -> None:
    path = f"/people/{recent.a.person.pk}"
    with scope(workspace=recent.a.workspace):
        contact = Contact.objects.get(person=recent.a.person)
        for days in (200, 203, 206, 209):
            at = clock.now() - days * 86_400
            talk = ConversationFactory(connection=recent.a.connection, created_at=at, updated_at=at)
            ConversationContactFactory(conversation=talk, contact=contact)
            felt(talk, MessageFactory(conversation=talk, contact=contact, created_at=at), "Fine.", label="positive")
        recent.a.conversation.delete()
    assert ada.get(path).context["profile"].member.standing.silence.state == "quiet"
    assert questions(ada, path) <= MOST


def test_the_groups_of_a_customer_count_as_many_as_their_lists_hold(cast: Cast, ada: Client) -> None:
    employ(cast, 9)
    with scope(workspace=cast.a.workspace):
        nameless = ContactFactory(connection=cast.a.connection, name="", email="x@saffron.example")
        ContactCompanyFactory(contact=nameless, company=cast.a.company)
        while keeping.settle():
            pass
        for number, row in enumerate(PersonStanding.objects.order_by("pk")):
            rhythm, is_champion = Rhythm.values[number % 3], number % 4 == 0
            PersonStanding.objects.filter(pk=row.pk).update(rhythm=rhythm, is_champion=is_champion)
    page = ada.get(f"/customers/{cast.a.customer.pk}/people")
    numbers = page.context["numbers"]
    assert [one.word for one in numbers] == ["Champions", "Active", "Quiet", "Left"]
    for one in numbers:
        assert ada.get(one.url).context["page"].total == str(one.number), one
    assert sum(one.number for one in numbers) == page.context["map"].people
