"""Small pictures of numbers: what a template tag is given to draw."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar of a strip: *height* from 0 to 1, up from the line or down; *meaning* as that of a pill."""

    height: float
    meaning: str
    is_down: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """One part of a whole: its words, how many, and how it looks: ok, accent, warn, strong or neutral."""

    word: str
    number: int
    look: str
