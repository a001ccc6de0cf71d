"""The folder that holds what one machine keeps: SQLite, Valkey, and secrets that nobody configured."""

import os
import secrets
import socket
from pathlib import Path

from cryptography.fernet import Fernet


def prepare(folder: Path) -> Path:
    """Create *folder* for its owner alone (0700) and return it resolved."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder.resolve()


def kept_secret(folder: Path, name: str) -> str:
    """The secret kept in *folder* under *name*; made once, readable by its owner alone.

    Two processes that start at the same moment agree on one value: the file is linked into place, never overwritten.
    """
    path = folder / name
    if not path.exists():
        _write_once(path, Fernet.generate_key().decode() if name == "field-key" else secrets.token_urlsafe(50))
    return path.read_text(encoding="ascii").strip()


def _write_once(path: Path, value: str) -> None:
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(value, encoding="ascii")
    try:
        os.link(draft, path)
    except FileExistsError:
        pass  # another process was first; its value counts
    finally:
        draft.unlink()


def valkey_url(folder: Path) -> str:
    """The address of the embedded Valkey that runs on *folder*, or an empty string.

    A launcher that was killed leaves its note behind, so the note alone says nothing.
    """
    url = _noted(folder / "valkey.url")
    return url if _listens(url.removeprefix("unix://").partition("?")[0]) else ""


def _listens(path: str) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        probe.settimeout(1)
        try:
            probe.connect(path)
        except OSError:
            return False
    return True


def sandbox_origins(folder: Path) -> list[str]:
    """The origins that a running `bin/demo` noted in *folder*, so that `manage.py` alone reaches its sandbox too."""
    return [origin for origin in _noted(folder / "extra-base-urls").split(",") if origin]


def _noted(note: Path) -> str:
    return note.read_text(encoding="utf-8").strip() if note.exists() else ""
