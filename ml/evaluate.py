"""`python -m ml.evaluate [--data FOLDER] [--linear]`: how good the shipped reader is, a line a kind of text."""

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

from ml import measures, rows
from ml.rows import Measured
from sonora.insights.model_files import FOLDER, SUMS
from sonora.insights.readers import local_reader
from sonora.insights.reading import Reader, Reading

TIER = ("linear.npz", "reader.json", SUMS)


def line(kind: str, measured: Sequence[Measured], readings: Sequence[Reading]) -> str:
    """A row of the table: macro-F1 of the sentiment, F1 of requests, false alarms, r with people."""
    pairs = list(zip(readings, measured, strict=True))
    felt = [(reading.label.value, row.sentiment) for reading, row in pairs if row.sentiment]
    asked = [(reading.quote is not None, row.asks) for reading, row in pairs if row.asks is not None]
    graded = [(reading.score, row.graded) for reading, row in pairs if row.graded is not None]
    quiet = [said for said, asks in asked if not asks]
    cells = [
        f"{kind:11}",
        f"{len(measured):5}",
        f"{measures.macro_f1(*_columns(felt)):.3f}",
        f"{measures.f1(*_columns(asked)):.3f}" if any(asks for _, asks in asked) else "    –",
        f"{sum(quiet) / len(quiet):6.2%}" if quiet else "     –",
        f"{measures.correlation(*_columns(graded)):.3f}" if graded else "    –",
    ]
    return " | ".join(cells)


def _columns(pairs: Sequence[tuple]) -> tuple[list, list]:
    first, second = zip(*pairs, strict=True)
    return list(first), list(second)


def table(reader: Reader, measured: Sequence[Measured]) -> None:
    print(f"{reader.version}\nkind        |  rows | sentiment macro-F1 | request F1 | false alarms | r with people")
    for kind, some in rows.by_kind(measured).items():
        print(line(kind, some, reader.read([row.text for row in some])))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="the folder of training sets, for what they held back")
    parser.add_argument("--linear", action="store_true", help="the linear tier alone")
    arguments = parser.parse_args()
    measured = rows.own() + (rows.held_out(arguments.data) if arguments.data else [])
    if not arguments.linear:
        table(local_reader(FOLDER), measured)
        return
    with tempfile.TemporaryDirectory() as folder:
        for name in TIER:
            (Path(folder) / name).write_bytes((FOLDER / name).read_bytes())
        table(local_reader(Path(folder)), measured)


if __name__ == "__main__":
    main()
