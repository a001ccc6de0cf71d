"""The word lists: sections of alternatives, where [a|b] chooses and {name} is one line of another section."""

import re
from pathlib import Path
from random import Random

WORDS = Path(__file__).parent / "words"
_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_SLOT = re.compile(r"\{(\w+)\}")
_SPACES = re.compile(r"\s+")


class Lists:
    """All sections of the word lists; draws sentences from them with a generator of its caller's."""

    def __init__(self, folder: Path = WORDS) -> None:
        self._sections: dict[str, list[str]] = {}
        for path in sorted(folder.glob("*.txt")):
            self._sections |= _sections(path.read_text(encoding="utf-8"))

    def names(self) -> set[str]:
        return set(self._sections)

    def draw(self, name: str, rng: Random) -> str:
        """A line of section *name* with its choices made; raises KeyError when there is no such section."""
        return _SPACES.sub(" ", self._expand(rng.choice(self._sections[name]), rng)).strip()

    def _expand(self, template: str, rng: Random) -> str:
        while _CHOICE.search(template):
            template = _CHOICE.sub(lambda match: rng.choice(match[1].split("|")), template)
        return _SLOT.sub(lambda match: self._expand(rng.choice(self._sections[match[1]]), rng), template)


def _sections(text: str) -> dict[str, list[str]]:
    sections: dict[str, list[str]] = {}
    current: list[str] = []
    for line in text.splitlines():
        if line.startswith("== "):
            current = sections.setdefault(line[3:].strip(), [])
        elif line.strip() and not line.startswith("#"):
            current.append(line.strip())
    return sections
