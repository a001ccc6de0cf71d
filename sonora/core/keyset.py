"""Pages of a list that stay right while rows come and go: each begins after a row, not after a count."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.db.models import Model, Q, QuerySet

M = TypeVar("M", bound=Model)

SIZE = 50


@dataclass(frozen=True, slots=True)
class Page(Generic[M]):
    """Some rows in order, and the cursors of the pages beside it; None where there is none."""

    rows: list[M]
    next: str | None  # pass it as `after`: the rows that follow ("Older" in a list that begins with the newest)
    previous: str | None  # pass it as `before`: the rows in front

    def __len__(self) -> int:
        return len(self.rows)


def page(
    queryset: QuerySet[M],
    *,
    order: Sequence[str] = ("-updated_at", "-pk"),
    after: str | None = None,
    before: str | None = None,
    size: int = SIZE,
) -> Page[M]:
    """Up to *size* rows of *queryset* in *order*, after or before the row that the cursor stands for.

    *order* are field names, a leading minus for descending, over fields that are never NULL; the last is unique.
    A cursor comes from a Page of the same model and order. One that does not, or that somebody made up, gives the
    first page; so does one whose page would be empty, or that leads back to fewer rows than a page holds. At most two
    queries, each of *size* + 1 rows.
    """
    keys = _Keys(queryset, tuple(order))
    if (position := keys.read(after)) is not None:
        rows = list(keys.beyond(position)[: size + 1])
        if rows:
            return _page(rows, keys, size=size, is_first=False)
    elif (position := keys.read(before)) is not None:
        rows = list(keys.turned().beyond(position)[: size + 1])
        if len(rows) > size:  # just as many, and it is the first page
            return _page_before(rows[:size], keys)
    return _page(list(queryset.order_by(*order)[: size + 1]), keys, size=size, is_first=True)


def _page(rows: list[M], keys: "_Keys[M]", *, size: int, is_first: bool) -> Page[M]:
    shown = rows[:size]
    has_next = len(rows) > size
    return Page(
        rows=shown,
        next=keys.write(shown[-1]) if has_next else None,
        previous=None if is_first else keys.write(shown[0]),
    )


def _page_before(rows: list[M], keys: "_Keys[M]") -> Page[M]:
    shown = rows[::-1]
    return Page(rows=shown, next=keys.write(shown[-1]), previous=keys.write(shown[0]))


@dataclass(frozen=True, slots=True)
class _Keys(Generic[M]):
    """The order of a list, and the cursors that belong to it."""

    queryset: QuerySet[M]
    order: tuple[str, ...]

    def write(self, row: M) -> str:
        values = [reduce(getattr, name.split("__"), row) for name in self._names()]
        return self._signer().sign_object([value if isinstance(value, int | str) else str(value) for value in values])

    def read(self, cursor: str | None) -> list[Any] | None:
        """The values that *cursor* holds, or None when it is none of ours."""
        try:
            values = self._signer().unsign_object(cursor or "")
            return [self._field(name).to_python(value) for name, value in zip(self._names(), values, strict=True)]
        except (BadSignature, ValidationError):
            return None

    def beyond(self, position: Sequence[Any]) -> QuerySet[M]:
        """The rows behind *position*, in order."""
        beyond, equal = Q(), Q()
        for term, value in zip(self.order, position, strict=True):
            name, comparison = term.lstrip("-"), "lt" if term.startswith("-") else "gt"
            beyond |= equal & Q(**{f"{name}__{comparison}": value})
            equal &= Q(**{name: value})
        first = self.order[0]
        # Says nothing new, but lets both databases begin in the index of the first column.
        start = Q(**{f"{first.lstrip('-')}__{'lte' if first.startswith('-') else 'gte'}": position[0]})
        return self.queryset.filter(start & beyond).order_by(*self.order)

    def turned(self) -> "_Keys[M]":
        return _Keys(self.queryset, tuple(term[1:] if term.startswith("-") else f"-{term}" for term in self.order))

    def _names(self) -> list[str]:
        return [term.lstrip("-") for term in self.order]

    def _signer(self) -> Signer:
        return Signer(salt=f"keyset:{self.queryset.model.__name__}:{','.join(self.order)}")

    def _field(self, name: str) -> Any:
        if name in self.queryset.query.annotations:
            return self.queryset.query.annotations[name].output_field
        model: Any = self.queryset.model
        field: Any = None
        for part in name.split("__"):
            field = model._meta.pk if part == "pk" else model._meta.get_field(part)  # noqa: SLF001 - Django documents it
            model = field.related_model
        return field
