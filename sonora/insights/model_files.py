"""The trained models that are part of the product, read only when they are whole. Pure."""

import hashlib
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "ml" / "models"
SUMS = "SHA256SUMS"


class ModelUnusable(Exception):
    """A model is not there, or is not the file that was built: install it anew."""


def model_file(name: str, *, folder: Path = FOLDER) -> bytes:
    """The content of the model *name*. Raises ModelUnusable when it is missing or its SHA-256 is not the listed one."""
    try:
        listed = (folder / SUMS).read_text(encoding="utf-8").splitlines()
        content = (folder / name).read_bytes()
    except OSError as error:
        raise ModelUnusable(f"The model {name} cannot be read: {error.strerror}.") from error
    if f"{hashlib.sha256(content).hexdigest()}  {name}" not in listed:
        raise ModelUnusable(f"The model {name} is not the one that was built: its SHA-256 is not in {SUMS}.")
    return content
