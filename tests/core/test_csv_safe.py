import csv
import io

import pytest

from sonora.core.csv_safe import lines


def written(*rows: list[str | int | float | None]) -> str:
    return "".join(lines(rows))


@pytest.mark.parametrize(
    "cell",
    [
        '=HYPERLINK("https://evil.example")',
        "+1",
        "-1",
        "@x",
        "\tx",
        "\rx",
        "\nx",
        "\0=1",
        "＝1+1",
        "  =1",
        "\ufeff=1",
        "\u200b+1",
    ],
)
def test_a_text_that_would_be_computed_gets_a_quote_mark(cell: str):
    (row,) = csv.reader(io.StringIO(written([cell]), newline=""))
    assert row == ["'" + cell.replace("\0", "\ufffd")]


@pytest.mark.parametrize("cell", ["plain", "a=b", "1-2", "mail@example.com", "", "it's", "'quoted'", "é😀", "  blank"])
def test_other_texts_stay_as_they_are(cell: str):
    (row,) = csv.reader(io.StringIO(written([cell, "x"]), newline=""))
    assert row == [cell, "x"]


def test_numbers_stay_numbers():
    assert written([-1, 2.5, 0, None, "-1"]) == "-1,2.5,0,,'-1\r\n"


def test_quotes_commas_and_line_ends_are_written_as_rfc_4180_says():
    assert written(['say "hi"', "a,b", "two\nlines"]) == '"say ""hi""","a,b","two\nlines"\r\n'


def test_rows_come_one_by_one():
    produced = lines([n] for n in iter(int, 1))
    assert next(produced) == "0\r\n"
    assert next(produced) == "0\r\n"
