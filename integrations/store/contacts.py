"""Contacts, the companies they work for, their tags, and the people they are."""

from collections.abc import Sequence
from typing import Any

from integrations.records import ContactRecord
from integrations.store import links, tags
from integrations.store.holder import Holder, Saved
from integrations.store.people import ensure_persons
from sonora.conversations import attribution
from sonora.conversations.models import ContactTag, ConversationContact
from sonora.core.upsert import upsert
from sonora.customers import matches
from sonora.customers.models import Company
from sonora.people.models import Contact, ContactCompany

SETTLED = 6  # seconds: a record read sooner after its change may have changed once more in the same second


def unchanged(holder: Holder, records: Sequence[ContactRecord]) -> set[str]:
    """Which of *records* are stored just so, and were read long enough after their last change to be trusted."""
    held = Contact.objects.filter(
        connection_id=holder.connection_id, external_id__in=[record.external_id for record in records]
    ).values_list("external_id", "updated_at", "fetched_at", "deleted_at")
    stored = {one: (updated, fetched) for one, updated, fetched, deleted in held if fetched and deleted is None}
    return {
        record.external_id
        for record in records
        if record.updated_at is not None
        and (facts := stored.get(record.external_id)) is not None
        and facts[0] == record.updated_at
        and facts[1] > record.updated_at + SETTLED
    }


def save_contacts(holder: Holder, records: Sequence[ContactRecord], *, at: int) -> Saved:
    """Write *records* with their companies and tags. A nested list that did not come whole takes nothing away."""
    before = unchanged(holder, records)
    persons = ensure_persons(holder, records)
    rows = [_row(holder, record, person=persons[record.external_id], at=at) for record in records]
    written = upsert(Contact, rows, key=("connection_id", "external_id"), newer="updated_at")
    holder.remember(Contact, written.inserted)
    ids = holder.ids(Contact, [record.external_id for record in records])
    cut = {ids[record.external_id] for record in records if not record.tags_complete}
    tags.replace(ContactTag, "contact", {ids[one.external_id]: one.tags for one in records}, holder=holder, keep=cut)
    unknown = _save_companies(holder, records, ids)
    _look_at_names_again(holder, [one for one in records if one.external_id not in before])
    return Saved(read=len(records), changed=len(records) - len(before), unknown_companies=unknown)


def _save_companies(holder: Holder, records: Sequence[ContactRecord], ids: dict[str, int]) -> bool:
    companies = holder.ensure(Company, {company: {} for record in records for company in record.companies})
    moved = links.replace(
        ContactCompany,
        {ids[record.external_id]: {companies[company]: {} for company in record.companies} for record in records},
        parent="contact",
        child="company",
        workspace_id=holder.workspace_id,
        keep={ids[record.external_id] for record in records if not record.companies_complete},
    )
    _reattribute(holder, moved)
    named = {companies[company] for record in records for company in record.companies}
    return Company.objects.filter(pk__in=named, fetched_at__isnull=True).exists() if named else False


def _look_at_names_again(holder: Holder, changed: Sequence[ContactRecord]) -> None:
    """Whom a company is may show in the addresses of its people."""
    named = {company for record in changed if record.email for company in record.companies}
    known = holder.ids(Company, named)
    matches.look_at_names_again([known[one] for one in named])


def _reattribute(holder: Holder, contacts: set[int]) -> None:
    talks = ConversationContact.objects.filter(contact_id__in=contacts).values_list("conversation_id", flat=True)
    conversations = set(talks.distinct()) if contacts else set()
    if conversations:
        attribution.attribute(holder.workspace_id, conversations=conversations)


def _row(holder: Holder, record: ContactRecord, *, person: int, at: int) -> dict[str, Any]:
    return {
        **holder.owner,
        "external_id": record.external_id,
        "person_id": person,
        "role": record.role[:20],
        "name": record.name[:255],
        "email": record.email[:254],
        "phone": record.phone[:60],
        "job_title": record.job_title[:255],
        "has_bounced": record.has_bounced,
        "user_id": record.user_id[:255],
        "url": record.url,
        "last_seen_at": record.last_seen_at,
        "created_at": record.created_at,
        # A row without a date would never give way to a newer one.
        "updated_at": record.updated_at if record.updated_at is not None else at,
        "fetched_at": at,
        "deleted_at": None,
    }
