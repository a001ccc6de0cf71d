import factory

from integrations.models import Connection
from tests.factories.workspaces import WorkspaceFactory

NOW = 1_790_000_000  # a moment that every factory takes for now; Unix seconds


class ConnectionFactory(factory.django.DjangoModelFactory[Connection]):
    class Meta:
        model = Connection

    workspace = factory.SubFactory(WorkspaceFactory)
    provider = "intercom"
    base_url = "https://api.intercom.io"
    region = "us"
    app_id = factory.Sequence(lambda n: f"app{n}")
    app_name = "Northwind"
    created_at = NOW
