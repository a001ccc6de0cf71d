"""Runs of the sync in this process, and changes at the sandbox for them to read."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from integrations import connections
from integrations.intercom.sandbox.control import Sandbox
from integrations.models import Connection
from integrations.sync import engine

READ = "GET /conversations/*"


def at(address: str) -> Sandbox:
    """The sandbox that another process started."""
    intercom = Sandbox()
    intercom.url = address
    return intercom


@contextmanager
def changed(intercom: Sandbox, ids: Sequence[str], *, at: int) -> Iterator[None]:
    """Somebody writes in each of *ids* at that second; the block must read just these."""
    for one in ids:
        intercom.mutate("reply", id=one, text="And what of the other invoice?", at=at)
    intercom.reset_log()
    yield
    if (read := intercom.counts().get(READ, 0)) != len(ids):
        raise SystemExit(f"The run read {read} conversations where {len(ids)} had changed.")


def run(held: Connection) -> None:
    """Slices until nothing is left; the sweeps that the clock calls for are another matter."""
    connections.sync_now(held, by="benchmark")
    while (outcome := engine.run_slice(held.pk, may_sweep=False)).ended is engine.Ended.MORE:
        pass
    if outcome.ended is not engine.Ended.IDLE:
        raise SystemExit(f"The run ended otherwise than it should: {outcome}")
