"""Which column of a file is which fact of a customer, as a person chooses it on the preview."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import BinaryIO

from django.http import QueryDict

from sonora.customers.imports import first_row
from sonora.customers.rows import COLUMNS, guess

FIELD = "column-"  # and the column's place, counted from 0
MOST = 200  # columns that are shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of the file: the *field* of the form that chooses what it is, its title, and what was chosen."""

    field: str
    title: str
    chosen: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """What each column of a file is (`chosen`: place → one of COLUMNS)."""

    columns: tuple[Column, ...]
    chosen: Mapping[int, str]

    def fingerprint(self, content: bytes) -> str:
        """Of a file of *content* read this way: what was previewed is what is imported."""
        choice = json.dumps(sorted(self.chosen.items())).encode()
        return hashlib.sha256(content + choice).hexdigest()


def of(file: BinaryIO, sent: QueryDict) -> Columns:
    """What *sent* says of the columns of *file*, else what their titles suggest. Raises RefusedFile."""
    titles = first_row(file)[:MOST]
    places = range(len(titles))
    if any(f"{FIELD}{place}" in sent for place in places):
        asked = {place: sent.get(f"{FIELD}{place}", "") for place in places}
        chosen = {place: column for place, column in asked.items() if column in COLUMNS}
    else:
        chosen = guess(titles)
    columns = tuple(
        Column(field=f"{FIELD}{place}", title=title or f"Column {place + 1}", chosen=chosen.get(place, ""))
        for place, title in enumerate(titles)
    )
    return Columns(columns=columns, chosen=chosen)
