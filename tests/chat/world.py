"""A workspace to ask questions about: a few of everything, with names that are easy to mistake."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from django_scopes import scopes_disabled

from integrations.models import Connection
from sonora.conversations.models import Conversation, Message, Tag, Teammate
from sonora.customers.models import Customer
from sonora.filters.viewer import Viewer
from sonora.graph.models import PersonStanding, Rhythm
from sonora.insights.models import Aliases, ConversationSentiment, FeatureRequest
from sonora.people.models import Contact, Level, Person
from tests.factories.conversations import (
    ConversationContactFactory,
    ConversationFactory,
    ConversationTagFactory,
    MessageFactory,
    TagFactory,
    TeammateFactory,
)
from tests.factories.customers import CustomerFactory
from tests.factories.integrations import ConnectionFactory
from tests.factories.people import ContactFactory

TODAY = datetime(2026, 11, 25, 12, tzinfo=UTC)  # a Wednesday
NOW = int(TODAY.timestamp())
VIEWER = Viewer(notes=True, now=NOW, zone=UTC)

CUSTOMERS = {
    "Halden GmbH": "Enterprise",
    "Fjord Systems": "Enterprise",
    "Fjord and Sons": "Starter",
    "Northwind Traders": "Starter",
    "Acme Inc.": "Growth",
    "Østfold Kraft": "Growth",
    "Monday": "",
    "Twin Works": "",
}
PEOPLE = {
    "Ana Ruiz": "Halden GmbH",
    "Ben Okafor": "Fjord Systems",
    "Ines Kovač": "Northwind Traders",
    "Chloé Martin": "Acme Inc.",
    "Sam Lee": "Østfold Kraft",
    "Will Stone": "Twin Works",
}
TAGS = (
    "Billing",
    "Refund",
    "Bug",
    "VIP",
    "Sign in",
    "Onboarding",
    "Urgent",
    "Open",
    "API & webhooks",
    "Escalated",
    "Late invoice",
)
TEAMMATES = ("Noor Haddad", "Tom Becker", "Mia Lund")
REQUESTS = ("Dark mode", "Single sign-on", "Export to CSV")
STATES = ("open", "closed", "snoozed", "closed", "open", "closed")
FEELS = ("negative", "neutral", "positive", "mixed", "negative", "none", "neutral", "positive", "unsure")


@dataclass(frozen=True, kw_only=True)
class World:
    """The rows by name; the second tag of the name "Escalated" is called "Escalated again" here."""

    connection: Connection
    customers: dict[str, Customer] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    tags: dict[str, Tag] = field(default_factory=dict)
    teammates: dict[str, Teammate] = field(default_factory=dict)
    requests: dict[str, FeatureRequest] = field(default_factory=dict)


def build(conversations: int = 90) -> World:
    """The workspace `world`, with so many conversations over a year, each five days older than the one before."""
    with scopes_disabled():
        link = ConnectionFactory(workspace__slug="world")
        world = World(connection=link)
        _name(world)
        contacts = {
            name: ContactFactory(
                connection=link, name=name, email=f"{name.split()[0].lower()}@{at.split()[0].lower()}.example"
            )
            for name, at in PEOPLE.items()
        }
        world.people.update({name: contact.person for name, contact in contacts.items()})
        ContactFactory(connection=link, name="Sam Lee", email="sam@fjord.example")
        for number, person in enumerate(world.people.values()):
            _stand(person, number)
        for number in range(conversations):
            _converse(world, number, contacts)
    return world


def _stand(person: Person, number: int) -> None:
    rhythm = Rhythm.values[number % 3]
    PersonStanding.objects.create(
        workspace=person.workspace,
        person=person,
        engagement=Level.values[number % 4],
        rhythm=rhythm,
        silent_since=None if rhythm == Rhythm.ACTIVE else NOW - number * 9 * 86_400,
        is_champion=number < 3,
        felt="positive",
        at=NOW,
    )


def _name(world: World) -> None:
    link = world.connection
    for name, tier in CUSTOMERS.items():
        world.customers[name] = CustomerFactory(
            workspace=link.workspace, name=name, tier=tier, domain=f"{name.split()[0].lower()}.example"
        )
    for name in TAGS:
        world.tags[name] = TagFactory(connection=link, name=name)
    world.tags["Escalated again"] = TagFactory(connection=link, name="Escalated")
    TagFactory(connection=link, name="Gone", deleted_at=NOW)
    for name in TEAMMATES:
        world.teammates[name] = TeammateFactory(
            connection=link, name=name, email=f"{name.split()[0].lower()}@sonora.example"
        )
    for place, name in enumerate(REQUESTS):
        world.requests[name] = FeatureRequest.objects.create(
            workspace=link.workspace, title=name, created_at=NOW, customers=3 - place, people=3, mentions=4
        )
    Aliases.objects.create(workspace=link.workspace, names=["Single sign-on", "SSO", "SAML"])


def _converse(world: World, number: int, contacts: dict[str, Contact]) -> None:
    at = TODAY - timedelta(days=number * 5, hours=number % 7)
    names = list(PEOPLE)
    name = names[number % len(names)]
    one = ConversationFactory(
        connection=world.connection,
        title=f"Talk {number}",
        state=STATES[number % len(STATES)],
        customer=world.customers[PEOPLE[name]] if number % 11 else None,
        assignee=[*world.teammates.values(), None][number % 4],
        created_at=int((at - timedelta(days=number % 3)).timestamp()),
        updated_at=int(at.timestamp()),
    )
    ConversationContactFactory(conversation=one, contact=contacts[name])
    _write(one, contacts[name], number)
    for place, tag in enumerate(world.tags[name] for name in TAGS):
        if (number + place) % (place + 2) == 0:
            ConversationTagFactory(conversation=one, tag=tag)
    _feel(one, FEELS[number % len(FEELS)])


def _write(one: Conversation, contact: Contact, number: int) -> None:
    """What the customer wrote, and a later note among teammates; in each tenth conversation the note alone."""
    if number % 10 != 9:
        MessageFactory(
            conversation=one,
            origin=Message.Origin.SOURCE,
            external_id=f"source:{one.external_id}",
            contact=contact,
            author_name=contact.name,
            text="The invoice is wrong." if number % 2 else "The login page is slow.",
            created_at=one.created_at,
        )
    MessageFactory(
        conversation=one, internal=True, author_type="admin", text="Whisper: the invoice.", created_at=one.updated_at
    )


def _feel(conversation: Conversation, label: str) -> None:
    ConversationSentiment.objects.create(
        workspace=conversation.workspace,
        conversation=conversation,
        label=label,
        found=label,
        at=conversation.updated_at,
        reader="a reader of tests",
        analysed_at=NOW,
    )
