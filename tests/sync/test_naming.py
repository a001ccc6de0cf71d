"""Companies are matched by name at the end of a run, and when one is renamed."""

import json
from io import StringIO

from django.core.management import call_command

from integrations.intercom.sandbox.control import Sandbox
from integrations.models import Connection
from sonora.conversations.models import Conversation
from sonora.customers import naming
from sonora.customers.models import MatchingRules
from sonora.workspaces.scoping import scope
from tests.factories.customers import CustomerFactory
from tests.sync.conftest import sync


def names(intercom: Sandbox) -> dict[str, str]:
    """What companies are called at the provider, by its ids; those alone of their name."""
    found = {row["id"]: row["name"] for row in intercom.objects() if row["type"] == "company"}
    return {one: name for one, name in found.items() if list(found.values()).count(name) == 1}


def matched(connection: Connection) -> dict[str, tuple[str, str | None]]:
    """What the command says of each company: its state and customer."""
    out = StringIO()
    with scope(workspace=connection.workspace_id):
        slug = connection.workspace.slug
    call_command("matches", "--workspace", slug, "--json", stdout=out)
    lines = map(json.loads, out.getvalue().splitlines())
    return {line["company_id"]: (line["state"], line["customer"]) for line in lines}


def test_a_run_ends_with_every_name_looked_at(connection: Connection, intercom: Sandbox) -> None:
    company, name = next(iter(names(intercom).items()))
    with scope(workspace=connection.workspace_id):
        CustomerFactory(workspace=connection.workspace, name=f"The {name.upper()}")
    sync(connection)
    assert matched(connection)[company] == ("suggested", f"The {name.upper()}")
    with scope(workspace=connection.workspace_id):
        assert not naming.are_due(connection.pk)
        assert not Conversation.objects.filter(customer__isnull=False).exists()


def test_names_that_link_by_themselves_bring_their_conversations(connection: Connection, intercom: Sandbox) -> None:
    with scope(workspace=connection.workspace_id):
        MatchingRules.objects.create(workspace=connection.workspace, connection=connection, names="link")
        for name in names(intercom).values():
            CustomerFactory(workspace=connection.workspace, name=name)
    sync(connection)
    assert {state for state, _ in matched(connection).values()} >= {"auto"}
    with scope(workspace=connection.workspace_id):
        linked = Conversation.objects.filter(company__match__state="auto", company__match__customer__isnull=False)
        assert linked.exists()
        assert not linked.filter(customer__isnull=True).exists()


def test_a_renamed_company_is_matched_anew(connection: Connection, intercom: Sandbox) -> None:
    company = next(iter(names(intercom)))
    with scope(workspace=connection.workspace_id):
        CustomerFactory(workspace=connection.workspace, name="Quexelwitz Instruments")
    sync(connection)
    assert matched(connection)[company][0] == "unmatched"
    intercom.mutate("change_company", id=company, set={"name": "Quexelwitz Instruments GmbH"})
    sync(connection)
    assert matched(connection)[company] == ("suggested", "Quexelwitz Instruments")
