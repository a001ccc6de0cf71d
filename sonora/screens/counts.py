"""Counts that stay quick in a list of a million rows."""

from typing import Any

from django.db.models import QuerySet

from sonora.core import words

CAP = 10_000


def capped(queryset: QuerySet[Any, Any]) -> int:
    """How many rows *queryset* has, counted no further than one past `CAP`."""
    return queryset.order_by()[: CAP + 1].count()


def text(count: int) -> str:
    """*count* in words: 1,341, or 10,000+ when counting stopped there."""
    return f"{words.thousands(CAP)}+" if count > CAP else words.thousands(count)
