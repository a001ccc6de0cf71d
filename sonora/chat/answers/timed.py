"""Numbers of many times in one statement: each is a range of an index, so that no row is asked in which it lies."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.db.models import Count, QuerySet, Value

Rows = TypeVar("Rows", bound=QuerySet[Any])
Span = tuple[int, int]  # Unix seconds; the end belongs to the next one


def numbers(of: Callable[[Span], QuerySet[Any]], spans: Sequence[Span], *by: str, number: Count) -> list[Any]:
    """The place of each of *spans*, what *by* names, and the *number* of that among what *of* finds in it."""
    first, *rest = (
        of(span).order_by().values_list(Value(place), *by).annotate(number=number) for place, span in enumerate(spans)
    )
    return list(first.union(*rest, all=True))


def within(rows: Rows, column: str, span: Span) -> Rows:
    """Those of *rows* whose *column* (Unix seconds) lies in *span*."""
    return rows.filter(**{f"{column}__gte": span[0], f"{column}__lt": span[1]})
