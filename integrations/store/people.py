"""The person behind each contact, by the rule of `sonora.people.identities`."""

from collections.abc import Mapping, Sequence

from integrations.records import ContactRecord
from integrations.store.holder import Holder
from sonora.core.upsert import ids_by_key, upsert
from sonora.people import identities
from sonora.people.models import Contact, Person


def ensure_persons(holder: Holder, records: Sequence[ContactRecord]) -> Mapping[str, int]:
    """The person of each contact (Intercom's id → primary key). A newer name replaces an older one; none does not."""
    named = _identities(holder, records)
    rows = {
        named[record.external_id]: {
            "workspace_id": holder.workspace_id,
            "identity": named[record.external_id],
            "name": record.name[:255],
            "email": record.email[:254],
        }
        for record in sorted(records, key=lambda one: (one.updated_at or 0, one.external_id))
    }
    _write([row for row in rows.values() if row["name"]], update=("name", "email"))
    _write([row for row in rows.values() if not row["name"]], update=("email",))
    known = ids_by_key(Person, "identity", rows)
    lasting = identities.survivors(known.values())
    return {external_id: lasting[known[key]] for external_id, key in named.items()}


def _identities(holder: Holder, records: Sequence[ContactRecord]) -> dict[str, str]:
    """By Intercom's id. The contacts stay locked: nobody splits one off between this look and the write."""
    held = Contact.objects.filter(
        connection_id=holder.connection_id, external_id__in=[record.external_id for record in records]
    )
    placed = dict(held.order_by("pk").select_for_update(no_key=True).values_list("external_id", "placed"))
    return {
        record.external_id: placed.get(record.external_id)
        or identities.of_address(holder.connection_id, record.external_id, record.email[:254])
        for record in records
    }


def _write(rows: list[dict[str, object]], *, update: Sequence[str]) -> None:
    upsert(Person, rows, key=("workspace_id", "identity"), update=update)
