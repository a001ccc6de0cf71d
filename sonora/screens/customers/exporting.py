"""All customers as a file that the import takes back."""

from collections.abc import Iterator

from django.http import HttpResponseBase, StreamingHttpResponse
from django.views.decorators.http import require_GET

from sonora.core import csv_safe
from sonora.core.csv_safe import Cell
from sonora.customers.models import Customer, ExternalId
from sonora.customers.rows import COLUMNS
from sonora.workspaces import audit
from sonora.workspaces.access import Request, permitted
from sonora.workspaces.permissions import IMPORT_CUSTOMERS
from sonora.workspaces.scoping import scope

AT_ONCE = 1_000  # customers


@require_GET
@permitted(IMPORT_CUSTOMERS)
def download(request: Request) -> HttpResponseBase:
    """A row for each external id of a customer, one for a customer without any; the columns are the import's."""
    audit.record("customers.exported", request=request)
    return StreamingHttpResponse(
        csv_safe.lines(_rows(request.workspace.pk)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="customers.csv"'},
    )


def _rows(workspace_id: int) -> Iterator[list[Cell]]:
    """The response is sent after the view returned, so the scope is opened anew."""
    yield list(COLUMNS)
    last = ("", 0)
    while True:
        with scope(workspace=workspace_id):
            customers, rows = _lot(last)
        yield from rows
        if not customers:
            return
        last = (customers[-1].name, customers[-1].pk)


def _lot(last: tuple[str, int]) -> tuple[list[Customer], list[list[Cell]]]:
    name, pk = last
    after = Customer.objects.filter(name__gte=name).exclude(name=name, pk__lte=pk) if pk else Customer.objects.all()
    customers = list(after.order_by("name", "pk")[:AT_ONCE])
    ids: dict[int, list[ExternalId]] = {}
    for one in ExternalId.objects.filter(customer__in=customers).order_by("source", "value"):
        ids.setdefault(one.customer_id, []).append(one)
    return customers, [row for one in customers for row in _rows_of(one, ids.get(one.pk, []))]


def _rows_of(customer: Customer, ids: list[ExternalId]) -> Iterator[list[Cell]]:
    arr = "" if customer.arr is None else f"{customer.arr:.2f}"
    renewal = "" if customer.renewal_date is None else customer.renewal_date.isoformat()
    for source, value in [(one.source, one.value) for one in ids] or [("", "")]:
        yield [
            customer.name,
            customer.domain,
            value,
            source,
            customer.tier,
            arr,
            renewal,
            customer.owner,
            customer.health,
        ]
