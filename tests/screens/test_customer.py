"""One customer at a glance: facts with their sources, and numbers that open what they count."""

import re
from collections.abc import Callable
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from integrations.models import SyncState
from sonora.core import clock
from sonora.customers import imports, merging
from sonora.customers.models import Company, Customer, Match
from sonora.graph import keeping
from sonora.graph.models import PersonStanding
from sonora.insights.models import Evidence, FeatureRequest
from sonora.screens.customers.profile import Figure, Profile
from sonora.screens.people import mapping, preview
from sonora.workspaces.models import User
from tests.factories.cast import Cast, Filled
from tests.factories.conversations import ConversationFactory, ConversationTagFactory, MessageFactory, TagFactory
from tests.factories.customers import CustomerFactory, ExternalIdFactory
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


# ---- Addresses, the map, and companies ----


@pytest.mark.parametrize(
    ("part", "leads_to"),
    [
        ("conversations", "/conversations?customer={pk}"),
        ("requests", "/feature-requests?customer={pk}"),
        ("identifiers", "/customers/{pk}#identifiers"),
    ],
)
def test_an_address_below_a_customer_leads_to_its_rows(cast: Cast, ada: Client, part: str, leads_to: str):
    response = ada.get(f"/customers/{cast.a.customer.pk}/{part}")
    assert (response.status_code, response.headers["Location"]) == (302, leads_to.format(pk=cast.a.customer.pk))


def test_the_map_in_a_customer_shows_the_strongest_and_leads_to_their_cards(
    ada: Client, busy: Filled, monkeypatch: pytest.MonkeyPatch
):
    with scope(workspace=busy.workspace):
        people = {person.name: person.pk for person in mapping.people_of(busy.customer).filter(name__gt="")}
        keeping.renew(list(people.values()))
        PersonStanding.objects.filter(pk=people["Lotte"]).update(strength=90, is_champion=True, rhythm="active")
        PersonStanding.objects.filter(pk=people["Marek"]).delete()
    shown = profile(ada, busy.customer).map
    assert shown.nodes[0].person.name == "Lotte"
    assert {node.person.pk for node in shown.nodes} == set(people.values())
    assert (sum(number for _, number in shown.groups), shown.groups[0], shown.has_more) == (2, ("Champions", 1), False)
    page = ada.get(reverse("customer", args=[busy.customer.pk])).content.decode()
    href = f"/customers/{busy.customer.pk}/people?who={people['Lotte']}"
    assert f'href="{href}#card"' in page
    assert ada.get(href).context["card"].row.person.name == "Lotte"
    monkeypatch.setattr(preview, "MOST", 2)
    shown = profile(ada, busy.customer).map
    assert (len(shown.nodes), shown.has_more) == (2, True)


def test_a_company_is_unlinked_from_its_customer_and_comes_back(cast: Cast, as_user: Browser, ada: Client):
    url = reverse("customer", args=[cast.a.customer.pk])
    with scope(workspace=cast.a.workspace):
        SyncState.objects.create(workspace=cast.a.workspace, connection=cast.a.connection)
    assert "Unlink" not in as_user(cast.ben).get(url).content.decode()
    page = ada.get(url).content.decode()
    form = re.search(r'action="([^"]*/matching/decisions)">(.*?)value="reject">Unlink', page, re.DOTALL)
    assert form
    sent = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form[2]))
    response = ada.post(form[1], sent | {"act": "reject"})
    assert response.headers["Location"] == f"{url}#identifiers"
    page = ada.get(url).content.decode()
    assert "Unlink" not in page
    undo = re.search(r'action="([^"]*/matching/decisions/\d+/undo)"', page)
    assert undo
    ada.post(undo[1], {"csrfmiddlewaretoken": sent["csrfmiddlewaretoken"]})
    assert "Unlink" in ada.get(url).content.decode()


def test_an_id_says_whether_a_company_was_found_by_it(cast: Cast, ada: Client):
    with scope(workspace=cast.a.workspace):
        ExternalIdFactory(customer=cast.a.customer, source="csv", value="H-1")
        Match.objects.filter(customer=cast.a.customer).update(external_id=cast.a.external_id)
    page = ada.get(reverse("customer", args=[cast.a.customer.pk])).content.decode()
    assert page.count("Automatic match: found its company") == 1
    assert page.count("Automatic match, no company has it") == 1
