"""How much is held of each kind of object, kept by the database itself: what the entries of `HeldTotal` count."""

from collections.abc import Mapping
from types import MappingProxyType

from integrations.models import HeldTotal
from sonora.conversations import naming
from sonora.core import running_totals
from sonora.core.running_totals import RunningTotal
from sonora.customers.models import CompanyTotal
from sonora.insights import analysed
from sonora.insights.models import AnalysisTotal

THERE = "{row}.deleted_at IS NULL"
READ = f"{THERE} AND {{row}}.fetched_at IS NOT NULL"
NAMED = f"{THERE} AND {{row}}.name <> ''"  # a tag is seen as soon as anything names it
SHORT = f"{READ} AND {{row}}.parts_total > {{row}}.parts_held"
SYNCED = ("connection_id", "fetched_at", "deleted_at")


def _one_if(condition: str) -> str:
    return _if(condition, "1")


def _if(condition: str, amount: str) -> str:
    return f"CASE WHEN {condition} THEN {amount} ELSE 0 END"


def _total(
    kind: str, source: str, amounts: Mapping[str, str] = MappingProxyType({}), *, of: tuple[str, ...] = SYNCED
) -> RunningTotal:
    nothing = dict.fromkeys(("held", "named_only", "parts", "parts_lacking", "short"), "0")
    return RunningTotal(
        name=f"held_{kind}",
        source=source,
        table="integrations_heldtotal",
        of=of,
        key={"connection_id": "{row}.connection_id", "kind": f"'{kind}'"},
        amounts={"number": "1", **nothing, **amounts},
    )


OF_READ = {"held": _one_if(READ), "named_only": _one_if(f"{THERE} AND {{row}}.fetched_at IS NULL")}
OF_TAGS = {"held": _one_if(NAMED), "named_only": _one_if(f"{NAMED} AND {{row}}.fetched_at IS NULL")}
OF_PARTS = {
    "parts": _if(READ, "{row}.parts_held"),
    "parts_lacking": _if(SHORT, "{row}.parts_total - {row}.parts_held"),
    "short": _one_if(SHORT),
}

TOTALS = (
    _total("teammates", "conversations_teammate", OF_READ),
    _total("tags", "conversations_tag", OF_TAGS, of=(*SYNCED, "name")),
    _total("companies", "customers_company", OF_READ),
    _total("contacts", "people_contact", OF_READ),
    _total(
        "conversations",
        "conversations_conversation",
        {**OF_READ, **OF_PARTS},
        of=(*SYNCED, "parts_total", "parts_held"),
    ),
    _total("messages", "conversations_message", of=("connection_id",)),
)


def settle(connection_id: int) -> None:
    """Make few entries of many; whoever works on the connection does so now and then."""
    running_totals.settle(TOTALS, connection_id)
    running_totals.settle([naming.TOTAL], connection_id)
    analysed.settle(connection_id)


def mend(connection_id: int) -> dict[str, dict[str, int]]:
    """Count everything anew and set right what the totals lack; by kind and column, how much too small they were.

    Empty when all was right, as it always is unless rows were written while the triggers were off.
    """
    columns = tuple(TOTALS[0].amounts)
    found = {
        kind: dict(zip(columns, lacks, strict=True)) for _, kind, *lacks in running_totals.mend(TOTALS, connection_id)
    }
    for _, company, lack in running_totals.mend([naming.TOTAL], connection_id):
        found[f"company {company}"] = {"conversations": lack}
    for _, *readers, lack in running_totals.mend([analysed.TOTAL], connection_id):
        found[f"analysed by {' and '.join(reader or 'nobody' for reader in readers)}"] = {"conversations": lack}
    return {kind: {name: int(lack) for name, lack in lacks.items() if lack} for kind, lacks in found.items()}


def forget(connection_id: int) -> None:
    """Remove the entries of a connection that holds nothing any more."""
    HeldTotal.objects.filter(connection_id=connection_id).delete()
    CompanyTotal.objects.filter(connection_id=connection_id).delete()
    AnalysisTotal.objects.filter(connection_id=connection_id).delete()
