"""Payloads in the shapes of Intercom's API, made up for these tests."""

import json
from pathlib import Path
from typing import Any


def load(name: str) -> Any:
    """The payload *name*, parsed."""
    return json.loads((Path(__file__).parent / f"{name}.json").read_text())
