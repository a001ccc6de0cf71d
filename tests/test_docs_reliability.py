"""docs/reliability.md names a test for each fault: those tests exist."""

import re
from pathlib import Path

TESTS = Path(__file__).parent
PAGE = TESTS.parent / "docs" / "reliability.md"
NAMED = re.compile(r"`([a-z_/]+\.py)::(test_[a-z0-9_]+)`")
FAULTS = range(1, 80)
TYPED = range(1, 22)
BAD_ANSWERS = range(31, 35)
TRIED = range(36, 45)


def test_every_test_that_is_named_exists() -> None:
    named = NAMED.findall(PAGE.read_text())
    assert len(named) > 90
    missing = [f"{file}::{name}" for file, name in named if f"def {name}(" not in (TESTS / file).read_text()]
    assert missing == []


def test_every_fault_has_a_test_or_says_that_it_has_none() -> None:
    rows = [line for line in PAGE.read_text().splitlines() if re.match(r"\| \d+ \|", line)]
    assert [int(row.split("|")[1]) for row in rows] == [*FAULTS, *TYPED, *BAD_ANSWERS, *TRIED]
    assert [row for row in rows if not NAMED.search(row) and "not proved yet" not in row] == []
