"""The check sums of the models, which the product compares before it uses one."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

SUMS = "SHA256SUMS"


def record(folder: Path, names: Iterable[str]) -> None:
    """Writes the sums of the files *names* in *folder* to its SHA256SUMS; the lines of other files stay."""
    path = folder / SUMS
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    sums = {name: digest for digest, name in (line.split("  ", 1) for line in lines)}
    sums |= {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in names}
    path.write_text("".join(f"{digest}  {name}\n" for name, digest in sorted(sums.items())), encoding="utf-8")
