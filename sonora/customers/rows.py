"""A row of a file of customers, read into values; what cannot be read is told in a sentence. Pure."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

COLUMNS = ("name", "domain", "external_id", "source", "tier", "arr", "renewal_date", "owner")
LONGEST = {"name": 255, "domain": 255, "external_id": 255, "source": 40, "tier": 60, "owner": 200}
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """Where each known column stands, and the names of columns that are not known."""

    places: Mapping[str, int]
    unknown: tuple[str, ...]
    width: int


def header(cells: Sequence[str]) -> Header:
    """What the first row says. Raises RefusedRow without a column `name` or with a known column twice."""
    names = [re.sub(r"[\s_-]+", "_", cell.strip().lower()) for cell in cells]
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
        domain=_domain(values.get("domain", "")),
        external_id=external_id,
        source=(values.get("source", "").lower() or DEFAULT_SOURCE) if external_id else "",
        tier=values.get("tier", ""),
        arr=_amount(values.get("arr", "")),
        renewal_date=_date(values.get("renewal_date", "")),
        owner=values.get("owner", ""),
    )


def _text(cell: str) -> str:
    return " ".join(unicodedata.normalize("NFC", cell).split())


def _domain(text: str) -> str:
    """The bare host name of an address: https://www.halden.example/about is halden.example."""
    host = _SCHEME.sub("", text).split("/")[0].split("@")[-1].split(":")[0].strip(".").lower()
    return host.removeprefix("www.")


def _amount(text: str) -> Decimal | None:
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
        amount = Decimal(number.replace(",", "."))
    except InvalidOperation:
        raise RefusedRow(f"The ARR “{_cut(text)}” is not a number. Write digits only, such as 12000.") from None
    if not amount.is_finite() or not 0 <= amount < LARGEST_ARR:
        raise RefusedRow(f"The ARR “{_cut(text)}” is not between 0 and {LARGEST_ARR:,}. Write the yearly amount.")
    return round(amount, 2)


_DATES = ("%Y-%m-%d", "%Y/%m/%d", "%d.%m.%Y", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S")


def _date(text: str) -> date | None:
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
