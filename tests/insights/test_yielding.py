"""The analysis gives way to whoever else works on this machine."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ASKS = """
import os
from pathlib import Path
from sonora.insights.yielding import AUTOGROUP, yield_to_others
yield_to_others()
yield_to_others()
told = AUTOGROUP.read_text().split() if AUTOGROUP.exists() else []
print(os.nice(0), told[-1] if told else "no groups here")
"""
DEEPER = f"import subprocess, sys; sys.exit(subprocess.run([sys.executable, '-c', {ASKS!r}]).returncode)"
DEEPEST = f"import subprocess, sys; sys.exit(subprocess.run([sys.executable, '-c', {DEEPER!r}]).returncode)"


@pytest.mark.parametrize(("program", "of_session"), [(ASKS, "10"), (DEEPER, "10"), (DEEPEST, "0")])
def test_a_process_becomes_nice_and_its_session_where_it_or_its_parent_leads_it(program: str, of_session: str):
    own = max(10, os.nice(0))
    assert said_in_a_session_of_its_own(program) in {f"{own} {of_session}", f"{own} no groups here"}


def test_a_process_that_was_nicer_stays_so():
    own = min(19, os.nice(0) + 15)
    assert said_in_a_session_of_its_own(f"import os; os.nice(15); {ASKS}").startswith(f"{own} ")


def said_in_a_session_of_its_own(program: str) -> str:
    root = Path(__file__).resolve().parents[2]
    started = [sys.executable, "-c", program]
    return subprocess.run(
        started, cwd=root, start_new_session=True, stdout=subprocess.PIPE, text=True, check=True, timeout=60
    ).stdout.strip()
