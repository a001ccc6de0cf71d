"""One customer at a glance: facts with their sources, and numbers that open what they count."""

from collections.abc import Callable
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from sonora.core import clock
from sonora.customers import imports, merging
from sonora.customers.models import Company, Customer
from sonora.insights.models import Evidence, FeatureRequest
from sonora.screens.customers.profile import Figure, Profile
from sonora.workspaces.models import User
from tests.factories.cast import Cast, Filled
from tests.factories.conversations import ConversationFactory, ConversationTagFactory, MessageFactory, TagFactory
from tests.factories.customers import CustomerFactory
from tests.factories.people import ContactCompanyFactory, ContactFactory, PersonFactory

Browser = Callable[[User | None], Client]


@pytest.fixture
def ada(cast: Cast, as_user: Browser) -> Client:
    return as_user(cast.ada)


@pytest.fixture
def busy(cast: Cast) -> Filled:
    """A customer with conversations of all states, two of them tagged, requests, and people with and without a name."""
    with scope(workspace=cast.a.workspace):
        tag = TagFactory(connection=cast.a.connection, name="Depots")
        for n, state in enumerate(("open", "open", "snoozed", "closed", "closed")):
            talk = ConversationFactory(
                connection=cast.a.connection, customer=cast.a.customer, state=state, updated_at=clock.now() - n
            )
            if n in {1, 3}:
                ConversationTagFactory(conversation=talk, tag=tag)
                _asks(talk)
        for name in ("Lotte", "Marek", ""):
            person = PersonFactory(workspace=cast.a.workspace, name=name)
            contact = ContactFactory(connection=cast.a.connection, person=person, name=name)
            ContactCompanyFactory(contact=contact, company=cast.a.company)
        Company.objects.update(plan="Scale", industry="Freight", size=1_200)
    return cast.a


def _asks(talk: object) -> None:
    request = FeatureRequest.objects.create(
        workspace=talk.workspace, title="Dark mode", mentions=1, created_at=clock.now()
    )
    Evidence.objects.create(
        workspace=talk.workspace,
        message=MessageFactory(conversation=talk),
        conversation=talk,
        request=request,
        quote="We need a dark mode.",
        probability=0.9,
        state="certain",
        noted_at=clock.now(),
    )


def profile(client: Client, customer: Customer) -> Profile:
    found: Profile = client.get(reverse("customer", args=[customer.pk])).context["profile"]
    return found


@pytest.mark.parametrize(
    ("name", "number"), [("talks", 6), ("open", 3), ("people", 3), ("nameless", 1), ("requests", 3)]
)
def test_a_number_is_the_length_of_the_list_that_it_opens(ada: Client, busy: Filled, name: str, number: int):
    figure: Figure = getattr(profile(ada, busy.customer), name)
    assert figure.text == str(number)
    assert len(ada.get(figure.url).context["page"].rows) == number


def test_a_tag_opens_the_conversations_that_it_counts(ada: Client, busy: Filled):
    tags = profile(ada, busy.customer).tags
    assert (tags[0].name, tags[0].number, tags[0].share) == ("Depots", 2, 100)
    for tag in tags:
        assert len(ada.get(tag.url).context["page"].rows) == tag.number


def test_the_tab_of_identifiers_counts_ids_and_companies(ada: Client, busy: Filled):
    page = ada.get(reverse("customer", args=[busy.customer.pk])).content.decode()
    assert 'Identifiers <span class="count">2</span>' in page


def test_facts_of_the_company_say_that_intercom_tells_them(ada: Client, busy: Filled):
    facts = {fact.name: fact for fact in profile(ada, busy.customer).facts if fact.is_synced}
    assert {name: fact.value for name, fact in facts.items()} == {
        "Industry": "Freight",
        "Plan": "Scale",
        "Employees": "1,200",
    }
    assert {fact.source for fact in facts.values()} == {"Halden saffron GmbH"}


def test_a_customer_of_whom_nothing_is_known_says_what_would_fill_its_page(cast: Cast, ada: Client):
    with scope(workspace=cast.a.workspace):
        bare = CustomerFactory(workspace=cast.a.workspace, name="Bare", domain="", tier="", owner="")
    page = ada.get(reverse("customer", args=[bare.pk])).content.decode()
    for words in (
        "Nothing yet beside the name",
        "appear once an Intercom company is matched",
        "Nothing asked for yet",
        "has a tag",
        "No identifiers yet",
    ):
        assert words in page


# ---- Where facts are from ----


def edit(client: Client, customer: Customer, **facts: str) -> None:
    url = reverse("edit-customer", args=[customer.pk])
    token = str(client.get(url).context["csrf_token"])
    assert client.post(url, {"csrfmiddlewaretoken": token, "name": customer.name, **facts}).status_code == 302


def load(cast: Cast, rows: str) -> None:
    with scope(workspace=cast.a.workspace):
        imports.import_customers(cast.a.workspace.pk, BytesIO(rows.encode()), set_by="sam@a.example")


def sources(client: Client, customer: Customer) -> dict[str, str]:
    return {fact.name: fact.source for fact in profile(client, customer).facts if not fact.is_synced}


def test_each_fact_says_which_file_or_person_it_is_from(cast: Cast, ada: Client):
    load(cast, "name,tier,owner\nTessera,Gold,Kim\n")
    with scope(workspace=cast.a.workspace):
        tessera = Customer.objects.get(name="Tessera")
    edit(ada, tessera, tier="Gold", owner="Noor", arr="1200")
    load(cast, "name,tier,arr\nTessera,Gold,1500\n")
    assert sources(ada, tessera) == {
        "Tier": "CSV import by sam@a.example",
        "Owner": "ada@a.example",
        "ARR": "CSV import by sam@a.example",
    }
    page = ada.get(reverse("customer", args=[tessera.pk])).content.decode()
    assert "1,500" in page


def test_a_fact_that_nobody_noted_the_source_of_says_so(cast: Cast, ada: Client):
    with scope(workspace=cast.a.workspace):
        old = CustomerFactory(workspace=cast.a.workspace, tier="Silver", domain="", owner="", sources={})
    assert sources(ada, old) == {"Tier": "Not noted"}


def test_a_merge_brings_facts_with_their_sources_and_its_undoing_takes_them_back(cast: Cast, ada: Client):
    load(cast, "name,tier,owner\nOne,Gold,\nTwo,Silver,Kim\n")
    with scope(workspace=cast.a.workspace):
        one, two = Customer.objects.get(name="One"), Customer.objects.get(name="Two")
        merge, _ = merging.merge(one.pk, two.pk, by="ada@a.example")
        assert sorted(Customer.objects.get(pk=one.pk).sources) == ["name", "owner", "tier"]
        merging.undo(merge.pk, by="ada@a.example")
        assert sorted(Customer.objects.get(pk=one.pk).sources) == ["name", "tier"]
        assert sorted(Customer.objects.get(name="Two").sources) == ["name", "owner", "tier"]


def test_a_cleared_fact_has_no_source(cast: Cast, ada: Client):
    load(cast, "name,tier\nTessera,Gold\n")
    with scope(workspace=cast.a.workspace):
        tessera = Customer.objects.get(name="Tessera")
    edit(ada, tessera)
    with scope(workspace=cast.a.workspace):
        assert list(Customer.objects.get(pk=tessera.pk).sources) == ["name"]
