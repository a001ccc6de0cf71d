"""A customer with more people than a map can draw one by one, who stand in all groups."""

MANY, SOME = 190, 7


def fill() -> int:
    """Into the workspace in scope; returns the primary key of the customer."""
    from integrations.models import Connection
    from sonora.customers.models import Customer
    from sonora.graph import keeping
    from tests.factories.customers import CompanyFactory, CustomerFactory, MatchFactory
    from tests.factories.people import ContactCompanyFactory, ContactFactory

    connection = Connection.objects.get()
    customers: list[Customer] = []
    for name, number in (("Larch & Daughters", MANY), ("Thistle Foods", SOME)):
        customer = CustomerFactory(workspace=connection.workspace, name=name)
        customers.append(customer)
        company = CompanyFactory(connection=connection, name=name)
        MatchFactory(company=company, customer=customer)
        for place in range(number):
            ContactCompanyFactory(contact=ContactFactory(connection=connection, name=f"Robin {place}"), company=company)
    while keeping.settle():
        pass
    _stand()
    return customers[0].pk


def _stand() -> None:
    from sonora.graph.models import PersonStanding, Rhythm
    from sonora.people.models import Level

    rows = list(PersonStanding.objects.filter(person__name__startswith="Robin ").order_by("pk"))
    for place, row in enumerate(rows):
        row.rhythm, row.engagement = Rhythm.values[(place + 1) % 3], Level.values[place % 4]
        row.is_champion, row.strength = place % 8 == 0, place * 7 % 100
        row.felt, row.felt_number = ("positive", "neutral", "negative", "mixed")[place % 4], place % 5
    PersonStanding.objects.bulk_update(rows, ["rhythm", "engagement", "is_champion", "strength", "felt", "felt_number"])
