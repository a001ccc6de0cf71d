"""Customers from a file. What is right is imported; what is not is listed by its row, and nothing is guessed.

A row belongs to the customer that has its (source, external id), else to the one of the same name and domain, else to
a new one. The same name with another domain is another customer. So several rows of one customer add external ids.
"""

from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from itertools import islice
from typing import BinaryIO

from django.db import transaction

from sonora.core import clock
from sonora.customers import csv_text
from sonora.customers.models import Customer, ExternalId
from sonora.customers.placing import FILLED, Batch, Known, look_up
from sonora.customers.rows import CustomerRow, Header, RefusedRow, header, read

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


def import_customers(workspace_id: int, file: BinaryIO, *, set_by: str, dry: bool = False) -> Outcome:
    """Import the CSV *file* into the workspace whose scope is open; with *dry* only tell what would happen.

    *set_by* (an e-mail, or empty) is noted on each external id. Raises RefusedFile when no row can be read.
    """
    outcome = Outcome()
    numbered = enumerate(csv_text.rows(file), start=1)
    try:
        head = _head(numbered)
        outcome.unknown_columns = head.unknown
        ledger = _Ledger(workspace_id, set_by, dry=dry)
        while some := list(islice(_readable(numbered, head, outcome), AT_ONCE)):
            ledger.take(some, outcome)
    except csv_text.Unreadable as problem:
        if not outcome.rows:
            raise RefusedFile(str(problem)) from None
        outcome.stopped = str(problem)
    return outcome


def _head(numbered: Iterator[tuple[int, list[str]]]) -> Header:
    for _, cells in numbered:
        if any(cells):
            try:
                return header(cells)
            except RefusedRow as problem:
                raise RefusedFile(str(problem)) from None
    raise RefusedFile("The file is empty. Its first row must name the columns, the rows below the customers.")


def _readable(
    numbered: Iterator[tuple[int, list[str]]], head: Header, outcome: Outcome
) -> Iterator[tuple[int, CustomerRow]]:
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
            Customer(workspace_id=self._workspace, name=one.name, created_at=now, **one.filled())
            for one in batch.created
        ]
        for one, customer in zip(batch.created, Customer.objects.bulk_create(created), strict=True):
            one.pk = customer.pk
        changed = [Customer(pk=one.pk, name=one.name, **one.filled()) for one in batch.changed]
        Customer.objects.bulk_update(changed, ["name", *FILLED], batch_size=100)
        ExternalId.objects.bulk_create(
            ExternalId(
                workspace_id=self._workspace, customer_id=one.pk, source=source, value=value, set_by=self._set_by
            )
            for one, source, value in batch.added_ids
            if one.pk is not None
        )

    def _count(self, batch: Batch, outcome: Outcome) -> None:
        updated = {one.pk for one in batch.changed if one.pk is not None} - self._own
        self._own |= updated | {one.pk for one in batch.created if one.pk is not None}
        outcome.created += len(batch.created)
        outcome.updated += len(updated)
        outcome.ids_added += len(batch.added_ids)
