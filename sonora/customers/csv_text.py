"""Reading a file of customers that some spreadsheet wrote: its encoding, its separator, its rows. Pure."""

import codecs
import csv
from collections.abc import Generator, Iterator
from io import TextIOWrapper
from itertools import count
from typing import BinaryIO

SEPARATORS = ",;\t|"
LONGEST_CELL = 131_072  # characters; the csv module stops there
_SAMPLE = 65_536  # bytes
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class Unreadable(Exception):
    """The file is no table of customers; the text says what to do, for a person."""


def rows(file: BinaryIO) -> Generator[list[str], None, None]:
    """The rows of *file* as cells without blanks around them. Raises Unreadable in the middle where a quote never ends.

    The encoding is what the first bytes mark, else UTF-8, else Windows-1252, as spreadsheets write. The separator is
    the one that parts the first row most.
    """
    text = TextIOWrapper(file, encoding=_encoding(file), errors="replace", newline="")
    try:
        separator = _separator(text)
        text.seek(0)
        yield from _cells(_Lines(text), separator)
    finally:
        text.detach()


class _Lines:
    """The lines of a text, and whether all were read: a row that wants one more has a quote that never ends."""

    def __init__(self, text: Iterator[str]) -> None:
        self._text = text
        self.are_read = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        try:
            return next(self._text)
        except StopIteration:
            self.are_read = True
            raise


def _cells(lines: _Lines, separator: str) -> Iterator[list[str]]:
    reader = csv.reader(lines, delimiter=separator)
    for number in count(1):
        try:
            row = next(reader, None)
        except csv.Error:
            raise _unreadable(
                f"Row {number} holds a cell of over {LONGEST_CELL:,} characters, often a quote that never ends."
            ) from None
        if row is None:
            return
        if lines.are_read:
            raise _unreadable(f"Row {number} has a quote that never ends.")
        yield [cell.replace("\0", "").strip() for cell in row]


def _unreadable(why: str) -> Unreadable:
    return Unreadable(f"{why} The rows from there on were not read. Correct it and import the file again.")


def _encoding(file: BinaryIO) -> str:
    file.seek(0)
    start = file.read(_SAMPLE)
    for mark, encoding in _MARKS:
        if start.startswith(mark):
            file.seek(0)
            return encoding
    encoding = _unmarked_utf16(start) or ("utf-8" if _is_utf8(file) else "cp1252")
    file.seek(0)
    return encoding


def _unmarked_utf16(start: bytes) -> str:
    """UTF-16 without its mark has a zero in every second byte of Latin text."""
    if start[1:200:2].count(0) > len(start[:200]) // 4:
        return "utf-16-le"
    if start[0:200:2].count(0) > len(start[:200]) // 4:
        return "utf-16-be"
    return ""


def _is_utf8(file: BinaryIO) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    file.seek(0)
    try:
        while part := file.read(_SAMPLE):
            decoder.decode(part)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _separator(text: TextIOWrapper) -> str:
    first = text.readline(LONGEST_CELL)
    while first and not first.strip(f"{SEPARATORS}\r\n "):
        first = text.readline(LONGEST_CELL)
    return max(SEPARATORS, key=lambda one: len(next(csv.reader([first.rstrip("\r\n")], delimiter=one), [])))
