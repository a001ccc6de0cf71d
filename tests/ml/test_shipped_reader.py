"""The shipped models on this project's own development rows: what they were when they were made, less a margin.

`python -m ml.evaluate` prints the figures themselves.
"""

from functools import cache

import pytest

from ml import measures, rows
from ml.rows import Measured
from sonora.insights.evidence import CERTAIN
from sonora.insights.model_files import FOLDER
from sonora.insights.readers import reader
from sonora.insights.reading import Reading

BYTES = 50_000_000  # of all models together
KINDS = (*rows.KINDS, rows.UNSEEN)


@cache
def read() -> dict[str, list[tuple[Measured, Reading]]]:
    """Every row of the project's own with its reading, by kind."""
    measured = rows.own()
    readings = reader().read([row.text for row in measured])
    pairs = list(zip(measured, readings, strict=True))
    return {kind: [pair for pair in pairs if pair[0].kind == kind] for kind in KINDS}


@pytest.mark.parametrize(
    ("kind", "floor"), [("support", 0.78), ("reviews", 0.65), ("posts", 0.68), ("forum", 0.78), ("unseen", 0.68)]
)
def test_feelings_are_told_as_well_as_promised(kind: str, floor: float):
    pairs = read()[kind]
    assert measures.macro_f1([one.label.value for _, one in pairs], [row.sentiment for row, _ in pairs]) >= floor


@pytest.mark.parametrize(
    ("kind", "floor"), [("support", 0.87), ("reviews", 0.87), ("posts", 0.83), ("forum", 0.87), ("unseen", 0.74)]
)
def test_requests_are_found_as_well_as_promised(kind: str, floor: float):
    pairs = read()[kind]
    assert measures.f1([one.quote is not None for _, one in pairs], [row.asks for row, _ in pairs]) >= floor


def test_few_texts_that_ask_for_nothing_are_taken_for_requests():
    quiet = [one for pairs in read().values() for row, one in pairs if not row.asks]
    assert sum(one.quote is not None for one in quiet) / len(quiet) < 0.05


def test_what_counts_without_a_person_is_nearly_always_a_request():
    certain = [row.asks for pairs in read().values() for row, one in pairs if one.quote and one.request >= CERTAIN]
    assert len(certain) > 150
    assert sum(certain) / len(certain) >= 0.95


def test_a_text_is_read_the_same_way_whatever_is_read_beside_it():
    pairs = [pair for some in read().values() for pair in some][::20]
    assert len(pairs) > 40
    assert [one for _, one in pairs] == [reader().read([row.text])[0] for row, _ in pairs]


def test_every_quote_stands_in_its_text():
    quoted = [(row.text, one.quote) for pairs in read().values() for row, one in pairs if one.quote]
    assert len(quoted) > 200
    assert [quote for text, quote in quoted if quote not in text] == []


def test_both_models_read_and_all_files_are_small_enough():
    assert not reader().version.endswith("-linear")
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) <= BYTES
