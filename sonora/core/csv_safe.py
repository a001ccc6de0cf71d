"""CSV that a spreadsheet shows and never computes."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

Cell = str | int | float | None

# With what a cell must begin for a spreadsheet to compute it or to read it as another cell (OWASP: CSV injection).
FORMULA_STARTS = tuple("=+-@\t\r\n\0＝＋－＠")
UNSEEN = " \u00a0\u200b\ufeff"  # spreadsheets trim these before they look


def lines(rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """Each of *rows* as RFC 4180 writes it, with CR LF at its end; numbers stay numbers and None is an empty cell."""
    buffer = StringIO()
    writer = csv.writer(buffer, quoting=csv.QUOTE_MINIMAL, lineterminator="\r\n")
    for row in rows:
        writer.writerow([cell if isinstance(cell, int | float) else _text(cell) for cell in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def _text(cell: str | None) -> str:
    """*cell* with a quote mark before it when it would be a formula; NUL, which CSV cannot hold, is replaced."""
    text = cell or ""
    mark = "'" if text.lstrip(UNSEEN).startswith(FORMULA_STARTS) else ""
    return mark + text.replace("\0", "\ufffd")
