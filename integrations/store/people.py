"""The person behind each contact: all contacts of one e-mail address are one person."""

from collections.abc import Mapping, Sequence

from integrations.records import ContactRecord
from integrations.store.holder import Holder
from sonora.core.upsert import ids_by_key, upsert
from sonora.people.models import Person


def ensure_persons(holder: Holder, records: Sequence[ContactRecord]) -> Mapping[str, int]:
    """The person of each contact (Intercom's id → primary key). A newer name replaces an older one; none does not."""
    identities = {record.external_id: identity(holder.connection_id, record) for record in records}
    rows = {
        identities[record.external_id]: {
            "workspace_id": holder.workspace_id,
            "identity": identities[record.external_id],
            "name": record.name[:255],
            "email": record.email[:254],
        }
        for record in sorted(records, key=lambda one: (one.updated_at or 0, one.external_id))
    }
    _write([row for row in rows.values() if row["name"]], update=("name", "email"))
    _write([row for row in rows.values() if not row["name"]], update=("email",))
    known = ids_by_key(Person, "identity", rows)
    return {external_id: known[key] for external_id, key in identities.items()}


def identity(connection_id: int, record: ContactRecord) -> str:
    """What makes two contacts one person: the same address, whatever its case."""
    email = record.email.strip().casefold()
    return f"email:{email}"[:330] if email else f"contact:{connection_id}:{record.external_id}"


def _write(rows: list[dict[str, object]], *, update: Sequence[str]) -> None:
    upsert(Person, rows, key=("workspace_id", "identity"), update=update)
