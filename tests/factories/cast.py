"""The cast of three: ada is an admin and ben a member of workspace A; cleo is a stranger with a workspace B of her own.

Both workspaces hold objects with the very same ids of Intercom.
"""

from dataclasses import dataclass, replace

from django.test import Client
from django_scopes import scopes_disabled

from integrations.models import Connection
from sonora.canvas import edits
from sonora.canvas.models import Block, Edit
from sonora.chat.models import Turn
from sonora.conversations.models import Conversation, Message, Tag, Teammate
from sonora.customers import merging
from sonora.customers.models import Company, Customer, CustomerImport, ExternalId, Merge
from sonora.insights.models import (
    ConversationSentiment,
    Evidence,
    FeatureRequest,
    Likeness,
    MessageReading,
    RequestDecision,
)
from sonora.people import deciding
from sonora.people.models import Contact, Person, PersonDecision
from sonora.workspaces.models import Membership, User, Workspace
from sonora.workspaces.permissions import Role
from tests.factories.canvas import BlockFactory
from tests.factories.chat import TurnFactory
from tests.factories.conversations import (
    ConversationContactFactory,
    ConversationFactory,
    ConversationTagFactory,
    MessageFactory,
    TagFactory,
    TeammateFactory,
)
from tests.factories.customers import CompanyFactory, CustomerFactory, ExternalIdFactory, MatchFactory
from tests.factories.integrations import NOW, ConnectionFactory
from tests.factories.people import ContactCompanyFactory, ContactFactory, PersonFactory
from tests.factories.workspaces import MembershipFactory, UserFactory, WorkspaceFactory


@dataclass(frozen=True, kw_only=True)
class Filled:
    """One object of each kind in one workspace, all linked to each other."""

    workspace: Workspace
    connection: Connection
    customer: Customer
    external_id: ExternalId
    company: Company
    contact: Contact
    person: Person
    teammate: Teammate
    tag: Tag
    conversation: Conversation
    message: Message
    note: Message
    import_: CustomerImport
    merge: Merge
    request: FeatureRequest
    likeness: Likeness
    decision: RequestDecision
    person_decision: PersonDecision
    turn: Turn | None = None
    block: Block | None = None
    edit: Edit | None = None


@dataclass(frozen=True, kw_only=True)
class Cast:
    ada: User
    ben: User
    cleo: User
    a: Filled
    b: Filled


def cast() -> Cast:
    """Everybody, with both workspaces filled with the same external ids."""
    a, b = fill("a", words="saffron"), fill("b", words="indigo")
    with scopes_disabled():
        ada, cleo = (
            _belongs(f"{name}@{one.workspace.slug}.example", one.workspace, Role.ADMIN)
            for name, one in (("ada", a), ("cleo", b))
        )
        return Cast(
            ada=ada,
            ben=_belongs("ben@a.example", a.workspace, Role.MEMBER),
            cleo=cleo,
            a=_with_their_own(a, ada, "saffron"),
            b=_with_their_own(b, cleo, "indigo"),
        )


def _with_their_own(filled: Filled, user: User, words: str) -> Filled:
    block = _watches(user, words)
    edit = edits.begin(block.canvas, f"Watched {words}", by=block.canvas.owner)
    return replace(filled, turn=_asks(user, words), block=block, edit=edit)


def _asks(user: User, words: str) -> Turn:
    """A question of *user* in a thread that the workspace may read."""
    return TurnFactory(
        thread__owner=Membership.objects.get(user=user), thread__is_shared=True, question=f"Halden {words}?"
    )


def _watches(user: User, words: str) -> Block:
    """A block on a canvas of *user* that the workspace may look at and change."""
    return BlockFactory(
        canvas__owner=Membership.objects.get(user=user), canvas__access="edit", canvas__title=f"Watch of {words}"
    )


def _belongs(email: str, workspace: Workspace, role: str) -> User:
    return MembershipFactory(user=UserFactory(email=email), workspace=workspace, role=role).user


