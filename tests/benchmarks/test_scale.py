"""Pages are measured over rows that PostgreSQL really holds."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.journey
def test_a_small_database_is_filled_and_a_list_of_silent_people_measured() -> None:
    small = ["--database", "postgresql", "--conversations", "5000", "--times", "1"]
    command = [sys.executable, str(ROOT / "benchmarks" / "scale.py"), *small, "--only", "conversations: rhythm"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stderr
    assert "| conversations: rhythm |" in done.stdout
    assert "measured. Over the limit:" in done.stdout
