"""An import and what follows from it: companies whose customer is known now, and the conversations with them."""

from collections.abc import Mapping
from typing import BinaryIO

from sonora.core import clock
from sonora.core.text import clean_text
from sonora.customers.imports import Outcome, import_customers
from sonora.customers.models import CustomerImport
from sonora.screens.customers import linking


def run(
    workspace_id: int, file: BinaryIO, *, name: str, by: str, chosen: Mapping[int, str] | None = None
) -> tuple[CustomerImport, Outcome]:
    """Import *file* (called *name*) for *by* (an e-mail, or empty) into the workspace whose scope is open.

    *chosen* as in `import_customers`.

    Raises RefusedFile when no row can be read; nothing is changed then.
    """
    outcome = import_customers(workspace_id, file, set_by=by, chosen=chosen)
    changed = outcome.created or outcome.updated or outcome.ids_added
    linked = linking.link(workspace_id) if changed else 0
    done = CustomerImport.objects.create(
        workspace_id=workspace_id,
        file_name=clean_text(name)[:255],
        at=clock.now(),
        imported_by=by,
        rows=outcome.rows,
        created=outcome.created,
        updated=outcome.updated,
        ids_added=outcome.ids_added,
        companies_linked=linked,
        refused=outcome.refused,
        unknown_columns=[clean_text(column)[:100] for column in outcome.unknown_columns[:100]],
        problems=[[one.row, one.name, one.sentence] for one in outcome.problems]
        + ([[None, "", outcome.stopped]] if outcome.stopped else []),
    )
    return done, outcome
