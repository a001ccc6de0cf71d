"""`manage.py import_customers --workspace SLUG FILE.csv`."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django_scopes import scope

from sonora.core import words
from sonora.customers.imports import Outcome, RefusedFile
from sonora.customers.models import CustomerImport
from sonora.customers.rows import COLUMNS
from sonora.screens.customers import importing
from sonora.screens.management import workspace as workspaces
from sonora.workspaces import audit
from sonora.workspaces.models import Workspace

LISTED = 100  # problems on the screen


class Command(BaseCommand):
    help = (
        f"Imports customers from a CSV file with the columns {', '.join(COLUMNS)}, in any order; only name is "
        "required. What is right is imported; rows that are not are listed, and the exit status is 1."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--workspace", required=True, metavar="SLUG")
        parser.add_argument("file", metavar="FILE.csv", type=Path)

    def handle(self, *_: Any, workspace: str, file: Path, **__: Any) -> None:
        owner = workspaces.named(workspace)
        with scope(workspace=owner):
            done, outcome = _import(owner, file)
            audit.record(
                "customers.imported",
                subject=file.name,
                detail={"created": done.created, "updated": done.updated, "refused": done.refused},
                workspace=owner,
            )
        self._tell(done, outcome)
        if outcome.stopped:
            raise CommandError(outcome.stopped)
        if outcome.refused:
            raise CommandError(
                f"{words.counted(outcome.refused, 'row was,rows were')} not imported. Correct and import again."
            )

    def _tell(self, done: CustomerImport, outcome: Outcome) -> None:
        self.stdout.write(
            f"{words.counted(done.rows, 'row')}: {words.counted(done.created, 'new customer')}, "
            f"{done.updated:,} updated, {words.counted(done.ids_added, 'new external ID')}, "
            f"{words.counted(done.companies_linked, 'company,companies')} matched by ID."
        )
        if outcome.unknown_columns:
            self.stderr.write(f"Columns that Sonora doesn't know were left out: {', '.join(outcome.unknown_columns)}")
        for problem in outcome.problems[:LISTED]:
            name = f" ({problem.name})" if problem.name else ""
            self.stderr.write(f"Row {problem.row}{name}: {problem.sentence}")
        if outcome.refused > LISTED:
            self.stderr.write(f"… and {words.counted(outcome.refused - LISTED, 'row')} more.")


def _import(owner: Workspace, file: Path) -> tuple[CustomerImport, Outcome]:
    try:
        with file.open("rb") as opened:
            return importing.run(owner.pk, opened, name=file.name, by="")
    except OSError as problem:
        raise CommandError(f"{file} cannot be read: {problem.strerror or problem}.") from None
    except RefusedFile as problem:
        raise CommandError(str(problem)) from None
