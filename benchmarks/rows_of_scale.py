"""The rows behind what `scale.py` measures: three workspaces, one of them large."""

from typing import Any

import processes
import rows_of_pages
import talks_of_scale as talks
from django.db import connection as database
from inserting import add, numbers, settle, table, without_indexes

from integrations import held_totals
from integrations.models import Connection
from sonora.conversations.models import (
    CompanyTag,
    ContactTag,
    Conversation,
    ConversationContact,
    ConversationTag,
    Message,
    Tag,
    Teammate,
)
from sonora.core import clock
from sonora.customers.models import Company, Customer, ExternalId, Match
from sonora.graph import keeping
from sonora.graph import models as graph
from sonora.insights import counting
from sonora.insights.models import Analysis, ConversationSentiment, Due, FeatureRequest, MessageReading
from sonora.people.models import Contact, ContactCompany, Person
from sonora.workspaces.models import Workspace
from sonora.workspaces.scoping import scope, scopes_disabled

TAGS, TEAMMATES, REQUESTS = 500, 40, 2_000
PEOPLE_EACH, CUSTOMERS_EACH = 5, 100  # conversations of one person, and of one customer
OTHERS = 50  # the large workspace has so many times the conversations of each other one
LARGE = (Message, Conversation, ConversationContact, ConversationTag, ConversationSentiment, MessageReading, Analysis)
THINGS = "Billing,Refund,Export,Sign-in,Invoices,Webhooks,Onboarding,Depot,Reports,Mobile app,Dark mode,API keys"
TIERS = ("Enterprise", "Starter", "Growth", "")


