"""What the demo keeps from one start to the next, so that it is the same workspace again."""

import base64
import contextlib
import json
import os
import secrets
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

NAME = "demo.json"
CONVERSATIONS = 400


def _new_token() -> str:
    return base64.b64encode(b"tok:" + secrets.token_hex(18).encode()).decode()


@dataclass(slots=True, kw_only=True)
class Kept:
    """*clock_start* is the sandbox's "now" in Unix seconds; *replace* asks for the synced data to be dropped first."""

    token: str = field(default_factory=_new_token, repr=False)
    password: str = field(default_factory=lambda: secrets.token_urlsafe(12), repr=False)
    clock_start: int = field(default_factory=lambda: int(time.time()))
    conversations: int = CONVERSATIONS
    sandbox_port: int = 0
    replace: bool = False
    customers_imported: bool = False
    static_stamp: str = ""


def load(folder: Path) -> Kept:
    """What *folder* keeps; something new when it keeps nothing, or nothing that can be read."""
    with contextlib.suppress(OSError, ValueError, TypeError):
        return Kept(**json.loads((folder / NAME).read_text(encoding="utf-8")))
    return Kept()


def save(folder: Path, kept: Kept) -> None:
    """Write *kept* so that a crash leaves the old or the new, readable by its owner alone."""
    draft = folder / f".{NAME}"
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        json.dump(asdict(kept), file)
    draft.replace(folder / NAME)
