"""Who is one person: whoever has the same e-mail address, unless somebody said otherwise.

Each contact has an identity; it belongs to the person of that identity, or to the one who that person was merged into.
Syncs and people's decisions both place contacts by this rule, so that neither undoes what the other did.
"""

from collections.abc import Collection

from django.db.models import Exists, OuterRef

from sonora.people.models import Contact, Person


def of_address(connection_id: int, external_id: str, email: str) -> str:
    """The identity of a contact about which nobody said anything: its address, whatever its case, else itself alone."""
    address = email.strip().casefold()
    return f"email:{address}"[:330] if address else f"contact:{connection_id}:{external_id}"


def of(contact: Contact) -> str:
    """The identity of *contact*."""
    return contact.placed or of_address(contact.connection_id, contact.external_id, contact.email)


def survivors(people: Collection[int]) -> dict[int, int]:
    """Whom each of *people* (primary keys) was merged into in the end; whoever was not stays who they are."""
    found = {person: person for person in people}
    while into := _merged(set(found.values())):
        found = {person: into.get(now, now) for person, now in found.items()}
    return found


def went_into(people: Collection[int]) -> set[int]:
    """*people* (primary keys) and everybody who was merged into them, however many steps ago."""
    found, new = set(people), set(people)
    while new:
        new = set(Person.objects.filter(merged_into__in=new).values_list("pk", flat=True)) - found
        found |= new
    return found


def forget_departed(people: Collection[int]) -> set[int]:
    """Let the name and the address of those of *people* go who have no contact left.

    So too of those who were merged into them, once no contact carries their address any more. Returns who they are.
    """
    merged = went_into(people) - set(people)
    theirs = Contact.objects.all().present().filter(email__iexact=OuterRef("email"))
    alone = Person.objects.filter(pk__in=people).exclude(pk__in=Person.objects.all().present().values("pk"))
    departed = [*alone, *Person.objects.filter(pk__in=merged).exclude(Exists(theirs))]
    for person in departed:
        person.identity, person.name, person.email = f"gone:{person.pk}", "", ""
        person.save(update_fields=["identity", "name", "email"])
    return {person.pk for person in departed}


def _merged(people: Collection[int]) -> dict[int, int]:
    merged = Person.objects.filter(pk__in=people, merged_into__isnull=False)
    return {person: into for person, into in merged.values_list("pk", "merged_into") if into is not None}
