"""What a description may mean where a name in it is doubtful: two readings to choose from."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from sonora.canvas.describing import Described
from sonora.chat.interpreter import Ignored, Why
from sonora.chat.interpreter.names import Name
from sonora.chat.interpreter.tokens import key

SHOWN = 2
Again = Callable[[Sequence[Name]], Described]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What *text*, a description, means where its doubtful words, *unsure*, are *taken* for that; empty: for none."""

    unsure: str
    taken: str
    text: str
    meant: Described


def readings(text: str, found: Described, again: Again) -> list[Reading]:
    """Two readings of *text*, which was read as *found*; none where nothing is doubtful, or all of them say the same.

    *again* reads the same text, in which names stand for what was picked.
    """
    unsure = next((one for one in found.ignored if one.options), None)
    if unsure is None:
        return []
    meant: list[Reading] = []
    for one in _possible(text, unsure, found, again):
        is_new = all((one.meant.query, one.meant.kind) != (other.meant.query, other.meant.kind) for other in meant)
        if one.meant.query is not None and is_new:
            meant.append(one)
        if len(meant) == SHOWN:
            return meant
    return []


def _possible(text: str, unsure: Ignored, found: Described, again: Again) -> Iterator[Reading]:
    """All that *text* may mean, the likeliest first, last without the doubtful words."""
    if unsure.why is Why.AMBIGUOUS:
        for name, label in zip(unsure.names, unsure.options, strict=True):
            yield Reading(unsure=unsure.words, taken=label, text=text, meant=again([_standing(name, unsure)]))
    else:
        for label, name in _alike(unsure):
            clear = text.replace(unsure.name, f"“{label}”")
            yield Reading(unsure=unsure.words, taken=label, text=clear, meant=again([_standing(name, unsure)]))
    yield Reading(unsure=unsure.words, taken="", text=text, meant=found)


def _standing(name: Name, unsure: Ignored) -> Name:
    """*name* as it stands in the text: a firm without its legal form, or a name with a slip."""
    return name if key(name.label) in key(unsure.words) else replace(name, label=unsure.name)


def _alike(unsure: Ignored) -> Iterator[tuple[str, Name]]:
    """What is called nearly as its words say, but for names that several things have."""
    for label in unsure.options:
        names = [one for one in unsure.names if one.label == label]
        if len(names) == 1:
            yield label, names[0]
