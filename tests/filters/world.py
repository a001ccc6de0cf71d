"""A small workspace in which everything that a filter speaks of occurs in all mixtures; made from a seed."""

from dataclasses import dataclass
from random import Random

from django.db.models import Max
from django_scopes import scopes_disabled

from integrations.models import Connection
from sonora.conversations.models import Conversation, Message, Tag, Teammate
from sonora.customers.models import Company, Customer
from sonora.graph.models import Due, PersonStanding, Rhythm
from sonora.insights.models import ConversationSentiment, Evidence, FeatureRequest, Sentiment
from sonora.people.models import Contact, Level, Person
from sonora.workspaces.models import Workspace
from tests.factories.conversations import (
    CompanyTagFactory,
    ContactTagFactory,
    ConversationContactFactory,
    ConversationFactory,
    ConversationTagFactory,
    MessageFactory,
    MessageTagFactory,
    TagFactory,
    TeammateFactory,
)
from tests.factories.customers import CompanyFactory, CustomerFactory, MatchFactory
from tests.factories.integrations import NOW, ConnectionFactory
from tests.factories.people import ContactCompanyFactory, ContactFactory, PersonFactory

WORDS = ("saffron", "indigo", "umber")
TIERS = ("Enterprise", "Starter", "")
DAY = 86_400


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    workspace: Workspace
    tags: list[Tag]
    teammates: list[Teammate]
    customers: list[Customer]
    companies: list[Company]
    contacts: list[Contact]
    requests: list[FeatureRequest]
    conversations: list[Conversation]


def world(random: Random, *, conversations: int = 40) -> World:
    """A workspace made from what *random* gives."""
    with scopes_disabled():
        connection = ConnectionFactory()
        workspace = connection.workspace
        tags = [TagFactory(connection=connection, deleted_at=NOW if n == 4 else None) for n in range(5)]
        customers = [CustomerFactory(workspace=workspace, tier=tier) for tier in TIERS]
        companies = CompanyFactory.create_batch(4, connection=connection)
        for company, customer in zip(companies, customers, strict=False):
            MatchFactory(company=company, customer=customer)
        one = World(
            workspace=workspace,
            tags=tags,
            teammates=TeammateFactory.create_batch(2, connection=connection),
            customers=customers,
            companies=companies,
            contacts=_contacts(random, connection, companies),
            requests=_requests(connection),
            conversations=[],
        )
        for link, things in ((CompanyTagFactory, companies), (ContactTagFactory, one.contacts)):
            for thing in things:
                for tag in some(random, tags):
                    link(**{thing._meta.model_name: thing, "tag": tag})
        one.conversations.extend(_conversation(random, connection, one) for _ in range(conversations))
        _note_last(connection)
        return one


def some(random: Random, things: list) -> list:
    """None of *things* as often as not, else a few."""
    return random.sample(things, random.choice((0, 0, 1, 1, 2)))


def _contacts(random: Random, connection: Connection, companies: list[Company]) -> list[Contact]:
    people = PersonFactory.create_batch(4, workspace=connection.workspace)
    for person in people[:3]:  # of the last nobody knows yet
        _stand(random, person)
    found = []
    for n in range(7):
        found.append(
            ContactFactory(
                connection=connection,
                person=None if n == 6 else random.choice(people),
                role=random.choice(("user", "lead", "")),
                name=random.choice(WORDS),
                deleted_at=NOW if n == 5 else None,
            )
        )
        for company in some(random, companies):
            ContactCompanyFactory(contact=found[-1], company=company)
    return found


def _stand(random: Random, person: Person) -> None:
    rhythm = random.choice(Rhythm.values)
    PersonStanding.objects.create(
        workspace=person.workspace,
        person=person,
        engagement=random.choice(Level.values),
        rhythm=rhythm,
        silent_since=None if rhythm == Rhythm.ACTIVE else random.choice((None, NOW - random.randrange(100 * DAY))),
        is_champion=random.random() < 0.5,
        felt=Sentiment.NONE,
        at=NOW,
    )


def _note_last(connection: Connection) -> None:
    """That standings say when the last conversation was updated, and nobody is to be worked out anew."""
    for one in PersonStanding.objects.filter(workspace=connection.workspace):
        talks = Conversation.objects.all().present().filter(contact_links__person=one.person_id)
        PersonStanding.objects.filter(pk=one.pk).update(last_at=talks.aggregate(last=Max("updated_at"))["last"])
    Due.objects.filter(workspace_id=connection.workspace_id).delete()


def _requests(connection: Connection) -> list[FeatureRequest]:
    """Three, the second merged into the first, the third dismissed."""
    found = [
        FeatureRequest.objects.create(workspace=connection.workspace, title=f"About {word}", mentions=1, created_at=NOW)
        for word in WORDS
    ]
    FeatureRequest.objects.filter(pk=found[1].pk).update(merged_into=found[0])
    FeatureRequest.objects.filter(pk=found[2].pk).update(dismissed=True)
    return found


def _conversation(random: Random, connection: Connection, among: World) -> Conversation:
    created_at = NOW - random.randrange(100 * DAY)
    one = ConversationFactory(
        connection=connection,
        title=random.choice(WORDS),
        state=random.choice((*Conversation.State.values, "")),
        assignee=random.choice((*among.teammates, None)),
        company=random.choice((*among.companies, None, None)),
        customer=random.choice((*among.customers, None)),
        created_at=random.choice((created_at, created_at, created_at, None)),
        updated_at=created_at + random.randrange(10 * DAY),
        fetched_at=random.choice((NOW,) * 9 + (None,)),
        deleted_at=random.choice((None,) * 9 + (NOW,)),
    )
    for position, contact in enumerate(some(random, among.contacts)):
        ConversationContactFactory(conversation=one, contact=contact, position=position)
    for tag in some(random, among.tags):
        ConversationTagFactory(conversation=one, tag=tag)
    for internal in random.choice(((), (False,), (False, True))):
        message = MessageFactory(conversation=one, text=random.choice(WORDS), internal=internal)
        for tag in some(random, among.tags):
            MessageTagFactory(message=message, tag=tag)
        _ask(random, message, among.requests)
    _feel(random, one)
    return one


def _feel(random: Random, conversation: Conversation) -> None:
    label = random.choice((*Sentiment.values, None))
    if label:
        ConversationSentiment.objects.create(
            workspace=conversation.workspace,
            conversation=conversation,
            label=label,
            found=label,
            at=conversation.updated_at,
            analysed_at=NOW,
        )


def _ask(random: Random, message: Message, requests: list[FeatureRequest]) -> None:
    if not message.internal and random.random() < 0.4:
        Evidence.objects.create(
            workspace=message.workspace,
            message=message,
            conversation=message.conversation,
            request=random.choice(requests),
            quote=message.text,
            probability=0.9,
            state=random.choice(Evidence.State.values),
            noted_at=NOW,
        )
