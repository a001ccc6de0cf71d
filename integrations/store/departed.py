"""Contacts that are no more: gone for good, or merged into another."""

from collections.abc import Iterable, Sequence

from django.db.models import Exists, OuterRef, QuerySet

from integrations.store.holder import Holder
from sonora.conversations import attribution
from sonora.conversations.models import ContactTag, ConversationContact
from sonora.people import identities
from sonora.people.models import Contact, ContactCompany


def delete_contacts(holder: Holder, external_ids: Iterable[str], *, at: int) -> int:
    """Mark contacts as deleted and let go of who they were; returns how many were held.

    The rows stay, so that their conversations still say that somebody wrote. Whom only conversations name keeps that
    name: it is theirs.
    """
    gone = _there(holder).filter(external_id__in=list(external_ids))
    keys, persons = _keys(gone.values_list("pk", "person_id"))
    _take_links_away(keys)
    blank = {"name": "", "email": "", "phone": "", "job_title": "", "user_id": "", "url": "", "last_seen_at": None}
    rows = Contact.objects.filter(pk__in=keys)
    number = rows.filter(fetched_at__isnull=False).update(deleted_at=at, **blank)
    rows.filter(fetched_at__isnull=True).update(deleted_at=at)
    identities.forget_departed(persons)
    return number


def merge_contact(holder: Holder, external_id: str, *, into: str, at: int) -> None:
    """Note that a contact lives on as the contact *into*, and give that one its conversations."""
    old = _there(holder).filter(external_id=external_id).first()
    if old is None:
        return
    survivor = holder.ensure(Contact, {into: {}})[into]
    moved = list(ConversationContact.objects.filter(contact=old).values_list("conversation_id", flat=True))
    theirs = ConversationContact.objects.filter(contact=survivor, conversation_id=OuterRef("conversation_id"))
    ConversationContact.objects.filter(contact=old).exclude(Exists(theirs)).update(contact=survivor)
    ConversationContact.objects.filter(contact=old).delete()
    _take_links_away([old.pk])
    nothing = dict.fromkeys(("name", "email", "phone", "job_title", "url"), "")
    Contact.objects.filter(pk=old.pk).update(deleted_at=at, merged_into=into, **nothing)
    Contact.objects.filter(connection_id=holder.connection_id, merged_into=external_id).update(merged_into=into)
    identities.forget_departed([old.person_id] if old.person_id else [])
    if moved:
        attribution.attribute(holder.workspace_id, conversations=moved)


def _there(holder: Holder) -> QuerySet[Contact]:
    return Contact.objects.filter(connection_id=holder.connection_id, deleted_at__isnull=True)


def _keys(rows: Iterable[tuple[int, int | None]]) -> tuple[list[int], list[int]]:
    pairs = list(rows)
    return [contact for contact, _ in pairs], sorted({person for _, person in pairs if person is not None})


def _take_links_away(contacts: Sequence[int]) -> None:
    ContactCompany.objects.filter(contact_id__in=contacts).delete()
    ContactTag.objects.filter(contact_id__in=contacts).delete()
