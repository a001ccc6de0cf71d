"""What somebody typed into a search field."""

LONGEST = 500  # characters


def text(value: str) -> str:
    """*value* on one line, without what a database refuses, cut where nobody types on."""
    return " ".join("".join(letter for letter in value[:LONGEST] if letter.isprintable() or letter.isspace()).split())
