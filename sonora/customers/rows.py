"""A row of a file of customers, read into values; what cannot be read is told in a sentence. Pure."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

COLUMNS = ("name", "domain", "external_id", "source", "tier", "arr", "renewal_date", "owner", "health")
ALSO_CALLED = {  # as Salesforce, HubSpot, Stripe and spreadsheets of people name them
    "account": "name",
    "account_name": "name",
    "company": "name",
    "company_name": "name",
    "customer": "name",
    "customer_name": "name",
    "organisation": "name",
    "organization": "name",
    "website": "domain",
    "web_site": "domain",
    "url": "domain",
    "company_domain_name": "domain",
    "domain_name": "domain",
    "id": "external_id",
    "account_id": "external_id",
    "company_id": "external_id",
    "customer_id": "external_id",
    "record_id": "external_id",
    "crm_id": "external_id",
    "external_id_source": "source",
    "system": "source",
    "segment": "tier",
    "plan": "tier",
    "annual_recurring_revenue": "arr",
    "annual_revenue": "arr",
    "renewal": "renewal_date",
    "contract_end": "renewal_date",
    "contract_end_date": "renewal_date",
    "account_owner": "owner",
    "company_owner": "owner",
    "csm": "owner",
    "health_score": "health",
    "health_status": "health",
    "account_health": "health",
    "customer_health": "health",
}
LONGEST = {"name": 255, "domain": 255, "external_id": 255, "source": 40, "tier": 60, "owner": 200, "health": 60}
DEFAULT_SOURCE = "csv"
LARGEST_ARR = Decimal(10) ** 12

_CURRENCY = re.compile(r"[\s'’€$£¥]|\b(?:EUR|USD|GBP|CHF)\b", re.IGNORECASE)
_GROUPED = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?")
_GROUPED_BY_POINTS = re.compile(r"\d{1,3}(\.\d{3}){2,}(,\d+)?|\d{1,3}\.\d{3},\d+")
_TWO_WAYS = re.compile(r"\d{1,3}\.\d{3}")
_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*://", re.IGNORECASE)


class RefusedRow(Exception):
    """A row that cannot be imported; the text says why and what to write, for a person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerRow:
    """One row. Empty values say nothing: they leave a known customer as it is."""

    name: str
    domain: str = ""
    external_id: str = ""
    source: str = ""
    tier: str = ""
    arr: Decimal | None = None
    renewal_date: date | None = None
    owner: str = ""
    health: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """Where each known column stands, and the names of columns that are not known."""

    places: Mapping[str, int]
    unknown: tuple[str, ...]
    width: int


def header(cells: Sequence[str], chosen: Mapping[int, str] | None = None) -> Header:
    """What the first row says, or what a person said of its columns (*chosen*: place → one of COLUMNS).

    Raises RefusedRow without a column `name` or with a known column twice.
    """
    names = _names(cells) if chosen is None else [chosen.get(place, "") for place in range(len(cells))]
    twice = [name for name in COLUMNS if names.count(name) > 1]
    if twice:
        raise RefusedRow(f"The column “{twice[0]}” stands there twice. Remove one and import the file again.")
    if "name" not in names:
        raise RefusedRow(
            f"There is no column “name”. The first row must name the columns; Sonora knows {', '.join(COLUMNS)}."
        )
    unknown = tuple(cell for cell, name in zip(cells, names, strict=True) if name not in COLUMNS and cell)
    return Header(
        places={name: names.index(name) for name in COLUMNS if name in names}, unknown=unknown, width=len(cells)
    )


def guess(cells: Sequence[str]) -> dict[int, str]:
    """Which of COLUMNS each column of a file may be (place → column), for a person to check.

    A column's own name goes before what other systems call it, and no column is given twice.
    """
    names = _names(cells)
    certain = {place: name for place, name in enumerate(names) if name in COLUMNS}
    found = {place: name for place, name in certain.items() if names.index(name) == place}
    for place, name in enumerate(names):
        column = ALSO_CALLED.get(name, "")
        if column and column not in found.values():
            found[place] = column
    return found


def _names(cells: Sequence[str]) -> list[str]:
    return [re.sub(r"[\s_-]+", "_", cell.strip().lower()) for cell in cells]


def read(cells: Sequence[str], head: Header) -> CustomerRow:
    """The row *cells* under *head*. Raises RefusedRow."""
    if any(cells[head.width :]):
        raise RefusedRow(f"The row has {len(cells)} cells, the first row {head.width}. Put quotes around commas.")
    values = {name: _text(cells[place]) if place < len(cells) else "" for name, place in head.places.items()}
    for name, longest in LONGEST.items():
        if len(values.get(name, "")) > longest:
            raise RefusedRow(f"The {name.replace('_', ' ')} is longer than {longest} characters. Shorten it.")
    if not values["name"]:
        raise RefusedRow("The name is missing. Every customer needs one.")
    external_id = values.get("external_id", "")
    return CustomerRow(
        name=values["name"],
        domain=host_of(values.get("domain", "")),
        external_id=external_id,
        source=(values.get("source", "").lower() or DEFAULT_SOURCE) if external_id else "",
        tier=values.get("tier", ""),
        arr=amount(values.get("arr", "")),
        renewal_date=day_of(values.get("renewal_date", "")),
        owner=values.get("owner", ""),
        health=values.get("health", ""),
    )


def _text(cell: str) -> str:
    return " ".join(unicodedata.normalize("NFC", cell).split())


def host_of(text: str) -> str:
    """The bare host name of an address or an e-mail address: https://www.halden.example/about is halden.example."""
    host = _SCHEME.sub("", text).split("/")[0].split("@")[-1].split(":")[0].strip(".").lower()
    return host.removeprefix("www.")


def amount(text: str) -> Decimal | None:
    """*text* as a yearly amount, however its thousands are parted; None for nothing. Raises RefusedRow."""
    if not text:
        return None
    number = _CURRENCY.sub("", text)
    if _TWO_WAYS.fullmatch(number):
        raise RefusedRow(f"The ARR “{_cut(text)}” can be read in two ways. Write digits only, such as 12000.")
    if _GROUPED_BY_POINTS.fullmatch(number):
        number = number.replace(".", "").replace(",", ".")
    elif _GROUPED.fullmatch(number):
        number = number.replace(",", "")
    try:
        value = Decimal(number.replace(",", "."))
    except InvalidOperation:
        raise RefusedRow(f"The ARR “{_cut(text)}” is not a number. Write digits only, such as 12000.") from None
    if not value.is_finite() or not 0 <= value < LARGEST_ARR:
        raise RefusedRow(f"The ARR “{_cut(text)}” is not between 0 and {LARGEST_ARR:,}. Write the yearly amount.")
    return round(value, 2)


_DATES = ("%Y-%m-%d", "%Y/%m/%d", "%d.%m.%Y", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S")


def day_of(text: str) -> date | None:
    """*text* as a day; None for nothing. Raises RefusedRow."""
    if not text:
        return None
    for form in _DATES:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            continue
    raise RefusedRow(f"The renewal date “{_cut(text)}” is not a day. Write it as 2027-01-31.")


def _cut(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"
