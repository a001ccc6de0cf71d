"""The analysis gives way to whoever else works on this machine."""

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
print(os.nice(0), AUTOGROUP.read_text().split()[-1] if AUTOGROUP.exists() else 10)
"""


@pytest.mark.parametrize(("own_session", "niceness"), [(True, {"10 10"}), (False, {"10 0", "10 10"})])
def test_a_process_becomes_nice_and_its_session_where_it_is_its_own(own_session: bool, niceness: set[str]):
    started = [sys.executable, "-c", ASKS]
    root = Path(__file__).resolve().parents[2]
    ended = subprocess.run(
        started, cwd=root, start_new_session=own_session, capture_output=True, text=True, check=True, timeout=30
    )
    assert ended.stdout.strip() in niceness
