"""Customers from a file. What is right is imported; what is not is listed by its row, and nothing is guessed.

A row belongs to the customer that has its (source, external id), else to the one of the same name and domain, else to
a new one. The same name with another domain is another customer. So several rows of one customer add external ids.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, nullcontext
from dataclasses import dataclass, field
from itertools import islice
from typing import BinaryIO

from django.db import transaction

from sonora.core import clock
from sonora.core.upsert import upsert
from sonora.customers import csv_text, sources
from sonora.customers.models import Customer, ExternalId
from sonora.customers.placing import FILLED, Batch, Known, Placed, look_up
from sonora.customers.rows import CustomerRow, Header, RefusedRow, header, read
from sonora.customers.sources import How, Sources

AT_ONCE = 500  # rows: one short transaction each
MOST_PROBLEMS = 10_000
SAMPLE = 10  # rows of a preview
LARGEST_FILE = 20 * 1024 * 1024  # bytes, through a browser


class RefusedFile(Exception):
    """Nothing of the file can be imported; the text says why, for a person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A row that was not imported: its number as a spreadsheet counts, its customer's name, and why not."""

    row: int
    name: str
    sentence: str


@dataclass(slots=True, kw_only=True)
class Outcome:
    """What an import did, or (in a preview) would do."""

    rows: int = 0
    created: int = 0
    updated: int = 0
    ids_added: int = 0
    refused: int = 0
    unknown_columns: tuple[str, ...] = ()
    problems: list[Problem] = field(default_factory=list)
    sample: list[tuple[int, CustomerRow, str]] = field(default_factory=list)  # number, row, what would become of it
    stopped: str = ""  # why the rest of the file was not read


def first_row(file: BinaryIO) -> list[str]:
    """What the columns of the CSV *file* are called. Raises RefusedFile when it has no row that can be read."""
    with closing(csv_text.rows(file)) as rows:
        return _first(_until_unreadable(enumerate(rows, start=1), outcome := Outcome()), outcome)


def import_customers(
    workspace_id: int, file: BinaryIO, *, set_by: str, chosen: Mapping[int, str] | None = None, dry: bool = False
) -> Outcome:
    """Import the CSV *file* into the workspace whose scope is open; with *dry* only tell what would happen.

    *set_by* (an e-mail, or empty) is noted on each external id. *chosen* says which column of the file (counted from 0)
    is which of `rows.COLUMNS`; without it the first row does. Raises RefusedFile when no row can be read.
    """
    outcome = Outcome()
    with closing(csv_text.rows(file)) as rows:
        numbered = _until_unreadable(enumerate(rows, start=1), outcome)
        head = _head(numbered, outcome, chosen)
        outcome.unknown_columns = head.unknown
        ledger = _Ledger(workspace_id, set_by, dry=dry)
        readable = _readable(numbered, head, outcome)
        while some := list(islice(readable, AT_ONCE)):
            ledger.take(some, outcome)
    if outcome.stopped and not outcome.rows:
        raise RefusedFile(outcome.stopped)
    return outcome


Numbered = Iterator[tuple[int, list[str]]]


def _until_unreadable(numbered: Numbered, outcome: Outcome) -> Numbered:
    try:
        yield from numbered
    except csv_text.Unreadable as problem:
        outcome.stopped = str(problem)


def _head(numbered: Numbered, outcome: Outcome, chosen: Mapping[int, str] | None) -> Header:
    try:
        return header(_first(numbered, outcome), chosen)
    except RefusedRow as problem:
        raise RefusedFile(str(problem)) from None


def _first(numbered: Numbered, outcome: Outcome) -> list[str]:
    for _, cells in numbered:
        if any(cells):
            return cells
    raise RefusedFile(
        outcome.stopped or "The file is empty. Its first row must name the columns, the rows below the customers."
    )


def _readable(numbered: Numbered, head: Header, outcome: Outcome) -> Iterator[tuple[int, CustomerRow]]:
    for number, cells in numbered:
        if not any(cells):
            continue
        outcome.rows += 1
        try:
            yield number, read(cells, head)
        except RefusedRow as problem:
            place = head.places["name"]
            name = cells[place] if place < len(cells) else ""
            outcome.refused += 1
            if len(outcome.problems) < MOST_PROBLEMS:
                outcome.problems.append(Problem(row=number, name=name[:255], sentence=str(problem)))


class _Ledger:
    """Places rows batch by batch; between batches it remembers primary keys alone.

    A dry run writes nothing, so it also remembers whom it would have created.
    """

    def __init__(self, workspace_id: int, set_by: str, *, dry: bool) -> None:
        self._workspace, self._set_by, self._dry = workspace_id, set_by, dry
        self._planned = Known()
        self._own: set[int] = set()  # created or already counted as updated

    def take(self, rows: Sequence[tuple[int, CustomerRow]], outcome: Outcome) -> None:
        """Import *rows* in their order, and count them in *outcome*."""
        with nullcontext() if self._dry else transaction.atomic():
            batch = Batch(look_up([row for _, row in rows], self._planned))
            for number, row in rows:
                verb = batch.place(row)
                if len(outcome.sample) < SAMPLE:
                    outcome.sample.append((number, row, verb))
            if not self._dry:
                self._write(batch)
        if self._dry:
            self._planned.add(batch)
        self._count(batch, outcome)

    def _write(self, batch: Batch) -> None:
        now = clock.now()
        created = [
            Customer(
                workspace_id=self._workspace,
                name=one.name,
                created_at=now,
                sources=self._sources(one, now),
                **one.filled(),
            )
            for one in batch.created
        ]
        for one, customer in zip(batch.created, Customer.objects.bulk_create(created), strict=True):
            one.pk = customer.pk
        changed = [
            {
                "id": one.pk,
                "workspace_id": self._workspace,
                "name": one.name,
                "created_at": one.created_at,
                "sources": self._sources(one, now),
                **one.filled(),
            }
            for one in batch.changed
        ]
        upsert(
            Customer, changed, key=("id",), update=("name", "sources", *FILLED)
        )  # bulk_update takes several times as long
        ExternalId.objects.bulk_create(
            ExternalId(
                workspace_id=self._workspace, customer_id=one.pk, source=source, value=value, set_by=self._set_by
            )
            for one, source, value in batch.added_ids
            if one.pk is not None
        )

    def _sources(self, one: Placed, now: int) -> Sources:
        return one.sources | sources.noted(one.learned, How.FILE, by=self._set_by, at=now)

    def _count(self, batch: Batch, outcome: Outcome) -> None:
        updated = {one.pk for one in batch.changed if one.pk is not None} - self._own
        self._own |= updated | {one.pk for one in batch.created if one.pk is not None}
        outcome.created += len(batch.created)
        outcome.updated += len(updated)
        outcome.ids_added += len(batch.added_ids)
