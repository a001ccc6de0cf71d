"""One demo per data folder: a lock that is free again when the launcher and all its children are gone."""

import fcntl
import os
import time
from pathlib import Path

ORPHANS = 30.0  # seconds that the children of a killed launcher may still need


class Taken(Exception):
    """Another demo runs on this data folder."""


def take(folder: Path) -> int:
    """The descriptor of the lock on *folder*, which children inherit. Raises Taken while another launcher lives."""
    descriptor = os.open(folder / "demo.lock", os.O_RDWR | os.O_CREAT, 0o600)
    deadline = time.monotonic() + ORPHANS
    while not _locked(descriptor):
        holder = os.pread(descriptor, 20, 0).decode().strip()
        if _lives(holder) or time.monotonic() > deadline:
            os.close(descriptor)
            raise Taken(
                f"Another demo (process {holder}) runs on {folder}. Stop it, or name another folder in SONORA_DATA_DIR."
            )
        time.sleep(0.1)
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, str(os.getpid()).encode(), 0)
    return descriptor


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _lives(process: str) -> bool:
    if not process.isdigit():
        return False
    try:
        command = Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return False
    return b"sonora.demo" in command
