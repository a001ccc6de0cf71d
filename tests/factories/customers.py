import factory

from sonora.customers.models import Company, Customer, ExternalId, Match
from tests.factories.integrations import NOW, ConnectionFactory
from tests.factories.workspaces import WorkspaceFactory


class CustomerFactory(factory.django.DjangoModelFactory[Customer]):
    class Meta:
        model = Customer

    workspace = factory.SubFactory(WorkspaceFactory)
    name = factory.Sequence(lambda n: f"Customer {n}")
    created_at = NOW


class ExternalIdFactory(factory.django.DjangoModelFactory[ExternalId]):
    class Meta:
        model = ExternalId

    customer = factory.SubFactory(CustomerFactory)
    workspace = factory.SelfAttribute("customer.workspace")
    source = "csv"
    value = factory.Sequence(lambda n: f"ext-{n}")


class CompanyFactory(factory.django.DjangoModelFactory[Company]):
    class Meta:
        model = Company

    connection = factory.SubFactory(ConnectionFactory)
    workspace = factory.SelfAttribute("connection.workspace")
    external_id = factory.Sequence(lambda n: f"company{n}")
    company_id = factory.Sequence(lambda n: f"own-{n}")
    name = factory.Sequence(lambda n: f"Company {n}")
    created_at = updated_at = fetched_at = NOW


class MatchFactory(factory.django.DjangoModelFactory[Match]):
    class Meta:
        model = Match

    company = factory.SubFactory(CompanyFactory)
    workspace = factory.SelfAttribute("company.workspace")
    state = Match.State.AUTO
    method = Match.Method.EXTERNAL_ID
    decided_at = NOW
