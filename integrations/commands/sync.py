"""`intercom sync`: a run at once; with --wait in this process, to its end."""

import math
import time
from argparse import ArgumentParser, ArgumentTypeError

from integrations import connections
from integrations.commands import (
    A_PERSON_MUST_ACT,
    BY,
    DONE,
    FAILED,
    TIME_IS_UP,
    Options,
    Output,
    connection_of,
    provider,
    workspace_named,
)
from integrations.models import Connection, Pending, StreamState, SyncState
from integrations.sync import engine
from sonora.core import clock
from sonora.workspaces.models import Workspace
from sonora.workspaces.scoping import scope

HELP = "Start a run at once. With --wait, work in this process until it is finished."
NECESSARY = ("conversations", "contacts")


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--workspace", required=True, metavar="SLUG")
    parser.add_argument("--now", action="store_true", help="whatever the schedule says; every stream is read once")
    parser.add_argument("--wait", action="store_true", help="come back when the run is finished")
    parser.add_argument("--timeout", type=_seconds, metavar="S", help="with --wait: give up after S seconds (exit 3)")


def run(options: Options, output: Output) -> int:
    """Mark the connection due, or work until the run is finished. Exit codes: 0 complete, 3 time is up, 4, 1."""
    workspace = workspace_named(options["workspace"])
    with scope(workspace=workspace):
        connection = connection_of(workspace)
        if options["now"] or not options["wait"]:
            connections.sync_now(connection, by=BY)
        if not options["wait"]:
            output.out.write("The sync is due now. A worker takes it up.")
            return DONE
        ends = time.monotonic() + options["timeout"] if options["timeout"] is not None else None
        return _Waiter(workspace, connection.pk, output, ends).work()


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = math.nan
    if not seconds >= 0:  # nan is not
        raise ArgumentTypeError(f"{text!r} is not a number of seconds")
    return seconds


def _plan(off: StreamState) -> str:
    """That no permission helps, where the plan of the provider's workspace is the reason."""
    return f"Your {provider().title} plan doesn't include {off.stream}." if off.off_reason == "plan" else ""


class _Waiter:
    """Slice after slice until nothing is left; says on stderr what it waits for, each thing once."""

    def __init__(self, workspace: Workspace, connection_id: int, output: Output, ends: float | None) -> None:
        self.workspace = workspace
        self.connection_id = connection_id
        self.output = output
        self.ends = ends
        self.told = ""

    def work(self) -> int:
        while True:
            left = self._left()
            if left <= 0:
                return self._say("Time is up. What is stored stays; the next sync goes on from there.", TIME_IS_UP)
            outcome = engine.run_slice(
                self.connection_id, seconds=min(left, engine.SECONDS), patience=min(left, 15.0), may_sweep=False
            )
            verdict = self._verdict(outcome)
            if verdict is not None:
                return verdict
            self._pause(outcome)

    def _left(self) -> float:
        return engine.SECONDS if self.ends is None else self.ends - time.monotonic()

    def _verdict(self, outcome: engine.Outcome) -> int | None:
        """The exit code, or None to go on."""
        with scope(workspace=self.workspace):
            connection = Connection.objects.get(pk=self.connection_id)
            if connection.setup != Connection.Setup.OK:
                return self._say(connection.last_error or f"{connection.get_setup_display()}.", A_PERSON_MUST_ACT)
            if connection.run == Connection.Run.PAUSED_AFTER_FAILURES:
                return self._say(connection.last_error, FAILED)
            if outcome.ended is engine.Ended.FAILED and self.ends is None and connection.failed_slices >= 5:
                return self._say(connection.last_error, FAILED)
            if outcome.ended is engine.Ended.IDLE or outcome.ended is engine.Ended.BUSY:
                return self._finished(connection)
        return None

    def _finished(self, connection: Connection) -> int | None:
        state = SyncState.objects.get(connection=connection)
        off = {one.stream: one for one in connection.streams.exclude(off_reason="")}
        is_open = state.run_target is not None or state.tail_from is not None or bool(state.owed)
        if is_open or state.now_requested_at is not None:
            return None
        missing = [off[stream] for stream in NECESSARY if stream in off]
        for one in missing:
            self.output.err.write(
                _plan(one) or f"This token can't read {one.stream}. Turn on {one.off_detail} in Intercom."
            )
        if missing:
            return A_PERSON_MUST_ACT
        if state.initial_done_at is None or state.run_id is not None or self._has_pending():
            return None
        for stream, one in sorted(off.items()):
            self.output.err.write(_plan(one) or f"{stream} could not be read: turn on {one.off_detail} in Intercom.")
        self.output.out.write(f"{provider().title} is synced.")
        return DONE

    def _has_pending(self) -> bool:
        return Pending.objects.filter(connection=self.connection_id, not_before__lte=clock.now()).exists()

    def _pause(self, outcome: engine.Outcome) -> None:
        if outcome.ended is engine.Ended.BUSY:
            self._tell("Another process is syncing this workspace. Waiting for it.")
            self._sleep(0.5)
        elif outcome.ended is engine.Ended.FAILED:
            error = outcome.error
            self._tell(getattr(error, "user_message", "") or "Intercom could not be read.")
            self._sleep(outcome.wait)
        elif outcome.ended is engine.Ended.WAIT:
            self._tell(f"Intercom's limit is reached. Going on in {outcome.wait:.0f} s.")
            self._sleep(outcome.wait)
        elif outcome.ended is engine.Ended.IDLE:
            self._sleep(0.5)  # a conversation was put off for some seconds

    def _sleep(self, seconds: float) -> None:
        if self.ends is not None:
            seconds = min(seconds, max(0.0, self.ends - time.monotonic()))
        time.sleep(max(0.0, seconds))

    def _tell(self, sentence: str) -> None:
        if sentence != self.told:
            self.told = sentence
            self.output.err.write(sentence)

    def _say(self, sentence: str, code: int) -> int:
        self.output.err.write(sentence)
        return code
