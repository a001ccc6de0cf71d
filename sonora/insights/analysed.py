"""How many conversations each pair of readers analysed, kept by the database itself in `AnalysisTotal`."""

from sonora.core import running_totals
from sonora.core.running_totals import RunningTotal

TOTAL = RunningTotal(
    name="analysed",
    source="insights_analysis",
    table="insights_analysistotal",
    of=("connection_id", "sentiment_by", "requests_by"),
    key={name: f"{{row}}.{name}" for name in ("connection_id", "sentiment_by", "requests_by")},
    amounts={"conversations": "1"},
)


def settle(connection_id: int) -> None:
    """Make few entries of many; who analyses does so after each batch, who syncs after each slice."""
    running_totals.settle([TOTAL], connection_id)
