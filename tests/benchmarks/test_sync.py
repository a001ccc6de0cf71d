"""The benchmark runs, and says what README.md promises."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
COLUMNS = {
    "latency",
    "seconds",
    "conv/s",
    "× sequential",
    "requests",
    "client CPU s",
    "database CPU s",
    "sandbox CPU s",
    "client CPU ms/conv",
    "peak MB",
    "with start-up s",
}


@pytest.mark.journey
def test_a_small_run_ends_with_a_table_that_sets_the_sync_beside_the_sequential_client(tmp_path: Path) -> None:
    small = ["--conversations", "20", "--parts", "2", "--contacts", "5", "--companies", "3", "--latency", "5"]
    rows = _rows(_benchmark("--quick", *small, "--profile", str(tmp_path)))

    assert set(rows) == {"sequential", "SQLite"}
    for row in rows.values():
        assert row.keys() >= COLUMNS
        assert float(row["seconds"]) > 0
        assert float(row["peak MB"]) > 10
    plain, ours = rows["sequential"], rows["SQLite"]
    assert float(ours["× sequential"]) == pytest.approx(
        float(plain["seconds"]) / float(ours["seconds"]), rel=0.2, abs=0.1
    )
    assert int(plain["requests"]) >= 20 + 3  # each conversation, and a page of each list
    assert int(ours["requests"]) >= 20 + 3
    assert float(ours["with start-up s"]) > float(ours["seconds"])
    profiles = tmp_path / "sqlite"
    assert "save_conversations" in (profiles / "slice.txt").read_text()
    assert "handle_async_request" in (profiles / "wire.txt").read_text()


def _benchmark(*arguments: str) -> str:
    command = [sys.executable, "benchmarks/sync.py", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def _rows(printed: str) -> dict[str, dict[str, str]]:
    """The cells of the table by the first cell of their row, then by the head of their column."""
    table = [[cell.strip() for cell in line.strip("|").split("|")] for line in printed.splitlines() if line[:1] == "|"]
    head, _ruler, *lines = table
    return {line[0]: dict(zip(head, line, strict=True)) for line in lines}
