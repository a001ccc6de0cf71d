"""What a person's page says beside the relationship: how quickly they answer, where, and about which customers."""

from collections.abc import Callable
from datetime import UTC

import pytest
from django.test import Client

from integrations.models import SyncState
from sonora.core import clock
from sonora.people.models import Contact
from sonora.screens.people import pacing, relations
from sonora.screens.people.profile import Profile
from sonora.workspaces.models import User
from sonora.workspaces.scoping import scope
from tests.factories.cast import Cast
from tests.factories.conversations import ConversationContactFactory, ConversationFactory, MessageFactory
from tests.factories.customers import CustomerFactory
from tests.factories.people import ContactFactory

Browser = Callable[[User | None], Client]
DAY, UNTIL = 86_400, 20_717 * 86_400  # a midnight


@pytest.fixture
def ada(cast: Cast, as_user: Browser) -> Client:
    with scope(workspace=cast.a.workspace):
        SyncState.objects.create(workspace=cast.a.workspace, connection=cast.a.connection)
    return as_user(cast.ada)


def profile(client: Client, cast: Cast) -> Profile:
    found: Profile = client.get(f"/people/{cast.a.person.pk}").context["profile"]
    return found


# ---- How quickly they answer ----


def test_answers_are_told_by_the_week_in_which_they_were_given() -> None:
    answers = [(UNTIL - 10 * DAY, 60), (UNTIL - 9 * DAY, 180), (UNTIL - DAY, 30), (UNTIL - 91 * DAY - 1, 5), (UNTIL, 5)]
    shown = pacing.of(answers, until=UNTIL, zone=UTC)
    assert [(week.said, week.number, week.share) for week in shown.weeks] == [("2 min", 2, 100.0), ("30 s", 1, 25.0)]
    assert shown.weeks[0].days == "7 Sep to 13 Sep"
    assert shown.change == ""


@pytest.mark.parametrize(
    ("lately", "before", "word"), [(600, 100, "Slower"), (100, 600, "Quicker"), (100, 140, "As before")]
)
def test_a_change_compares_thirty_days_with_the_sixty_before(lately: int, before: int, word: str) -> None:
    answers = [(UNTIL - day * DAY, lately if day <= 30 else before) for day in (1, 5, 9, 13, 17, 31, 40, 50, 60, 70)]
    assert pacing.of(answers, until=UNTIL, zone=UTC).change.startswith(f"{word}: ")
    assert pacing.of(answers[1:], until=UNTIL, zone=UTC).change == ""


def test_the_answers_of_a_week_are_those_that_the_relationship_counts(cast: Cast, ada: Client) -> None:
    with scope(workspace=cast.a.workspace):
        contact, now = Contact.objects.get(pk=cast.a.contact.pk), clock.now()
        talk = ConversationFactory(connection=cast.a.connection, updated_at=now)
        ConversationContactFactory(conversation=talk, contact=contact)
        for number, at in enumerate((now - 900, now - 800, now - 600)):
            who = {"contact": None, "teammate": cast.a.teammate} if number == 1 else {"contact": contact}
            MessageFactory(conversation=talk, created_at=at, text="Words", **who)
    shown = profile(ada, cast)
    assert sum(week.number for week in shown.pacing.weeks) == shown.member.standing.facts.theirs.number == 1
    assert shown.pacing.weeks[-1].said == "3 min 20 s"


# ---- Customers, channel, facts ----


def test_customers_come_with_the_first_and_the_last_time_and_the_channel_with_its_share(cast: Cast) -> None:
    with scope(workspace=cast.a.workspace):
        contact = ContactFactory(connection=cast.a.connection, name="Lotte")
        old, new = (CustomerFactory(workspace=cast.a.workspace, name=name) for name in ("Old", "New"))
        for customer, channel, at in (
            (old, "conversation", 100), (old, "email", 300), (new, "conversation", 500), (None, "", 200),
        ):  # fmt: skip
            talk = ConversationFactory(
                connection=cast.a.connection, customer=customer, channel=channel, created_at=at, updated_at=at + 10
            )
            ConversationContactFactory(conversation=talk, contact=contact)
        found = relations.of(relations.talks(contact.person))
    assert [(one.name, one.number, one.first_at, one.last_at) for one in found.customers] == [
        ("New", 1, 500, 510),
        ("Old", 2, 100, 310),
        ("No customer", 1, 200, 210),
    ]
    assert (found.channel, found.by_channel, found.number) == ("Messenger", 2, 4)


def test_nobody_has_a_channel_who_never_talked(cast: Cast) -> None:
    with scope(workspace=cast.a.workspace):
        found = relations.of(relations.talks(ContactFactory(connection=cast.a.connection).person))
    assert (found.customers, found.channel, found.number) == ([], "", 0)


def test_each_fact_says_which_contact_tells_it(cast: Cast, ada: Client) -> None:
    with scope(workspace=cast.a.workspace):
        Contact.objects.filter(person=cast.a.person).update(phone="+49 30 1", role="user", job_title="Analyst")
    facts = {fact.name: fact for fact in profile(ada, cast).facts}
    assert (facts["Phone"].value, facts["Kind"].value, facts["Job title"].value) == ("+49 30 1", "User", "Analyst")
    assert {fact.of for fact in facts.values()} == {cast.a.contact}


def test_what_they_ask_for_comes_with_their_own_words(cast: Cast, ada: Client) -> None:
    (asked,) = profile(ada, cast).asked
    assert asked.quote
    assert asked.quote in ada.get(f"/people/{cast.a.person.pk}").content.decode()
