"""What a contact's own lists leave out: Intercom cuts them at ten and gives the rest by requests of their own."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from integrations.errors import NotFound, PermissionMissing, ProviderUnavailable
from integrations.records import ContactRecord, TagRecord, Unreadable
from integrations.sync.slice import Slice

PAGES = 100  # of 50 companies: Intercom allows a contact a thousand


def completed(work: Slice, row: ContactRecord) -> ContactRecord:
    """*row* with all its companies and tags; as it is, still cut, where Intercom does not give them.

    Raises what a question of another kind raises when no answer comes: then Intercom is away.
    """
    try:
        if not row.companies_complete:
            row = replace(row, companies=_all_companies(work, row.external_id), companies_complete=True)
        if not row.tags_complete:
            row = replace(row, tags=_all_tags(work, row.external_id), tags_complete=True)
    except (NotFound, PermissionMissing):
        return row  # gone meanwhile, or not to be asked for: what the page told of it stays
    except ProviderUnavailable:
        work.ask(lambda source: source.identity())
    return row


def cut(rows: Iterable[ContactRecord]) -> list[Unreadable]:
    """Those of *rows* whose lists are still cut, as dead letters."""
    return [
        Unreadable(external_id=row.external_id, error="Not all its companies and tags could be read.")
        for row in rows
        if not (row.companies_complete and row.tags_complete)
    ]


def _all_companies(work: Slice, external_id: str) -> Sequence[str]:
    found: dict[str, None] = {}
    cursor = ""
    for _ in range(PAGES):
        page = work.ask(lambda source, at=cursor: source.contact_companies(external_id, at)).value  # type: ignore[misc]
        fresh = [row.external_id for row in page.rows if row.external_id not in found]
        found.update(dict.fromkeys(fresh))
        cursor = page.next
        if not cursor or not fresh:
            break
    return list(found)


def _all_tags(work: Slice, external_id: str) -> Sequence[TagRecord]:
    return work.ask(lambda source: source.contact_tags(external_id)).value.rows
