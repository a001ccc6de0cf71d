"""Five thousand slices in one process take no more memory than five hundred."""

import pytest

from tests.faults import figures
from tests.faults.stack import Stack

pytestmark = [pytest.mark.journey, pytest.mark.long]
SLICES = 5_000
SCRIPT = f"""
import django, sys
django.setup()
from pathlib import Path
from integrations.models import Connection, SyncState
from integrations.sync import engine
from sonora.core import clock
from sonora.workspaces.scoping import scopes_disabled

def resident():
    return int(Path("/proc/self/statm").read_text().split()[1])

with scopes_disabled():
    pk = Connection.objects.get().pk
for number in range({SLICES}):
    if number % 10 == 0:  # a whole run; the slices between find nothing to do
        with scopes_disabled():
            SyncState.objects.update(now_requested_at=clock.now())
    engine.run_slice(pk)
    if number == {SLICES} // 10:
        settled = resident()
print(settled, resident())
"""


def test_memory_stays_flat_over_five_thousand_slices(stack: Stack) -> None:
    for name in ("one", "two", "beat"):
        stack.children[name].end()  # nobody else works on the connection; the next test starts them again
    ended = stack.python("-c", SCRIPT, seconds=1_800)
    before, after = (int(pages) for pages in ended.split()[-2:])
    figures.note("5,000 slices, growth of memory", (after / before - 1) * 100, limit=10, unit="%")
    assert after < before * 1.1
