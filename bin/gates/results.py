"""What the legs came to: counts of tests from their JUnit files, and the words at the end."""

import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

LONGEST_MESSAGE = 300  # characters


class Outcome(Enum):
    OK = "ok"
    FAILED = "FAILED"
    NOT_RUN = "NOT RUN"


@dataclass(slots=True)
class Tests:
    """How many tests of a leg passed, which failed or were skipped and why, which passed only when they were run again
    alone, and what tests say of themselves.
    """

    passed: int = 0
    failed: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    unsteady: list[str] = field(default_factory=list)
    says: list[str] = field(default_factory=list)

    def add(self, other: "Tests") -> None:
        self.passed += other.passed
        self.failed += other.failed
        self.skipped += other.skipped
        self.unsteady += other.unsteady
        self.says += other.says

    def forgive(self) -> None:
        """All that failed has passed when it was run again alone: it counts as passed, and is named."""
        self.passed += len(self.failed)
        self.unsteady, self.failed = self.failed, []

    def __str__(self) -> str:
        return f"{self.passed} passed, {len(self.failed)} failed, {len(self.skipped)} skipped"


@dataclass(slots=True)
class Result:
    """One leg: how it ended, how many seconds it took, what it printed."""

    name: str
    outcome: Outcome
    seconds: float
    output: str = ""
    tests: Tests | None = None


def read_junit(path: Path) -> Tests:
    """The tests that a pytest run noted in its JUnit file at *path*; none when there is no such file."""
    tests = Tests()
    if not path.exists():
        return tests
    for case in ET.parse(path).iter("testcase"):  # noqa: S314  pytest has just written it
        tests.says += [one.get("value", "") for one in case.iter("property") if one.get("name") == "says"]
        reason = case.find("skipped")
        if reason is not None:
            tests.skipped.append(f"{_name(case)}: {reason.get('message')}")
        elif (error := _error(case)) is not None:
            tests.failed.append(f"{_name(case)}: {_first_line(error.get('message', ''))}")
        else:
            tests.passed += 1
    return tests


def _name(case: ET.Element) -> str:
    return f"{case.get('classname')}::{case.get('name')}"


def _error(case: ET.Element) -> ET.Element | None:
    failure = case.find("failure")
    return failure if failure is not None else case.find("error")


def _first_line(message: str) -> str:
    return next(iter(message.splitlines()), "")[:LONGEST_MESSAGE]


def exit_code(results: list[Result], *, ci: bool) -> int:
    """0 when every leg passed, 1 when one failed, 3 when one could not run (1 where *ci* insists)."""
    outcomes = {result.outcome for result in results}
    if Outcome.FAILED in outcomes:
        return 1
    if Outcome.NOT_RUN in outcomes:
        return 1 if ci else 3
    return 0
