"""Companies, their tags, and which customer each one is."""

from collections.abc import Iterable, Sequence
from typing import Any

from integrations.records import CompanyRecord
from integrations.store import tags
from integrations.store.holder import Holder, Saved
from sonora.conversations import attribution
from sonora.conversations.models import CompanyTag
from sonora.core.upsert import upsert
from sonora.customers import matches
from sonora.customers.models import Company
from sonora.people.models import ContactCompany


def save_companies(holder: Holder, records: Sequence[CompanyRecord], *, at: int) -> Saved:
    """Write *records*, match those that are new or differ, and give their conversations to the right customer."""
    before = _held(holder, [record.external_id for record in records])
    rows = [_row(holder, record, at=at) for record in records]
    written = upsert(Company, rows, key=("connection_id", "external_id"), newer="updated_at")
    holder.remember(Company, written.inserted)
    ids = holder.ids(Company, [record.external_id for record in records])
    retagged = tags.replace(
        CompanyTag, "company", {ids[record.external_id]: record.tags for record in records}, holder=holder
    )
    changed = [row["external_id"] for row in rows if before.get(row["external_id"]) != _facts(row)]
    _match(holder, (ids[one] for one in changed))
    return Saved(read=len(records), changed=len({ids[one] for one in changed} | retagged))


def delete_companies(holder: Holder, external_ids: Iterable[str], *, at: int) -> int:
    """Mark companies as deleted at the provider; returns how many were held. Their matches stay known."""
    mine = Company.objects.present().filter(connection_id=holder.connection_id, external_id__in=list(external_ids))
    keys = list(mine.values_list("pk", flat=True))
    ContactCompany.objects.filter(company_id__in=keys).delete()
    CompanyTag.objects.filter(company_id__in=keys).delete()
    return Company.objects.filter(pk__in=keys).update(deleted_at=at)


def _match(holder: Holder, companies: Iterable[int]) -> None:
    moved = matches.match_by_external_id(holder.workspace_id, list(companies))
    if moved:
        attribution.attribute(holder.workspace_id, companies=moved)


def _row(holder: Holder, record: CompanyRecord, *, at: int) -> dict[str, Any]:
    return {
        **holder.owner,
        "external_id": record.external_id,
        "company_id": record.company_id[:255],
        "name": record.name[:255],
        "website": record.website[:1000],
        "industry": record.industry[:255],
        "plan": record.plan[:255],
        "size": record.size,
        "user_count": record.user_count,
        "monthly_spend": record.monthly_spend,
        "url": record.url,
        "created_at": record.created_at,
        # A row without a date would never give way to a newer one.
        "updated_at": record.updated_at if record.updated_at is not None else at,
        "fetched_at": at,
        "deleted_at": None,
    }


_UNTOLD = {"workspace_id", "connection_id", "external_id", "fetched_at"}


def _facts(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in _UNTOLD}


def _held(holder: Holder, external_ids: list[str]) -> dict[str, dict[str, Any]]:
    """What is stored of companies that were read before (placeholders left out)."""
    names = [field.attname for field in Company._meta.concrete_fields if field.attname not in {"id", *_UNTOLD}]  # noqa: SLF001 - Django's documented API
    rows = Company.objects.filter(
        connection_id=holder.connection_id, external_id__in=external_ids, fetched_at__isnull=False
    )
    return {row.pop("external_id"): row for row in rows.values("external_id", *names)}
