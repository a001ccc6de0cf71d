"""Importing customers from a file: choose, look, confirm, and what came of it.

The preview stores nothing: the browser still holds the file and sends it again with the confirmation. A file that
differs from the one previewed, or whose columns were chosen anew, is previewed again.
"""

from http import HTTPStatus
from typing import BinaryIO, cast

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from sonora.core import csv_safe
from sonora.customers.imports import RefusedFile, import_customers
from sonora.customers.models import CustomerImport
from sonora.customers.rows import COLUMNS
from sonora.screens.customers import importing, mapping
from sonora.screens.customers.forms import ImportForm
from sonora.screens.customers.mapping import Columns
from sonora.workspaces import audit
from sonora.workspaces.access import Request, permitted
from sonora.workspaces.permissions import IMPORT_CUSTOMERS

SHOWN_PROBLEMS = 100


@require_http_methods(["GET", "POST"])
@permitted(IMPORT_CUSTOMERS)
def create(request: Request) -> HttpResponse:
    if request.method == "GET":
        return _page(request, ImportForm())
    form = ImportForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form)
    file = cast("BinaryIO", form.cleaned_data["file"].file)
    columns: Columns | None = None
    try:
        columns = mapping.of(file, request.POST)
        if form.cleaned_data["seen"] == columns.fingerprint(_content(file)):
            return _import(request, file, columns, name=form.cleaned_data["file"].name)
        return _preview(request, form, file, columns)
    except RefusedFile as problem:
        form.add_error("file", str(problem))
        return _page(request, form, {"mapping": columns})


@require_GET
@permitted(IMPORT_CUSTOMERS)
def show(request: Request, pk: int) -> HttpResponse:
    done = get_object_or_404(CustomerImport, pk=pk)
    problems = done.problems[:SHOWN_PROBLEMS]
    return render(request, "customers/imported.html", {"done": done, "problems": problems})


@require_GET
@permitted(IMPORT_CUSTOMERS)
def problems(request: Request, pk: int) -> HttpResponse:  # noqa: ARG001 - a view's signature
    done = get_object_or_404(CustomerImport, pk=pk)
    rows = [["row", "name", "problem"], *done.problems]
    return HttpResponse(
        "".join(csv_safe.lines(rows)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="rows-not-imported-{done.pk}.csv"'},
    )


def _content(file: BinaryIO) -> bytes:
    file.seek(0)
    return file.read()


def _preview(request: Request, form: ImportForm, file: BinaryIO, columns: Columns) -> HttpResponse:
    by = request.user.email
    outcome = import_customers(request.workspace.pk, file, set_by=by, chosen=columns.chosen, dry=True)
    found = {
        "outcome": outcome,
        "problems": outcome.problems[:SHOWN_PROBLEMS],
        "digest": columns.fingerprint(_content(file)),
        "changed": bool(form.cleaned_data["seen"]),
        "mapping": columns,
    }
    return _page(request, form, found)


def _import(request: Request, file: BinaryIO, columns: Columns, *, name: str) -> HttpResponse:
    by = request.user.email
    done, outcome = importing.run(request.workspace.pk, file, name=name, by=by, chosen=columns.chosen)
    audit.record(
        "customers.imported",
        subject=done.file_name,
        detail={"created": outcome.created, "updated": outcome.updated, "refused": outcome.refused},
        request=request,
    )
    if request.htmx:
        return HttpResponse(status=HTTPStatus.NO_CONTENT, headers={"HX-Redirect": f"/customers/imports/{done.pk}"})
    return redirect("customer-import", pk=done.pk)


def _page(request: Request, form: ImportForm, found: dict[str, object] | None = None) -> HttpResponse:
    template = "customers/_preview.html" if request.htmx else "customers/import.html"
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, template, {"form": form, "columns": COLUMNS, **(found or {})}, status=status)
