"""To which customer a row of a file belongs, a batch of rows at a time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q

from sonora.customers import matching
from sonora.customers.models import Customer, ExternalId
from sonora.customers.rows import CustomerRow
from sonora.customers.sources import Sources

FILLED = ("domain", "tier", "arr", "renewal_date", "owner", "health")
Id = tuple[str, str]  # source and key
Name = tuple[str, str]  # name and domain


@dataclass(slots=True, eq=False)
class Placed:
    """A customer, known or to be created (without a primary key), with the values that it is to have."""

    pk: int | None
    name: str
    domain: str = ""
    tier: str = ""
    arr: Decimal | None = None
    renewal_date: date | None = None
    owner: str = ""
    health: str = ""
    created_at: int = 0
    sources: Sources = field(default_factory=dict)
    learned: set[str] = field(default_factory=set)  # names of values that rows of this batch gave it

    def filled(self) -> dict[str, Any]:
        """The values beside the name."""
        return {name: getattr(self, name) for name in FILLED}

    def learn(self, row: CustomerRow) -> bool:
        """Take over what *row* says; what it leaves empty stays. Whether anything differs."""
        said = {"name": row.name} | {name: value for name in FILLED if (value := getattr(row, name)) not in ("", None)}
        new = {name for name, value in said.items() if value != getattr(self, name)}
        for name in new:
            setattr(self, name, said[name])
        self.learned |= new
        return bool(new)


@dataclass(slots=True)
class Known:
    """Customers by their ids, and by name and domain."""

    ids: dict[Id, Placed] = field(default_factory=dict)
    names: dict[Name, Placed] = field(default_factory=dict)

    def add(self, batch: "Batch") -> None:
        """Remember what *batch* would have created."""
        for one in batch.created:
            self.names.setdefault((one.name, one.domain), one)
        for one, source, value in batch.added_ids:
            self.ids.setdefault((source, matching.key(source, value)), one)


def look_up(rows: Sequence[CustomerRow], planned: Known) -> Known:
    """The customers that *rows* may belong to, of those stored and those *planned*; three queries."""
    wanted = {key for row in rows if (key := _id(row))}
    ids = ExternalId.objects.filter(key__in={key for _, key in wanted}).values_list("source", "key", "customer_id")
    owners = {(source, key): customer for source, key, customer in ids if (source, key) in wanted}
    placed = {one.pk: one for one in _stored(Q(pk__in=set(owners.values())) | Q(name__in={row.name for row in rows}))}
    known = Known(
        ids={key: planned.ids[key] for key in wanted if key in planned.ids},
        names={name: planned.names[name] for row in rows if (name := (row.name, row.domain)) in planned.names},
    )
    for one in placed.values():
        known.names.setdefault((one.name, one.domain), one)
    known.ids |= {key: placed[customer] for key, customer in owners.items()}
    return known


def _stored(wanted: Q) -> Iterable[Placed]:
    stored = Customer.objects.filter(wanted).order_by("pk")
    return (Placed(*values) for values in stored.values_list("pk", "name", *FILLED, "created_at", "sources"))


def _id(row: CustomerRow) -> Id | None:
    return (row.source, matching.key(row.source, row.external_id)) if row.external_id else None


@dataclass(slots=True)
class Batch:
    """Rows that are placed one after the other, and what they change."""

    known: Known
    created: list[Placed] = field(default_factory=list)
    added_ids: list[tuple[Placed, str, str]] = field(default_factory=list)  # customer, source, value
    _changed: dict[int, Placed] = field(default_factory=dict)

    @property
    def changed(self) -> list[Placed]:
        """Customers that were known before and have new values."""
        return list(self._changed.values())

    def place(self, row: CustomerRow) -> str:
        """Give *row* to its customer; returns what becomes of it, in words."""
        customer, verb = self._find(row), "Nothing new"
        if customer is None:
            customer, verb = self._create(row), "New customer"
        elif self._learn(customer, row):
            verb = "Update"
            if customer.pk is not None:
                self._changed[customer.pk] = customer
        self.known.names.setdefault((customer.name, customer.domain), customer)
        if self._add_id(row, customer) and verb == "Nothing new":
            verb = "New external ID"
        return verb

    def _find(self, row: CustomerRow) -> Placed | None:
        key = _id(row)
        by_id = self.known.ids.get(key) if key else None
        return by_id or self.known.names.get((row.name, row.domain))

    def _learn(self, customer: Placed, row: CustomerRow) -> bool:
        before = (customer.name, customer.domain)
        differs = customer.learn(row)
        if self.known.names.get(before) is customer:
            del self.known.names[before]  # perhaps it has another name now
        return differs

    def _create(self, row: CustomerRow) -> Placed:
        customer = Placed(None, row.name, learned={"name"})
        customer.learn(row)
        self.created.append(customer)
        return customer

    def _add_id(self, row: CustomerRow, customer: Placed) -> bool:
        key = _id(row)
        if key is None or key in self.known.ids:
            return False
        self.known.ids[key] = customer
        self.added_ids.append((customer, row.source, row.external_id))
        return True
