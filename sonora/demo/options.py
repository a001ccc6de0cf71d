"""What the demo can be told."""

import argparse
import os
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """*conversations* None means as many as at the start before, 400 at the first one."""

    port: int
    connect: bool
    conversations: int | None
    once: bool
    reload: bool


def parse(arguments: list[str]) -> Options:
    """The options on the command line; ends the process with a sentence when they contradict each other."""
    parser = argparse.ArgumentParser(
        prog="bin/demo", description="Starts Sonora on this machine with a sandbox Intercom."
    )
    parser.add_argument("--port", type=int, default=8000, help="port of the web page on 127.0.0.1")
    parser.add_argument(
        "--no-connect", action="store_true", help="leave Intercom unconnected, to walk through the wizard"
    )
    parser.add_argument("--conversations", type=int, metavar="N", help="size of the sandbox's workspace")
    parser.add_argument("--once", action="store_true", help="stop when the first sync is complete")
    parser.add_argument(
        "--reload", action="store_true", help="for development: DEBUG=1, and the web restarts on changes"
    )
    given = parser.parse_args(arguments)
    if given.once and given.no_connect:
        parser.error("--once waits for the first sync, and with --no-connect there is none. Leave one of them out.")
    if not 1 <= given.port <= 65535:
        parser.error(f"--port {given.port} is no port: choose a number from 1 to 65535.")
    if given.conversations is not None and given.conversations < 1:
        parser.error("--conversations must be 1 or more.")
    return Options(
        port=given.port,
        connect=not given.no_connect,
        conversations=given.conversations,
        once=given.once,
        reload=given.reload,
    )


def data_dir() -> Path:
    """The folder of this machine's data, created for its owner alone (0700)."""
    folder = Path(os.environ.get("SONORA_DATA_DIR") or CHECKOUT / ".data")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder.resolve()
