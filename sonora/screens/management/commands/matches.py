"""`manage.py matches --workspace SLUG [--json]`: which company is which customer, a line a company."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django_scopes import scope

from sonora.customers.models import Company, ExternalId, Match
from sonora.screens.management import workspace as workspaces

AT_ONCE = 1_000


class Command(BaseCommand):
    help = "Lists every Intercom company with the customer it is or may be, and why."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--workspace", required=True, metavar="SLUG")
        parser.add_argument("--json", action="store_true", dest="as_json", help="a JSON object a line")

    def handle(self, *_: Any, workspace: str, as_json: bool, **__: Any) -> None:
        with scope(workspace=workspaces.named(workspace)):
            companies = Company.objects.all().present().select_related("match__customer", "match__external_id")
            batch: list[Company] = []
            for company in companies.order_by("external_id").iterator(chunk_size=AT_ONCE):
                batch.append(company)
                if len(batch) == AT_ONCE:
                    self._write(batch, as_json=as_json)
                    batch = []
            self._write(batch, as_json=as_json)

    def _write(self, companies: list[Company], *, as_json: bool) -> None:
        first = _first_ids(companies)
        for company in companies:
            line = _line(company, first)
            self.stdout.write(json.dumps(line) if as_json else _words(line, company))


def _first_ids(companies: list[Company]) -> dict[int, ExternalId]:
    """The first external id of each customer that one of *companies* is."""
    customers = {match.customer_id for company in companies if (match := _match(company)) and match.customer_id}
    ids = ExternalId.objects.filter(customer__in=customers).order_by("-pk")
    return {one.customer_id: one for one in ids}


def _match(company: Company) -> Match | None:
    return getattr(company, "match", None)


def _line(company: Company, first: dict[int, ExternalId]) -> dict[str, Any]:
    match = _match(company)
    customer = match.customer if match else None
    known = (match.external_id or first.get(customer.pk)) if match and customer else None
    return {
        "company_id": company.external_id,
        "state": match.state if match else Match.State.UNMATCHED.value,
        "customer_external_id": known.value if known else None,
        "source": known.source if known else None,
        "customer": customer.name if customer else None,
        "method": (match.method or None) if match else None,
        "score": match.score if match else None,
        "reasons": match.reasons if match else [],
    }


def _words(line: dict[str, Any], company: Company) -> str:
    customer = f" → {line['customer']}" if line["customer"] else ""
    return f"{line['company_id']}  {company.name or '(no name)'}: {line['state']}{customer}"
