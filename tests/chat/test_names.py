"""Names that are not written as they stand, and what is meant where several things have one."""

import pytest
from django_scopes import scope, scopes_disabled

from sonora.chat.interpreter import Interpretation, Why, interpret
from sonora.conversations.models import CompanyTag, ContactTag
from sonora.filters.tags import Tags
from tests.chat import world as worlds
from tests.chat.world import VIEWER, World
from tests.factories.conversations import (
    ConversationContactFactory,
    ConversationFactory,
    ConversationTagFactory,
    TagFactory,
)
from tests.factories.customers import CompanyFactory, CustomerFactory
from tests.factories.people import PersonFactory
from tests.factories.requests import asked

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return worlds.build(conversations=2)


def ask(world: World, question: str) -> Interpretation:
    with scope(workspace=world.connection.workspace):
        return interpret(question, VIEWER)


# ---- Equal names ----


def test_any_of_the_tags_of_one_name_is_meant(world: World):
    equal = {world.tags["Escalated"].pk, world.tags["Escalated again"].pk}
    with scopes_disabled():
        equal |= {TagFactory(connection=world.connection, name="ESCALATED").pk}
    billing = world.tags["Billing"].pk
    assert ask(world, "tagged escalated").query.filters.tags == Tags(any=frozenset(equal))
    assert ask(world, "tagged escalated and billing").query.filters.tags == Tags(
        any=frozenset(equal), all=frozenset({billing})
    )
    assert ask(world, "tagged escalated or billing").query.filters.tags.any == {*equal, billing}
    assert ask(world, "not tagged escalated").query.filters.tags.none == equal


def test_two_names_of_several_tags_that_must_both_be_there_are_more_than_a_filter_says(world: World):
    with scopes_disabled():
        TagFactory(connection=world.connection, name="BUG")
    read = ask(world, "tagged escalated and bug")
    assert read.query.filters.tags.any == {world.tags["Escalated"].pk, world.tags["Escalated again"].pk}
    assert [(one.words, one.why) for one in read.ignored] == [("bug", Why.AMBIGUOUS)]


def test_any_of_the_requests_of_one_title_is_meant(world: World):
    with scope(workspace=world.connection.workspace):
        again = asked(world.connection, "Dark mode").request
        again.mentions = 1
        again.save(update_fields=["mentions"])
    assert ask(world, "who asked for dark mode").query.filters.requests == {world.requests["Dark mode"].pk, again.pk}


# ---- First words ----


@pytest.mark.parametrize("words", ["Mia's queue", "mia's pending stuff", "tickets of mia", "bugs that Mia closed"])
def test_a_first_name_that_one_alone_has_stands_for_the_whole(world: World, words: str):
    assert ask(world, words).query.filters.assignees == {world.teammates["Mia Lund"].pk}


def test_so_does_the_first_word_of_a_customer(world: World):
    read = ask(world, "what's new with northwind")
    assert read.query.filters.customers == {world.customers["Northwind Traders"].pk}


def test_a_first_name_that_several_have_is_told_with_all_of_them(world: World):
    with scope(workspace=world.connection.workspace):
        PersonFactory(workspace=world.connection.workspace, name="Mia Berg")
    (ignored,) = ask(world, "Mia's open tickets").ignored
    assert (ignored.words, ignored.why) == ("Mia", Why.AMBIGUOUS)
    assert set(ignored.options) == {"Mia Lund (teammate)", "Mia Berg (person)"}
    assert ask(world, "tickets assigned to Mia").query.filters.assignees == {world.teammates["Mia Lund"].pk}


@pytest.mark.parametrize(
    "words", ["mobile bugs", "bugs about mobile", "bugs mentioning Mobile", "Mobile bugs", "#Mobile"]
)
def test_a_word_that_may_be_no_name_is_none(world: World, words: str):
    with scopes_disabled():
        CustomerFactory(workspace=world.connection.workspace, name="Mobile Works", domain="")
    read = ask(world, words)
    assert not (read.query and read.query.filters.customers)


def test_a_first_name_beside_another_unknown_word_is_somebody_else(world: World):
    assert [one.words for one in ask(world, "conversations with Mia Ashby").ignored] == ["Mia Ashby"]


# ---- Accents ----


@pytest.mark.parametrize("name", ["Jürgen Kuhn", "Jurgen Kühn", "Łukasz Nowak", "Zoë Åberg", "José Peña"])
def test_a_person_is_found_without_an_accent_of_the_name(world: World, name: str):
    with scope(workspace=world.connection.workspace):
        person = PersonFactory(workspace=world.connection.workspace, name=name)
    plain = name.translate(str.maketrans("üŁëÅéñ", "uLeAen"))
    assert ask(world, f"conversations with {plain.lower()}").query.filters.people == {person.pk}


def test_a_customer_is_found_without_an_accent_of_the_name(world: World):
    read = ask(world, "bugs of ostfold kraft")
    assert read.query.filters.customers == {world.customers["Østfold Kraft"].pk}


# ---- In scope ----


def test_of_people_of_one_name_the_one_who_talks_for_the_customer_is_meant(world: World):
    with scopes_disabled():
        one = ConversationFactory(connection=world.connection, customer=world.customers["Østfold Kraft"])
        ConversationContactFactory(conversation=one, contact=world.people["Sam Lee"].contacts.get())
    at_home = ask(world, "Sam Lee at Østfold Kraft")
    assert at_home.query.filters.people == {world.people["Sam Lee"].pk}
    assert not at_home.ignored
    elsewhere = ask(world, "Sam Lee at Acme")
    assert not elsewhere.query.filters.people
    assert [(one.words, one.why) for one in elsewhere.ignored] == [("Sam Lee", Why.AMBIGUOUS)]


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ("people tagged VIP", "contact_tags"),
        ("contacts with the tag VIP", "contact_tags"),
        ("customers tagged VIP", "company_tags"),
        ("conversations tagged VIP", "tags"),
        ("customers with conversations tagged VIP", "tags"),
        ("who complained about VIP", "tags"),
        ("people tagged Bug", "tags"),
    ],
)
def test_people_and_customers_are_tagged_themselves_where_they_carry_the_tag(world: World, words: str, field: str):
    with scopes_disabled():
        tag, bug = world.tags["VIP"], world.tags["Bug"]
        company = CompanyFactory(connection=world.connection)
        CompanyTag.objects.create(workspace=tag.workspace, company=company, tag=tag)
        contact = world.people["Ana Ruiz"].contacts.get()
        ContactTag.objects.create(workspace=tag.workspace, contact=contact, tag=tag)
        one = ConversationFactory(connection=world.connection)
        for each in (tag, bug):
            ConversationTagFactory(conversation=one, tag=each)
    filters = ask(world, words).query.filters
    assert getattr(filters, field).named in ({tag.pk}, {bug.pk})
    assert [name for name in ("tags", "contact_tags", "company_tags") if getattr(filters, name)] == [field]
