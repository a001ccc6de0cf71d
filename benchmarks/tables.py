"""Measurements as Markdown, and the place in README.md where they stand."""

import os
import platform
import sqlite3
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from jobs import DOCUMENTED_LIMIT, Section
from measuring import Measured

README = Path(__file__).with_name("README.md")
BEGIN, END = "<!-- figures -->", "<!-- /figures -->"
COLUMNS = (
    "", "latency", "seconds", "conv/s", "× sequential", "requests", "in flight", "client CPU s", "of it HTTP",
    "database CPU s", "sandbox CPU s", "client CPU ms/conv", "peak MB", "with start-up s",
)  # fmt: skip
LIMIT_COLUMNS = ("limit used", "429s")
WORKER_COLUMNS = ("first row s", "first screen s")


def head() -> str:
    """When and on what the figures below were measured."""
    load = os.getloadavg()[0]
    busy = " The machine was busy with other work, so seconds and ratios say little; CPU says more." if load > 1 else ""
    return (
        f"Measured on {date.today().isoformat()}: {os.cpu_count()} cores, Python {platform.python_version()}, "  # noqa: DTZ011
        f"SQLite {sqlite3.sqlite_version}; load average at the start {load:.1f}.{busy}"
    )


def table(section: Section, rows: Sequence[Measured]) -> str:
    """The section's heading and its table; *rows* in the order in which they are to stand."""
    limited = section.rate_limit <= 10 * DOCUMENTED_LIMIT
    columns = COLUMNS + (LIMIT_COLUMNS if limited else ()) + (WORKER_COLUMNS if section.worker else ())
    plain = {row.latency: row.seconds for row in rows if row.how == "sequential"}
    lines = [
        [*_cells(one, plain.get(one.latency), limited=limited), *(_first(one) if section.worker else ())]
        for one in rows
    ]
    ruler = ["---", *["---:"] * (len(columns) - 1)]
    body = "\n".join(f"| {' | '.join(cells)} |" for cells in (columns, ruler, *lines))
    return f"### {section.title}\n\n{_conditions(section)}\n\n{body}"


def into_readme(text: str) -> None:
    """Put *text* between the markers of README.md."""
    before, _, rest = README.read_text().partition(BEGIN)
    _, _, after = rest.partition(END)
    README.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}")


def _conditions(section: Section) -> str:
    limited = (
        f"{section.rate_limit:,} requests per 10 s, share {section.share:.0%}" if section.rate_limit < 10**6 else ""
    )
    best = f"best of {section.runs} runs" if section.runs > 1 else "one run"
    return "; ".join(filter(None, [str(section.job), limited, best])) + "."


def _cells(one: Measured, plain: float | None, *, limited: bool) -> list[str]:
    cells = [
        one.how,
        f"{one.latency} ms",
        f"{one.seconds:.2f}",
        f"{one.conversations / one.seconds:.0f}",
        f"{plain / one.seconds:.1f}" if plain else "–",
        f"{one.requests:,}",
        str(one.in_flight),
        f"{one.cpu:.2f}",
        _or_dash(one.cpu_wire, ".2f"),
        _or_dash(one.cpu_database, ".2f"),
        f"{one.cpu_sandbox:.2f}",
        f"{1000 * one.cpu / one.conversations:.1f}",
        f"{one.peak_mb:.0f}",
        _or_dash(one.whole, ".2f"),
    ]
    return [*cells, _or_dash(one.limit_used, ".1%"), str(one.refused)] if limited else cells


def _first(one: Measured) -> list[str]:
    return [_or_dash(one.first_row, ".1f"), _or_dash(one.first_screen, ".1f")]


def _or_dash(value: float | None, form: str) -> str:
    return "–" if value is None else format(value, form)
