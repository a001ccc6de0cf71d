"""The facts of one customer, each with who says so and when."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sonora.customers.models import Company, Customer
from sonora.customers.sources import How

OWN = {
    "tier": "Tier",
    "owner": "Owner",
    "health": "Health",
    "arr": "ARR",
    "renewal_date": "Renewal",
    "domain": "Domain",
}
OF_COMPANIES = {
    "website": "Website",
    "industry": "Industry",
    "plan": "Plan",
    "size": "Employees",
    "monthly_spend": "Monthly spend",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """*source* says in words where *value* is from, *at* when that was said (Unix seconds; None: nobody noted it).

    *is_synced*: it is from a company of the provider.
    """

    name: str
    value: Any
    source: str
    at: int | None
    is_synced: bool = False


def of(customer: Customer, companies: Iterable[Company]) -> list[Fact]:
    """What is known of *customer*: its own facts, then those of *companies*, which are this customer."""
    return [*_own(customer), *(fact for company in companies for fact in _synced(company))]


def _own(customer: Customer) -> Iterator[Fact]:
    for column, name in OWN.items():
        value, source = getattr(customer, column), customer.sources.get(column, {})
        if value not in ("", None):
            yield Fact(name=name, value=_words(value), source=_source(source), at=source.get("at"))


def _source(source: dict[str, Any]) -> str:
    how, by = source.get("how"), source.get("by", "")
    if how == How.FILE:
        return f"CSV import by {by}" if by else "CSV import"
    return by if how == How.PERSON else "Not noted"


def _synced(company: Company) -> Iterator[Fact]:
    for column, name in OF_COMPANIES.items():
        value = getattr(company, column)
        if value not in ("", None):
            yield Fact(name=name, value=_words(value), source=str(company), at=company.updated_at, is_synced=True)


def _words(value: Any) -> Any:
    """Numbers with thousands apart; whole ones without a fraction."""
    return value if isinstance(value, str) or not hasattr(value, "__float__") else f"{value:,.2f}".removesuffix(".00")
