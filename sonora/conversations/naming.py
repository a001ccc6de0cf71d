"""On how many conversations the provider names each company, kept by the database itself in `CompanyTotal`."""

from sonora.core.running_totals import RunningTotal

TOTAL = RunningTotal(
    name="named_company",
    source="conversations_conversation",
    table="customers_companytotal",
    of=("connection_id", "company_id", "fetched_at", "deleted_at"),
    key={"connection_id": "{row}.connection_id", "company_id": "{row}.company_id"},
    amounts={"conversations": "1"},
    only_if="{row}.company_id IS NOT NULL AND {row}.fetched_at IS NOT NULL AND {row}.deleted_at IS NULL",
)