def fill(*, conversations: int) -> None:
    """The workspace that the admin is of gets so many conversations, and eight messages each; two others have few."""
    with without_indexes(LARGE):
        talks.prepare()
        for slug, number in [
            ("first", conversations // OTHERS),
            (processes.WORKSPACE, conversations),
            ("third", conversations // OTHERS),
        ]:
            workspace, _ = Workspace.objects.get_or_create(slug=slug, defaults={"name": slug.capitalize()})
            with scope(workspace=workspace):
                _fill(workspace, max(number, OTHERS * CUSTOMERS_EACH))
    settle()
    _stand()


def _stand() -> None:
    """The product works out where everybody stands."""
    keeping.run(seconds=3_600)
    with scopes_disabled():
        if graph.PersonStanding.objects.count() < Person.objects.count():
            raise RuntimeError("Not everybody's standing was worked out: lists of people would look fast.")
    with database.cursor() as cursor:
        cursor.execute("ANALYZE graph_personstanding")


def _fill(workspace: Workspace, conversations: int) -> None:
    held = rows_of_pages.connect(workspace)
    owner: dict[str, Any] = {"workspace": workspace, "connection": held}
    rows_of_pages.history(owner)
    names = _names(held, conversations)
    _named(owner)
    _customers(owner, names)
    _people(names)
    names |= _firsts()
    talks.fill(names)
    _count(workspace, held)


def _names(held: Connection, conversations: int) -> dict[str, Any]:
    return {
        "workspace": held.workspace_id,
        "connection": held.pk,
        "now": clock.now(),
        "conversations": conversations,
        "people": conversations // PEOPLE_EACH,
        "customers": conversations // CUSTOMERS_EACH,
        "tags": TAGS,
        "teammates": TEAMMATES,
        "requests": REQUESTS,
        "step": max(1, 730 * 86_400 // conversations),
    }


def _named(owner: dict[str, Any]) -> None:
    synced = {**owner, "fetched_at": clock.now()}
    things = THINGS.split(",")
    names = things + [f"{things[n % len(things)]} {n}" for n in range(len(things), TAGS)]
    Tag.objects.bulk_create(Tag(**synced, external_id=f"tag{n}", name=name) for n, name in enumerate(names))
    Teammate.objects.bulk_create(
        Teammate(**synced, external_id=f"mate{n}", name=f"Teammate {n}") for n in range(TEAMMATES)
    )
    FeatureRequest.objects.bulk_create(
        FeatureRequest(
            workspace=owner["workspace"],
            title=f"{things[n % len(things)]} of kind {n}",
            mentions=1,
            status=FeatureRequest.Status.values[n % 5],
            created_at=clock.now(),
        )
        for n in range(REQUESTS)
    )


def _customers(owner: dict[str, Any], names: dict[str, Any]) -> None:
    """Each with its company; of ten companies one is nobody's, so its customer has no conversations."""
    workspace, now = owner["workspace"], names["now"]
    customers = Customer.objects.bulk_create(
        Customer(
            workspace=workspace,
            name=f"Customer {n}",
            domain=f"c{n}.example",
            tier=TIERS[n % 4],
            arr=n * 100 % 90_000,
            created_at=now,
        )
        for n in range(names["customers"])
    )
    ExternalId.objects.bulk_create(
        ExternalId(workspace=workspace, customer=one, source="csv", value=f"C-{one.pk}") for one in customers
    )
    companies = Company.objects.bulk_create(
        Company(**owner, external_id=f"co{n}", company_id=f"C-{one.pk}", name=one.name, fetched_at=now)
        for n, one in enumerate(customers)
    )
    Match.objects.bulk_create(
        Match(workspace=workspace, company=company, decided_at=now, names_due=False, **_match(n, customers[n]))
        for n, company in enumerate(companies)
    )
    tags = list(Tag.objects.values_list("pk", flat=True))
    CompanyTag.objects.bulk_create(
        CompanyTag(workspace=workspace, company=one, tag_id=tags[n % TAGS]) for n, one in enumerate(companies[::2])
    )


def _match(n: int, customer: Customer) -> dict[str, Any]:
    if n % 10 == talks.NOBODYS:
        return {"state": Match.State.UNMATCHED}
    return {"state": Match.State.AUTO, "method": Match.Method.EXTERNAL_ID, "customer": customer}


def _people(names: dict[str, Any]) -> None:
    """A contact each, every tenth a second one, who is a lead; each at one company."""
    own = {"workspace_id": "%(workspace)s"}
    synced = {**own, "connection_id": "%(connection)s", "fetched_at": "%(now)s", "updated_at": "%(now)s"}
    add(Person, numbers("people"), names, **own, identity="'person' || n", name="'Person ' || n",
        email="'p' || n || '@c' || n %% %(customers)s || '.example'")  # fmt: skip
    persons = (
        f"(SELECT id, id - %(person0)s AS n, name, email FROM {table(Person)} "
        "WHERE workspace_id = %(workspace)s) AS who"
    )
    names["person0"] = Person.objects.order_by("pk")[0].pk
    said = {"person_id": "id", "name": "name", "email": "email"}
    add(Contact, persons, names, **synced, **said, external_id="'contact' || n",
        role=f"CASE WHEN n %% 10 = {talks.LEADS} THEN 'lead' ELSE 'user' END")  # fmt: skip
    add(Contact, f"{persons} WHERE n %% 10 = 0", names, **synced, **said, external_id="'lead' || n", role="'lead'")
    add(graph.Due, persons, names, **own, person_id="id")  # as triggers would have noted
    names["contact0"] = Contact.objects.order_by("pk")[0].pk
    names["company0"] = Company.objects.order_by("pk")[0].pk
    names["tag0"] = Tag.objects.order_by("pk")[0].pk
    contacts = (
        f"(SELECT id, id - %(contact0)s AS n FROM {table(Contact)} WHERE workspace_id = %(workspace)s "
        "AND id < %(contact0)s + %(people)s) AS who"
    )
    add(ContactCompany, contacts, names, **own, contact_id="id", company_id="%(company0)s + n %% %(customers)s")
    add(ContactTag, f"{contacts} WHERE n %% 4 = 0", names, **own, contact_id="id",
        tag_id="%(tag0)s + (n / 4) %% %(tags)s")  # fmt: skip


def _firsts() -> dict[str, Any]:
    models = {"mate": Teammate, "customer": Customer, "request": FeatureRequest}
    return {f"{name}0": model.objects.order_by("pk")[0].pk for name, model in models.items()}


def _count(workspace: Workspace, held: Connection) -> None:
    """What triggers keep: none of them heard of what was inserted."""
    held_totals.mend(held.pk)
    Due.objects.bulk_create(Due(request_id=pk) for pk in FeatureRequest.objects.values_list("pk", flat=True))
    with database.cursor() as cursor:
        cursor.execute("ANALYZE")
    counting.settle(workspace.pk)
