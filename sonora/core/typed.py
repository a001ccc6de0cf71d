"""What an address or a form says, made safe to look for."""

LONGEST = 500  # characters
DIGITS = 19  # that a primary key has fewer of


def text(value: str) -> str:
    """*value* on one line, without what a database refuses, cut where nobody types on."""
    return " ".join("".join(letter for letter in value[:LONGEST] if letter.isprintable() or letter.isspace()).split())


def key(value: str) -> int | None:
    """The primary key that *value* is, or None: also for one that no database has."""
    return int(value) if value.isascii() and value.isdigit() and len(value) < DIGITS else None
