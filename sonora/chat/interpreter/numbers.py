"""Numbers as people write them. Pure."""

_COUNTED = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
NUMBERS = {"a": 1, "an": 1, "couple of": 2, "a couple of": 2} | {
    word: number for number, word in enumerate(_COUNTED, 1)
}
NUMBER = rf"(?:[0-9]{{1,4}}|{'|'.join(NUMBERS)})"


def counted(word: str) -> int:
    """What *word*, one that `NUMBER` fits, counts."""
    return NUMBERS.get(word) or int(word)
