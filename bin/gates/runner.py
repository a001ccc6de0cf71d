"""Runs every gate, goes on after a failure, and ends with what ran: `bin/check` installs first and then starts this."""

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import again
import legs
from legs import Leg
from postgres import CHECKOUT, Unavailable
from results import Outcome, Result, Tests, exit_code, read_junit

CORES = 2
OUTPUT_SHOWN = 6000  # characters of a failed leg
RED, PLAIN = ("\033[31m", "\033[0m") if sys.stdout.isatty() else ("", "")
TESTS_FAILED, NO_TESTS = 1, 5  # pytest's exit codes: some failed, and it collected nothing


def main(arguments: list[str]) -> int:
    """Run the legs that *arguments* choose and print what became of them. Returns the exit code."""
    options = _options(arguments)
    started = time.monotonic()
    results = run_all(legs.chosen(quick=options.quick, long=options.long))
    _summary(results, seconds=time.monotonic() - started)
    return exit_code(results, ci=bool(os.environ.get("CI")))


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/check", description="Runs every test and gate of Sonora.")
    parser.add_argument(
        "--quick", action="store_true", help="leave out PostgreSQL, journeys, browser and the rest that takes long"
    )
    parser.add_argument("--long", action="store_true", help="also the tests that take minutes")
    return parser.parse_args(arguments)


def run_all(chosen: list[Leg]) -> list[Result]:
    """Run the legs in order, as many at a time as there are cores for."""
    cores = Cores(CORES)
    with ThreadPoolExecutor(max_workers=CORES) as pool:
        return list(pool.map(lambda leg: _within(cores, leg), chosen))


class Cores:
    """A count of free cores; a leg waits until there are as many as it weighs."""

    def __init__(self, number: int) -> None:
        self._free = number
        self._changed = threading.Condition()

    def take(self, number: int) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._free >= number)
            self._free -= number

    def give(self, number: int) -> None:
        with self._changed:
            self._free += number
            self._changed.notify_all()


def _within(cores: Cores, leg: Leg) -> Result:
    cores.take(leg.weight)
    try:
        result = _run(leg)
    finally:
        cores.give(leg.weight)
    _report(result)
    return result


def _run(leg: Leg) -> Result:
    started = time.monotonic()
    try:
        with leg.surroundings() as extra:
            code, output, tests = _execute(leg, extra or {})
            if tests and code == TESTS_FAILED and (few := again.alone(leg, output)):
                code, more, _ = _execute(few, extra or {})
                output += more
                if code == 0:
                    tests.forgive()
    except Unavailable as reason:
        return Result(leg.name, Outcome.NOT_RUN, time.monotonic() - started, str(reason))
    outcome = Outcome.OK if code == 0 else Outcome.FAILED
    if code == NO_TESTS and leg.tests:
        outcome, output = Outcome.NOT_RUN, "There is no test of this kind."
    return Result(leg.name, outcome, time.monotonic() - started, output, tests)


def _execute(leg: Leg, extra: dict[str, str]) -> tuple[int, str, Tests | None]:
    with tempfile.TemporaryDirectory() as folder:
        junit = Path(folder) / "junit.xml"
        done = subprocess.run(
            [*leg.command, f"--junitxml={junit}"] if leg.tests else leg.command,
            cwd=CHECKOUT,
            env=os.environ | extra,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )
        return done.returncode, done.stdout, read_junit(junit) if leg.tests else None


def _report(result: Result) -> None:
    counts = f"  {result.tests}" if result.tests else ""
    red, plain = ("", "") if result.outcome is Outcome.OK else (RED, PLAIN)
    lines = [f"{red}{result.outcome.value:<8}{result.name:<28}{result.seconds:7.1f} s{counts}{plain}"]
    lines += [f"        {one}" for one in (result.tests.says if result.tests else [])]
    if result.outcome is not Outcome.OK:
        lines.append(_indented(result.output[-OUTPUT_SHOWN:]))
    print("\n".join(lines), flush=True)


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.rstrip().splitlines())


def _summary(results: Iterable[Result], *, seconds: float) -> None:
    total = Tests()
    print("\n---- bin/check ----")
    for result in results:
        print(f"{result.outcome.value:<8}{result.name:<28}{result.seconds:7.1f} s  {result.tests or ''}".rstrip())
        if result.tests:
            total.add(result.tests)
            print("".join(f"        {one}\n" for one in result.tests.says), end="")
    _list("Skipped, each with its reason", total.skipped)
    _list("Unsteady: failed once, and passed when run again alone", total.unsteady)
    _list("Failed", total.failed)
    print(f"\n{seconds:.0f} s in all")
    print(total)


def _list(title: str, lines: list[str]) -> None:
    if lines:
        print(f"\n{title} ({len(lines)}):")
        print("\n".join(f"  {line}" for line in lines))
