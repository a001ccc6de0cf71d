"""What somebody said by hand, which stands whatever the figures say. Pure."""

from dataclasses import dataclass
from typing import Generic, TypeVar

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Chosen(Generic[Value]):
    """*by* (a name) said it at *at* (Unix seconds)."""

    value: Value
    by: str
    at: int
