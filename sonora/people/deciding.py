"""Saying that two people are one, or that a contact is somebody else, and taking it back.

A decision changes identities (`sonora.people.identities`), and contacts follow them; so a later sync, which places
contacts by the same rule, leaves it as it is. Each act is one transaction inside the workspace's scope. Contacts are
locked before people, as a sync locks them.
"""

from collections.abc import Collection
from uuid import uuid4

from django.db import transaction

from sonora.core import clock
from sonora.people import identities
from sonora.people.models import Contact, Person, PersonDecision


class Refused(Exception):
    """It cannot be done; the text says why, for a person."""


def merge(kept_pk: int, gone_pk: int, *, by: str) -> PersonDecision:
    """*by* (an e-mail) says that the person *gone_pk* is the person *kept_pk*. Raises Refused."""
    if kept_pk == gone_pk:
        raise Refused("Choose another person. This is the same one.")
    with transaction.atomic():
        _lock_contacts([kept_pk, gone_pk])
        kept, gone = _locked(kept_pk, gone_pk)
        gone.merged_into = kept
        gone.save(update_fields=["merged_into"])
        moved = list(Contact.objects.filter(person=gone).order_by("pk").values_list("pk", flat=True))
        Contact.objects.filter(pk__in=moved).update(person=kept)
        return _noted(PersonDecision.Kind.MERGE, kept, gone, contacts=moved, by=by)


def split(contact_pk: int, *, by: str) -> PersonDecision:
    """*by* says that a contact is somebody else than the other contacts of its person. Raises Refused."""
    with transaction.atomic():
        contact = Contact.objects.all().present().select_for_update().filter(pk=contact_pk).first()
        person = contact.person if contact else None
        if contact is None or person is None:
            raise Refused("This contact is gone.")
        if not Contact.objects.all().present().filter(person=person).exclude(pk=contact.pk).exists():
            raise Refused("This person has no other contact.")
        facts = {"workspace_id": contact.workspace_id, "name": contact.name, "email": contact.email}
        other = Person.objects.create(identity=f"split:{uuid4().hex}"[:40], **facts)
        before = contact.placed
        contact.placed, contact.person = other.identity, other
        contact.save(update_fields=["placed", "person"])
        return _noted(PersonDecision.Kind.SPLIT, person, other, contacts=[contact.pk], by=by, placed_before=before)


def undo(decision_pk: int, *, by: str) -> PersonDecision:
    """Take a decision back for *by*; what was decided since stays. Undoing twice does nothing more. Raises Refused."""
    with transaction.atomic():
        decision = PersonDecision.objects.select_for_update().filter(pk=decision_pk).first()
        if decision is None:
            raise Refused("This decision is not known any more.")
        if decision.undone_at is not None:
            return decision
        decision.undone_by, decision.undone_at = by, clock.now()
        decision.save(update_fields=["undone_by", "undone_at"])
        if decision.kind == PersonDecision.Kind.MERGE:
            _part(decision)
        else:
            _join(decision)
        return decision


def _lock_contacts(people: Collection[int]) -> None:
    list(Contact.objects.filter(person__in=people).order_by("pk").select_for_update().values_list("pk"))


def _locked(kept_pk: int, gone_pk: int) -> tuple[Person, Person]:
    """Both rows, locked in one order whoever asks."""
    there = Person.objects.filter(pk__in=[kept_pk, gone_pk], merged_into=None)
    found = {one.pk: one for one in there.order_by("pk").select_for_update()}
    if len(found) < 2:
        raise Refused("One of the two was deleted or merged a moment ago. Choose again.")
    return found[kept_pk], found[gone_pk]


def _noted(
    kind: str, person: Person, other: Person, *, contacts: list[int], by: str, placed_before: str = ""
) -> PersonDecision:
    return PersonDecision.objects.create(
        workspace_id=person.workspace_id,
        kind=kind,
        person=person,
        other=other,
        contacts=contacts,
        placed_before=placed_before,
        by=by,
        at=clock.now(),
    )


def _part(merge: PersonDecision) -> None:
    """Two people again: each has the contacts of their identities, those too that came since."""
    survivor = identities.survivors([merge.person_id])[merge.person_id]
    _lock_contacts([survivor])
    Person.objects.filter(pk=merge.other_id, merged_into=merge.person_id).update(merged_into=None)
    people = Person.objects.filter(pk__in=identities.went_into([merge.other_id]))
    theirs = set(people.values_list("identity", flat=True))
    there = Contact.objects.filter(person=survivor)
    back = [one.pk for one in there if (identities.of(one) in theirs if _lives(one) else one.pk in merge.contacts)]
    Contact.objects.filter(pk__in=back).update(person=merge.other_id)


def _lives(contact: Contact) -> bool:
    """A contact that was deleted tells its identity no more."""
    return contact.fetched_at is not None and contact.deleted_at is None


def _join(split: PersonDecision) -> None:
    """The contact is by its identity of before again; who it had become leads there."""
    placed = Contact.objects.filter(pk__in=split.contacts, placed=split.other.identity)
    for contact in placed.select_for_update():
        contact.placed = split.placed_before
        home = Person.objects.filter(identity=identities.of(contact)).values_list("pk", flat=True).first()
        contact.person_id = identities.survivors([home or split.person_id])[home or split.person_id]
        contact.save(update_fields=["placed", "person"])
        if not Contact.objects.filter(person=split.other_id).exists():
            Person.objects.filter(pk=split.other_id, merged_into=None).update(merged_into=contact.person_id)
