"""Customers as people write them, one at a time: their facts and their ids."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction

from sonora.core import clock
from sonora.customers import matching, sources
from sonora.customers.models import Customer, ExternalId
from sonora.customers.sources import How

FACTS = ("name", "domain", "tier", "arr", "renewal_date", "owner", "health")
Changes = dict[str, dict[str, Any]]


class IdTaken(Exception):
    """Another customer has that id; `customer` is that one."""

    def __init__(self, customer: Customer) -> None:
        super().__init__(f"{customer.name} has this ID already. Remove it there first, or merge the two customers.")
        self.customer = customer


def create(workspace_id: int, facts: Mapping[str, Any], *, by: str) -> Customer:
    """A new customer with *facts* (the keys of FACTS) as *by* (an e-mail) says, inside the workspace's scope."""
    now = clock.now()
    said = sources.noted(_there(facts), How.PERSON, by=by, at=now)
    return Customer.objects.create(workspace_id=workspace_id, created_at=now, sources=said, **facts)


def change(customer: Customer, facts: Mapping[str, Any], *, by: str) -> Changes:
    """Give *customer* the *facts* that *by* (an e-mail) says; returns what changed as {"before": …, "after": …}."""
    with transaction.atomic():
        row = Customer.objects.select_for_update().get(pk=customer.pk)
        changed = {name: value for name, value in facts.items() if getattr(row, name) != value}
        before = {name: plain(getattr(row, name)) for name in changed}
        for name, value in changed.items():
            setattr(row, name, value)
        same = sources.only(row.sources, row.sources.keys() - changed.keys())
        row.sources = same | sources.noted(_there(changed), How.PERSON, by=by, at=clock.now())
        row.save(update_fields=[*changed, "sources"])
    return {"before": before, "after": {name: plain(value) for name, value in changed.items()}}


def _there(facts: Mapping[str, Any]) -> list[str]:
    return [name for name, value in facts.items() if value not in ("", None)]


def add_id(customer: Customer, source: str, value: str, *, by: str) -> ExternalId:
    """Note that *source* (salesforce, hubspot, …) calls *customer* by *value*. Raises IdTaken.

    The same id in another spelling is the same id: what stands there stays.
    """
    taken = _same(source, value)
    if taken is None:
        try:
            with transaction.atomic():
                workspace = customer.workspace_id
                return ExternalId.objects.create(
                    workspace_id=workspace, customer=customer, source=source, value=value, set_by=by
                )
        except IntegrityError:  # somebody was faster
            taken = _same(source, value)
            if taken is None:
                raise
    if taken.customer_id != customer.pk:
        raise IdTaken(taken.customer)
    return taken


def _same(source: str, value: str) -> ExternalId | None:
    key = matching.key(source, value)
    return ExternalId.objects.filter(source=source, key=key).select_related("customer").first()


def plain(value: Any) -> Any:
    """*value* as JSON takes it."""
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value
