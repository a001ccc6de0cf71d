"""Conditions that are asked row by row, where a page of fifty rows is full long before all are looked at."""

from typing import Any

from django.db.models import Q, QuerySet, Subquery
from django.db.models.lookups import IsNull


def walked(rows: QuerySet[Any]) -> Q:
    """That *rows*, which speak of the outer row, has one.

    As EXISTS says, but PostgreSQL makes a join of that and then reads both sides whole; a scalar it asks row by row.
    """
    return Q(IsNull(Subquery(rows.order_by().values("pk")[:1]), False))  # noqa: FBT003 - Django's lookup
