"""The processes that the launcher starts: each in a group of its own, with a log file, never outliving the launcher."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

LIBC = ctypes.CDLL(None)
PR_SET_PDEATHSIG = 1
PATIENCE = 12.0  # seconds that a worker may take for what it has in hand
LAST_LINES = 15


class ChildDied(Exception):
    """A child ended that should have gone on; the text says which, and shows what it last said."""


def _prepare(parent_gone: signal.Signals) -> None:
    """In the child, before its program begins: die with the launcher, and hear the signals that tell it to.

    A shell that starts `bin/demo &` without job control has it ignore SIGINT and SIGQUIT, and children inherit that.
    """
    for deaf in (signal.SIGINT, signal.SIGQUIT):
        signal.signal(deaf, signal.SIG_DFL)
    LIBC.prctl(PR_SET_PDEATHSIG, parent_gone)


@dataclass(slots=True)
class Child:
    """A started process, its *name* for people, and the file that holds what it says."""

    name: str
    process: "subprocess.Popen[bytes]"
    log: Path

    def check(self) -> None:
        """Raise ChildDied when the process has ended."""
        code = self.process.poll()
        if code is not None:
            raise ChildDied(f"{self.name} stopped by itself (exit code {code}). Its last lines:\n{self.last_lines()}")

    def last_lines(self) -> str:
        """The end of its log, indented."""
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-LAST_LINES:]
        return "\n".join(f"  {line}" for line in lines) + f"\nThe whole log: {self.log}"


@dataclass(slots=True)
class Family:
    """All children, in the order of their start; they are stopped in the opposite order."""

    logs: Path
    checkout: Path
    environment: Mapping[str, str]
    lock: int  # inherited by each child: the data folder is taken until the last of them is gone
    children: list[Child] = field(default_factory=list)

    def python(self, name: str, *arguments: str, parent_gone: signal.Signals = signal.SIGTERM, **extra: str) -> Child:
        """Start `python arguments` as *name* with *extra* environment variables; its output goes to a log file."""
        return self.start(name, [sys.executable, *arguments], extra=extra, parent_gone=parent_gone)

    def start(
        self,
        name: str,
        command: Sequence[str | Path],
        *,
        extra: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        parent_gone: signal.Signals = signal.SIGTERM,
        stdout: int | None = None,
    ) -> Child:
        """Start *command*; *parent_gone* is the signal it gets when the launcher is killed."""
        log = self.logs / f"{name.lower().replace(' ', '-')}.log"
        with log.open("wb") as file:
            process = subprocess.Popen(  # noqa: S603  our own commands
                [str(part) for part in command],
                stdin=subprocess.DEVNULL,
                stdout=file if stdout is None else stdout,
                stderr=file,
                cwd=cwd or self.checkout,
                env={**self.environment, **(extra or {})},
                start_new_session=True,
                pass_fds=(self.lock,),
                preexec_fn=lambda: _prepare(parent_gone),  # noqa: PLW1509  one thread only
            )
        child = Child(name, process, log)
        self.children.append(child)
        return child

    def check(self) -> None:
        """Raise ChildDied when one of them has ended."""
        for child in self.children:
            child.check()

    def forget(self, child: Child) -> None:
        """No longer expect *child* to run."""
        self.children.remove(child)

    def stop(self) -> None:
        """End every child; what does not end in time is killed with its whole group."""
        *rest, broker = reversed(self.children) if self.children else [None]
        self._end([child for child in rest if child])
        self._end([broker] if broker else [])
        self.children.clear()

    def _end(self, children: list[Child]) -> None:
        for child in children:
            _signal_to(child, signal.SIGTERM)
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and any(child.process.poll() is None for child in children):
            time.sleep(0.05)
        for child in children:
            _signal_to_group(child, signal.SIGKILL)
            child.process.wait()


def _signal_to(child: Child, number: signal.Signals) -> None:
    if child.process.poll() is None:
        child.process.send_signal(number)


def _signal_to_group(child: Child, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):  # all of them are gone
        os.killpg(child.process.pid, number)


def read_lines(pipe: IO[bytes], rest: bytes) -> tuple[list[str], bytes]:
    """The whole lines that have arrived in *pipe* (non-blocking) after *rest*, and what is left of the next one."""
    try:
        rest += os.read(pipe.fileno(), 65536)
    except BlockingIOError:
        return [], rest
    *lines, rest = rest.split(b"\n")
    return [line.decode(errors="replace") for line in lines], rest
