"""The runner of `bin/check`: what it counts, what it says, how it ends."""

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

GATES = Path(__file__).resolve().parents[2] / "bin/gates"


@pytest.fixture
def gates(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(GATES))
    return importlib.import_module("runner")


def test_a_failed_leg_does_not_stop_the_others(gates: Any) -> None:
    results = gates.run_all([_leg(gates, "first", "exit 1"), _leg(gates, "second", "exit 0")])
    assert [(result.name, result.outcome.name) for result in results] == [("first", "FAILED"), ("second", "OK")]


def test_the_exit_code_tells_failure_from_a_leg_that_could_not_run(gates: Any) -> None:
    passed, failed, missing = (
        gates.run_all([_leg(gates, "leg", script, surroundings=surroundings)])
        for script, surroundings in (("exit 0", None), ("exit 1", None), ("exit 0", _nothing_here(gates)))
    )
    assert gates.exit_code(passed, ci=True) == 0
    assert gates.exit_code(passed + missing, ci=False) == 3
    assert gates.exit_code(passed + missing, ci=True) == 1
    assert gates.exit_code(missing + failed, ci=False) == 1


def test_the_last_line_counts_the_tests_of_all_legs_and_skips_are_told_with_their_reasons(
    gates: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    leg = _pytest(
        gates,
        tmp_path,
        "import pytest\ndef test_good(): pass\ndef test_bad(): assert 0\n"
        "def test_left(): pytest.skip('no such thing')\n",
    )
    monkeypatch.setattr(gates.legs, "chosen", lambda **_: [leg])
    monkeypatch.delenv("CI", raising=False)
    assert gates.main([]) == 1
    shown = capsys.readouterr().out
    assert shown.splitlines()[-1] == "1 passed, 1 failed, 1 skipped"
    assert "no such thing" in shown
    assert "test_three::test_bad: assert 0" in shown


def test_what_failed_once_and_passes_alone_is_passed_and_named(
    gates: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    leg = _pytest(
        gates,
        tmp_path,
        "import pathlib\nseen = pathlib.Path(__file__).with_suffix('.seen')\n"
        "def test_now_and_then():\n    was = seen.exists()\n    seen.touch()\n    assert was\n",
    )
    monkeypatch.setattr(gates.legs, "chosen", lambda **_: [leg])
    assert gates.main([]) == 0
    shown = capsys.readouterr().out
    assert shown.splitlines()[-1] == "1 passed, 0 failed, 0 skipped"
    assert "Unsteady: failed once, and passed when run again alone (1):\n  test_three::test_now_and_then" in shown


def test_many_failures_get_no_second_chance(gates: Any) -> None:
    leg = _leg(gates, "many", "exit 1")
    few, many = ("".join(f"FAILED tests/a.py::test_{one} - assert 0\n" for one in range(number)) for number in (3, 4))
    assert gates.again.alone(leg, few).command[-3:] == [f"tests/a.py::test_{one}" for one in range(3)]
    assert gates.again.alone(leg, many) is None


def test_a_failed_test_is_run_again_without_the_others_of_its_folder(gates: Any) -> None:
    leg = replace(_leg(gates, "browser", ""), command=["pytest", "-m", "browser", "tests/browser"])
    again = gates.again.alone(leg, "FAILED tests/browser/test_a.py::test_one - assert 0\n")
    assert again.command == ["pytest", "-m", "browser", "-n", "0", "tests/browser/test_a.py::test_one"]


def test_a_test_that_failed_in_a_group_is_run_again_by_its_own_name(gates: Any) -> None:
    said = "FAILED tests/a.py::test_one[x@y]@looks-0 - assert 0\nERROR tests/a.py::test_two@stack\n"
    assert gates.again.failed(said) == ["tests/a.py::test_one[x@y]", "tests/a.py::test_two"]


@pytest.mark.parametrize("kind", ["simulation", "journey", "browser"])
def test_each_test_lies_where_the_leg_of_its_kind_looks(gates: Any, kind: str) -> None:
    tests = GATES.parents[1] / "tests"
    marked = [path for path in tests.rglob("test_*.py") if f"pytest.mark.{kind}" in path.read_text(encoding="utf-8")]
    folders = [GATES.parents[1] / folder for folder in gates.legs.FOLDERS[kind]]
    assert marked
    assert [path for path in marked if not any(path.is_relative_to(folder) for folder in folders)] == []


def test_quick_leaves_out_what_needs_servers_and_browsers(gates: Any) -> None:
    everything = {leg.name for leg in gates.legs.chosen(quick=False, long=False)}
    quick = {leg.name for leg in gates.legs.chosen(quick=True, long=False)}
    assert {"ruff check", "mypy strict", "tests on SQLite"} <= quick
    assert {"tests on PostgreSQL", "simulation", "journeys", "browser"} <= everything - quick


def _leg(gates: Any, name: str, script: str, **more: Any) -> Any:
    return gates.Leg(name=name, command=["sh", "-c", script], **{key: value for key, value in more.items() if value})


def _pytest(gates: Any, folder: Path, tests: str) -> Any:
    (folder / "test_three.py").write_text(tests)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:django", "-c", "/dev/null", str(folder)]
    return gates.Leg(name="three", command=command, tests=True)


def _nothing_here(gates: Any) -> Any:
    @contextmanager
    def surroundings() -> Iterator[dict[str, str]]:
        raise gates.Unavailable("no such program")
        yield {}

    return surroundings
