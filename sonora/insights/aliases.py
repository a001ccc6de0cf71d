"""Names of one thing: a feature's name, its acronym, the protocol and the products that stand for it. Pure.

Vectors of sentences do not know that SSO, SAML and a sign-in with Okta are one wish. So all names of one thing are read
as the first of them before a text becomes a vector, and who searches for one name finds the others.
"""

import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

MOST_LINES = 200
MOST_NAMES = 20  # of one thing
LONGEST_NAME = 80  # characters
MOST_VARIANTS = 40  # of one search

# What a workspace begins with; it may change all of it.
DEFAULTS = (
    ("single sign-on", "SSO", "SAML", "OIDC", "Okta", "Entra ID", "Azure AD"),
    ("two-factor authentication", "2FA", "MFA", "multi-factor authentication", "authenticator app"),
    ("user provisioning", "SCIM", "directory sync"),
    ("dark mode", "dark theme", "night mode"),
    ("public API", "REST API", "API access"),
    ("webhook", "event callback"),
    ("CSV export", "spreadsheet export", "Excel export", "XLSX export"),
    ("mobile app", "iOS app", "Android app", "iPhone app"),
    ("audit log", "audit trail", "activity log"),
    ("role-based access", "RBAC", "user roles", "custom roles"),
)


class Wrong(ValueError):
    """What was typed is no table of names; the text says why, for a person."""


@dataclass(frozen=True)
class Names:
    """A table: each line holds the names of one thing, the first of which is what the others are read as."""

    lines: tuple[tuple[str, ...], ...] = DEFAULTS

    @classmethod
    def typed(cls, text: str) -> "Names":
        """One thing a line, its names with commas between them. Raises Wrong."""
        lines = tuple(line for line in (_names(line) for line in text.splitlines()) if line)
        if len(lines) > MOST_LINES:
            raise Wrong(f"There are more than {MOST_LINES} lines.")
        seen: set[str] = set()
        for line in lines:
            _check(line, seen)
            seen |= {name.casefold() for name in line}
        return cls(lines)

    @property
    def text(self) -> str:
        """As it was typed."""
        return "\n".join(", ".join(line) for line in self.lines)

    @cached_property
    def version(self) -> str:
        """Another one for another table."""
        return f"{zlib.crc32(self.text.encode()):08x}"

    def plain(self, text: str) -> str:
        """*text* with one name for each thing."""
        if self._pattern is None:
            return text
        return self._pattern.sub(lambda found: self.lines[self._line(found)][0], text)

    def variants(self, text: str) -> list[str]:
        """*text* itself, then with other names for the things that it names; `MOST_VARIANTS` at most."""
        found = self._pattern.search(text) if self._pattern else None
        if found is None:
            return [text]
        others = self.variants(text[found.end() :])
        names = [found[0], *(name for name in self.lines[self._line(found)] if name.casefold() != found[0].casefold())]
        return [text[: found.start()] + name + rest for name in names for rest in others][:MOST_VARIANTS]

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        longest_first = sorted(self._named(), key=lambda one: -len(one[1]))
        parts = [f"(?P<line{at}_{number}>{_spelled(name)})" for number, (at, name) in enumerate(longest_first)]
        return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)", re.IGNORECASE) if parts else None

    def _named(self) -> Iterator[tuple[int, str]]:
        return ((at, name) for at, line in enumerate(self.lines) for name in line)

    def _line(self, found: re.Match[str]) -> int:
        return int((found.lastgroup or "line0_").removeprefix("line").partition("_")[0])


def _names(line: str) -> tuple[str, ...]:
    names = (" ".join(name.split()) for name in line.split(","))
    once = {name.casefold(): name for name in names if name}
    return tuple(once.values())


def _check(line: Sequence[str], seen: set[str]) -> None:
    if len(line) == 1:
        raise Wrong(f"“{line[0]}” stands alone. Write its other names behind it, with commas between them.")
    if len(line) > MOST_NAMES:
        raise Wrong(f"“{line[0]}” has more than {MOST_NAMES} names.")
    for name in line:
        if len(name) > LONGEST_NAME:
            raise Wrong(f"“{name[:20]}…” is longer than {LONGEST_NAME} characters.")
        if not any(map(str.isalnum, name)):
            raise Wrong(f"“{name}” has neither letters nor digits.")
        if name.casefold() in seen:
            raise Wrong(f"“{name}” stands in two lines.")


def _spelled(name: str) -> str:
    """*name* with or without hyphens and blanks between its words, in singular or plural."""
    return r"[\s\-–]?".join(re.escape(word) for word in re.split(r"[\s\-–]+", name) if word) + "s?"
