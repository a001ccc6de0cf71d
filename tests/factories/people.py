import factory

from sonora.people.models import Contact, ContactCompany, Person
from tests.factories.integrations import NOW, ConnectionFactory
from tests.factories.workspaces import WorkspaceFactory


class PersonFactory(factory.django.DjangoModelFactory[Person]):
    class Meta:
        model = Person

    workspace = factory.SubFactory(WorkspaceFactory)
    name = factory.Sequence(lambda n: f"Person {n}")
    email = factory.Sequence(lambda n: f"person{n}@halden.example")
    identity = factory.LazyAttribute(lambda one: f"email:{one.email}")


class ContactFactory(factory.django.DjangoModelFactory[Contact]):
    class Meta:
        model = Contact

    connection = factory.SubFactory(ConnectionFactory)
    workspace = factory.SelfAttribute("connection.workspace")
    external_id = factory.Sequence(lambda n: f"contact{n}")
    role = "user"
    name = factory.Sequence(lambda n: f"Person {n}")
    email = factory.Sequence(lambda n: f"person{n}@halden.example")
    person = factory.SubFactory(
        PersonFactory,
        workspace=factory.SelfAttribute("..workspace"),
        name=factory.SelfAttribute("..name"),
        email=factory.SelfAttribute("..email"),
    )
    created_at = updated_at = fetched_at = NOW


class ContactCompanyFactory(factory.django.DjangoModelFactory[ContactCompany]):
    class Meta:
        model = ContactCompany

    contact = factory.SubFactory(ContactFactory)
    workspace = factory.SelfAttribute("contact.workspace")
