"""A world for tests of matching: a connection, customers, companies with people and conversations."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django_scopes import scope, scopes_disabled

from integrations.models import Connection
from sonora.conversations import following
from sonora.conversations.models import Conversation
from sonora.customers import decisions, undoing
from sonora.customers.decisions import Done
from sonora.customers.models import Company, Customer, ExternalId, Match, MatchingRules, Rejection
from tests.factories.conversations import ConversationContactFactory, ConversationFactory
from tests.factories.customers import CompanyFactory, CustomerFactory, ExternalIdFactory
from tests.factories.integrations import ConnectionFactory
from tests.factories.people import ContactCompanyFactory, ContactFactory

ADA, BEN = "ada@a.example", "ben@a.example"


@contextmanager
def intercom() -> Iterator[Connection]:
    """A connection, with the scope of its workspace open."""
    with scopes_disabled():
        link = ConnectionFactory()
    with scope(workspace=link.workspace):
        yield link


def customer(link: Connection, name: str, *, domain: str = "", **ids: str) -> Customer:
    """A customer with an id of each source in *ids*."""
    one = CustomerFactory(workspace=link.workspace, name=name, domain=domain)
    for source, value in ids.items():
        ExternalIdFactory(customer=one, source=source, value=value)
    return one


def company(link: Connection, name: str, *, company_id: str = "", website: str = "", talks: int = 0) -> Company:
    """A company, with so many conversations on which Intercom names it."""
    one = CompanyFactory(connection=link, name=name, company_id=company_id, website=website)
    for _ in range(talks):
        ConversationFactory(connection=link, company=one)
    return one


def colleague(company: Company, email: str, *, talks: int = 0) -> None:
    """A contact of the company, with so many conversations on which Intercom names no company."""
    contact = ContactFactory(connection=company.connection, email=email)
    ContactCompanyFactory(contact=contact, company=company)
    for _ in range(talks):
        talk = ConversationFactory(connection=company.connection, company=None)
        ConversationContactFactory(conversation=talk, contact=contact)


def rules(link: Connection, **values: object) -> MatchingRules:
    return MatchingRules.objects.create(workspace=link.workspace, connection=link, **values)


def matched(link: Connection) -> set[int]:
    """Match everything; returns the companies that moved."""
    return following.match(link.workspace_id)


def match(company: Company) -> Match:
    return Match.objects.select_related("company", "customer").get(company=company)


def says(company: Company) -> tuple[str, str | None]:
    """The state of a company's match, and the customer."""
    one = match(company)
    return one.state, one.customer.name if one.customer else None


def seen(company: Company) -> str:
    return decisions.token(match(company))


def talks_of(customer: Customer) -> int:
    return Conversation.objects.filter(customer=customer).count()


def decide(link: Connection, act: Callable[[], Done]) -> Done:
    return following.follow(link.workspace_id, act)


def undo(link: Connection, done: Done) -> Done:
    assert done.decision
    return decide(link, lambda: undoing.undo(done.decision.pk, by=BEN))


def everything() -> list[list[dict[str, object]]]:
    """All that a decision may change, but for when and how often."""
    matches = [
        {name: value for name, value in row.items() if name not in {"version", "decided_at"}}
        for row in Match.objects.order_by("pk").values()
    ]
    return [
        matches,
        list(Rejection.objects.order_by("pk").values("company", "customer")),
        list(Customer.objects.order_by("pk").values("pk")),
        list(ExternalId.objects.order_by("pk").values("pk")),
        list(Conversation.objects.order_by("pk").values("pk", "customer")),
    ]


def suggested(link: Connection, count: int, *, talks: int = 0) -> list[Company]:
    companies = []
    for number in range(count):
        name = f"Firm{chr(97 + number)}{chr(110 - number)}ovik"
        customer(link, name)
        companies.append(company(link, f"{name} GmbH", talks=talks))
    matched(link)
    return companies
