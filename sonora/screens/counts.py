"""Counts that stay quick in a list of a million rows."""

from typing import Any, TypeVar

from django.db.models import IntegerField, Model, QuerySet

from sonora.core import words
from sonora.core.among import among
from sonora.core.counted import Counted

CAP = 10_000
FEW = 5_000  # rows that are named by their keys; of more a page is full soon, however it is looked for

M = TypeVar("M", bound=Model)


def capped(queryset: QuerySet[Any, Any], *order: str) -> int:
    """How many rows *queryset* has, counted no further than one past `CAP`.

    *order*: the columns by which those that pass are met soonest, where that is known.
    """
    return queryset.order_by(*order)[: CAP + 1].count()


def counted_once(queryset: QuerySet[M]) -> tuple[int, QuerySet[M]]:
    """As `capped` of *queryset*, and the same rows for whoever shows some of them.

    Few rows are looked for once, for both: a filter that few pass is the slow one, and its page costs what its count
    does.
    """
    keys = list(queryset.order_by().values_list("pk", flat=True)[: CAP + 1])
    return len(keys), queryset.model.objects.filter(among("pk", keys)) if len(keys) <= FEW else queryset  # type: ignore[attr-defined]


def together(row: QuerySet[Any, Any], **querysets: QuerySet[Any, Any]) -> dict[str, int]:
    """As `capped` of each of *querysets*, in one statement, which is asked about the one row that *row* is."""
    some = {name: one.order_by().values("pk")[: CAP + 1] for name, one in querysets.items()}
    numbers = {name: Counted(one, output_field=IntegerField()) for name, one in some.items()}
    found: dict[str, int] = row.order_by().values(**numbers).get()
    return found


def text(count: int) -> str:
    """*count* in words: 1,341, or 10,000+ when counting stopped there."""
    return f"{words.thousands(CAP)}+" if count > CAP else words.thousands(count)
