"""How people really type: small letters, no full stop, swapped letters, short words, an emoji at the end."""

import re
from random import Random

SHORT = {"you": "u", "please": "pls", "thanks": "thx", "because": "bc", "are": "r", "people": "ppl", "really": "rly"}
CHEERFUL = ["😀", "👍", "❤️", "🙏", "😍", "🎉", ":)", ":-)", ":D", "😊", "🔥", "💯"]
CROSS = ["😡", "😠", "👎", "😤", "🤬", ":(", ":-(", "😩", "😞", "🙄", "💔", "😭"]
NEITHER = ["🙂", "🤔", ";)", "😅", "👋", "🙏"]


def typed(text: str, rng: Random, *, feeling: int) -> str:
    """*text* as somebody in a hurry would send it; *feeling* is −1, 0 or 1 and decides which emoji may follow."""
    if rng.random() < 0.3:
        text = text.lower()
    if rng.random() < 0.12:
        text = _shortened(text, rng)
    if rng.random() < 0.2:
        text = text.replace("'", rng.choice(["", "’"]))
    if rng.random() < 0.25:
        text = _misspelt(text, rng)
    if rng.random() < 0.3:
        text = text.rstrip(".!")
    if rng.random() < 0.04:
        text = text.upper()
    if rng.random() < 0.1:
        text = f"{text} {rng.choice({1: CHEERFUL, -1: CROSS}.get(feeling, NEITHER))}"
    return text


def _shortened(text: str, rng: Random) -> str:
    return re.sub(r"\w+", lambda word: SHORT.get(word[0], word[0]) if rng.random() < 0.7 else word[0], text)


def _misspelt(text: str, rng: Random) -> str:
    """One to three letters swapped, left out or doubled inside words."""
    letters = list(text)
    for _ in range(rng.randint(1, 3)):
        spots = [at for at in range(1, len(letters) - 2) if letters[at].isalpha() and letters[at + 1].isalpha()]
        if not spots:
            break
        at = rng.choice(spots)
        kind = rng.random()
        if kind < 0.4:
            letters[at], letters[at + 1] = letters[at + 1], letters[at]
        elif kind < 0.8:
            del letters[at]
        else:
            letters.insert(at, letters[at])
    return "".join(letters)
