"""What the legs came to: counts of tests from their JUnit files, and the words at the end."""

import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path


class Outcome(Enum):
    OK = "ok"
    FAILED = "FAILED"
    NOT_RUN = "NOT RUN"


@dataclass(slots=True)
class Tests:
    """How many tests of a leg passed, failed and were skipped, why these were, and what tests say of themselves."""

    passed: int = 0
    failed: int = 0
    skipped: list[str] = field(default_factory=list)
    says: list[str] = field(default_factory=list)

    def add(self, other: "Tests") -> None:
        self.passed += other.passed
        self.failed += other.failed
        self.skipped += other.skipped
        self.says += other.says

    def __str__(self) -> str:
        return f"{self.passed} passed, {self.failed} failed, {len(self.skipped)} skipped"


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
            tests.skipped.append(f"{case.get('classname')}::{case.get('name')}: {reason.get('message')}")
        elif case.find("failure") is not None or case.find("error") is not None:
            tests.failed += 1
        else:
            tests.passed += 1
    return tests


def exit_code(results: list[Result], *, ci: bool) -> int:
    """0 when every leg passed, 1 when one failed, 3 when one could not run (1 where *ci* insists)."""
    outcomes = {result.outcome for result in results}
    if Outcome.FAILED in outcomes:
        return 1
    if Outcome.NOT_RUN in outcomes:
        return 1 if ci else 3
    return 0