def fill(slug: str, *, words: str) -> Filled:
    """A workspace with one conversation whose title, message, people and tag carry *words*."""
    with scopes_disabled():
        workspace = WorkspaceFactory(slug=slug, name=f"Workspace {slug.upper()}")
        connection = ConnectionFactory(workspace=workspace)
        customer = CustomerFactory(workspace=workspace, name=f"Halden {words}", domain=f"{words}.example")
        known = ExternalIdFactory(customer=customer, source="salesforce", value="0017Q00000hF2bQAAS")
        company = CompanyFactory(
            connection=connection, external_id="c1", company_id="0017Q00000hF2bQAAS", name=f"Halden {words} GmbH"
        )
        MatchFactory(company=company, customer=customer, external_id=known, reasons=["Same ID"])
        contact = ContactFactory(
            connection=connection, external_id="p1", name=f"Ines {words}", email=f"ines@{words}.example"
        )
        ContactCompanyFactory(contact=contact, company=company)
        tag = TagFactory(connection=connection, external_id="t1", name=f"Billing {words}")
        teammate = TeammateFactory(connection=connection, external_id="a1", name=f"Noor {words}")
        conversation = ConversationFactory(
            connection=connection,
            external_id="1001",
            title=f"Invoice in {words}",
            company=company,
            customer=customer,
            assignee=teammate,
            parts_total=2,
            parts_held=2,
            url="https://app.intercom.com/a/inbox/app/inbox/conversation/1001",
        )
        ConversationContactFactory(conversation=conversation, contact=contact)
        ConversationTagFactory(conversation=conversation, tag=tag)
        MessageFactory(
            conversation=conversation, external_id="source:1001", origin=Message.Origin.SOURCE, contact=contact
        )
        message = MessageFactory(
            conversation=conversation, external_id="m1", text=f"It reads {words}.", contact=contact
        )
        note = MessageFactory(
            conversation=conversation,
            external_id="m2",
            kind="note",
            internal=True,
            author_type="admin",
            author_name=teammate.name,
            teammate=teammate,
            text=f"Whispered {words}.",
        )
        felt(conversation, message, f"It reads {words}.")
        import_ = CustomerImport.objects.create(
            workspace=workspace, file_name=f"{words}.csv", at=NOW, rows=1, created=1
        )
        merge = merged(customer, f"Twin of {words}")
        request, likeness, decision = wished(message, words)
        twin = PersonFactory(workspace=workspace, name=f"Ines {words} too", email="")
        person_decision = deciding.merge(contact.person_id, twin.pk, by="ada@a.example")
    return Filled(
        workspace=workspace,
        connection=connection,
        customer=customer,
        external_id=known,
        company=company,
        contact=contact,
        person=contact.person,
        teammate=teammate,
        tag=tag,
        conversation=conversation,
        message=message,
        note=note,
        import_=import_,
        merge=merge,
        request=request,
        likeness=likeness,
        decision=decision,
        person_decision=person_decision,
    )


def felt(conversation: Conversation, message: Message, sentence: str, label: str = "negative") -> ConversationSentiment:
    """*conversation* was analysed: it feels *label*, for the *sentence* in *message*; inside no scope or its own."""
    owner, read = {"workspace_id": conversation.workspace_id}, {"reader": "words-1", "analysed_at": NOW}
    said = {"label": label, "score": -0.9, "confidence": 0.9, "sentence": sentence}
    MessageReading.objects.create(**owner, message=message, content_hash="0", **said, **read)
    return ConversationSentiment.objects.create(
        **owner, conversation=conversation, message=message, found=label, messages=1, at=NOW, **said, **read
    )


def merged(customer: Customer, name: str) -> Merge:
    """Somebody merged a customer called *name*, who had nothing, into *customer*; inside no scope or its own."""
    twin = CustomerFactory(workspace=customer.workspace, name=name)
    return merging.merge(customer.pk, twin.pk, by="ada@a.example")[0]


def wished(message: Message, words: str) -> tuple[FeatureRequest, Likeness, RequestDecision]:
    """*message* asks for something that looks like something else; somebody gave it a status. Inside no scope."""
    owner = {"workspace": message.workspace}
    request = FeatureRequest.objects.create(**owner, title=f"Wish for {words}", created_at=NOW)
    other = FeatureRequest.objects.create(**owner, title=f"Hope for {words}", created_at=NOW)
    Evidence.objects.create(
        **owner,
        message=message,
        conversation=message.conversation,
        request=request,
        quote=f"A wish for {words}.",
        probability=0.9,
        state=Evidence.State.CERTAIN,
        noted_at=NOW,
    )
    likeness = Likeness.objects.create(**owner, first=request, second=other, score=0.5)
    decision = RequestDecision.objects.create(**owner, kind="status", request=request, by="ada@a.example", at=NOW)
    return request, likeness, decision


def browser(user: User | None = None) -> Client:
    """A browser that checks CSRF as a real one is checked; signed in as *user*, if any."""
    client = Client(enforce_csrf_checks=True)
    if user:
        client.force_login(user)
    return client
