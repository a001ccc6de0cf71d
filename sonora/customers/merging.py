"""Making one customer of two, and two of them again.

Everything that points to the customer that goes points to the one that stays: ids, companies, what people said that it
is not. What the one that stays does not know, it takes over. Each act is one transaction inside the workspace's scope;
`sonora.conversations.following` gives the conversations along.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from sonora.core import clock
from sonora.customers import rewrite, sources
from sonora.customers.decisions import Done, Refused
from sonora.customers.editing import FACTS, plain
from sonora.customers.models import Company, Customer, ExternalId, Match, Merge, Rejection


def merge(kept_pk: int, gone_pk: int, *, by: str) -> tuple[Merge, Done]:
    """*by* (an e-mail) says that the customer *gone_pk* is the customer *kept_pk*. Raises Refused.

    The second value names the companies whose customer changed.
    """
    if kept_pk == gone_pk:
        raise Refused("Choose another customer. This is the same one.")
    with transaction.atomic():
        kept, gone = _locked(kept_pk, gone_pk)
        matches = list(Match.objects.filter(customer=gone).order_by("pk").select_for_update(of=("self",)))
        merge = Merge(workspace_id=kept.workspace_id, kept=kept, gone=_columns(gone), by=by, at=clock.now())
        merge.external_ids = list(ExternalId.objects.filter(customer=gone).values_list("pk", flat=True))
        merge.rejections = _take_rejections(kept, gone, [match.company_id for match in matches])
        merge.merges = list(Merge.objects.filter(kept=gone).values_list("pk", flat=True))
        merge.filled = _fill(kept, gone)
        ExternalId.objects.filter(customer=gone).update(customer=kept)
        Merge.objects.filter(kept=gone).update(kept=kept)
        merge.matches = _give(matches, kept.pk)
        gone.delete()
        merge.save()
    return merge, Done(changed=len(matches), moved=_linking(matches))


def undo(merge_pk: int, *, by: str) -> tuple[Merge, Done]:
    """*by* says that they are two after all. What was decided or changed since stays. Undoing twice does nothing more.

    Raises Refused for a merge that is not known.
    """
    with transaction.atomic():
        merge = Merge.objects.select_for_update().filter(pk=merge_pk).select_related("kept").first()
        if merge is None:
            raise Refused("This merge is not known any more.")
        if merge.undone_at is not None:
            return merge, Done()
        merge.undone_by, merge.undone_at = by, clock.now()
        merge.save(update_fields=["undone_by", "undone_at"])
        back = Customer.objects.create(**_values(merge.gone))
        ExternalId.objects.filter(pk__in=merge.external_ids, customer=merge.kept_id).update(customer=back)
        Merge.objects.filter(pk__in=merge.merges, kept=merge.kept_id).update(kept=back)
        matches = _unchanged(merge)
        _give(matches, back.pk)
        _give_rejections_back(merge, back)
        _take_back(merge)
    return merge, Done(changed=len(matches), moved=_linking(matches))


def _locked(kept_pk: int, gone_pk: int) -> tuple[Customer, Customer]:
    """Both rows, locked in one order whoever asks."""
    found = {
        one.pk: one for one in Customer.objects.filter(pk__in=[kept_pk, gone_pk]).order_by("pk").select_for_update()
    }
    if len(found) < 2:
        raise Refused("One of the two was deleted or merged a moment ago. Choose again.")
    return found[kept_pk], found[gone_pk]


def _columns(row: Any) -> dict[str, Any]:
    return {field.attname: plain(getattr(row, field.attname)) for field in row._meta.concrete_fields}  # noqa: SLF001


def _values(columns: dict[str, Any]) -> dict[str, Any]:
    """The columns of a customer as Python has them."""
    arr, renewal = columns["arr"], columns["renewal_date"]
    return {
        **columns,
        "arr": None if arr is None else Decimal(arr),
        "renewal_date": None if renewal is None else date.fromisoformat(renewal),
    }


def _take_rejections(kept: Customer, gone: Customer, companies: Sequence[int]) -> list[dict[str, Any]]:
    """What was said not to be the one that goes is not the one that stays either, unless it is linked to it."""
    rows = list(Rejection.objects.filter(customer=gone))
    linked = {*companies, *Match.objects.filter(customer=kept).values_list("company_id", flat=True)}
    known = set(Rejection.objects.filter(customer=kept).values_list("company_id", flat=True))
    taken = {row.company_id for row in rows} - linked - known
    Rejection.objects.bulk_create(
        Rejection(workspace_id=row.workspace_id, company_id=row.company_id, customer=kept, by=row.by, at=row.at)
        for row in rows
        if row.company_id in taken
    )
    return [{"company": row.company_id, "by": row.by, "at": row.at, "taken": row.company_id in taken} for row in rows]


def _give_rejections_back(merge: Merge, back: Customer) -> None:
    taken = [row["company"] for row in merge.rejections if row["taken"]]
    Rejection.objects.filter(customer=merge.kept_id, company__in=taken).delete()
    there = set(
        Company.objects.filter(pk__in=[row["company"] for row in merge.rejections]).values_list("pk", flat=True)
    )
    Rejection.objects.bulk_create(
        Rejection(workspace_id=merge.workspace_id, company_id=row["company"], customer=back, by=row["by"], at=row["at"])
        for row in merge.rejections
        if row["company"] in there
    )


def _fill(kept: Customer, gone: Customer) -> dict[str, Any]:
    taken = {name: getattr(gone, name) for name in FACTS if not getattr(kept, name) and getattr(gone, name)}
    for name, value in taken.items():
        setattr(kept, name, value)
    kept.sources |= sources.only(gone.sources, taken)
    kept.save(update_fields=[*taken, "sources"])
    return {name: plain(value) for name, value in taken.items()}


def _give(matches: Iterable[Match], customer: int) -> dict[str, int]:
    """Returns the version that each match has now: another one tells that somebody changed it since."""
    given = list(matches)
    for match in given:
        match.customer_id = customer
    rewrite.save(given, now=clock.now())
    return {str(match.pk): match.version for match in given}


def _unchanged(merge: Merge) -> list[Match]:
    mine = Match.objects.filter(pk__in=list(merge.matches), customer=merge.kept_id).order_by("pk")
    return [match for match in mine.select_for_update(of=("self",)) if match.version == merge.matches[str(match.pk)]]


def _take_back(merge: Merge) -> None:
    """Facts that the kept one took over and still has as they were."""
    kept = merge.kept
    same = [name for name, value in merge.filled.items() if plain(getattr(kept, name)) == value]
    for name in same:
        setattr(kept, name, None if name in {"arr", "renewal_date"} else "")
    kept.sources = sources.only(kept.sources, kept.sources.keys() - set(same))
    kept.save(update_fields=[*same, "sources"])


def _linking(matches: Iterable[Match]) -> set[int]:
    return {match.company_id for match in matches if match.state in Match.LINKING}
