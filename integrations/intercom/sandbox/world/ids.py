"""Identifiers that look like Intercom's and Salesforce's."""

import random

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"


def hexadecimal(created_at: int, rng: random.Random) -> str:
    """24 hexadecimal digits that begin with the time of creation."""
    return f"{created_at:08x}{rng.getrandbits(64):016x}"


def salesforce(rng: random.Random) -> str:
    """An 18-character account id."""
    return "001" + "".join(rng.choices(_LETTERS, k=15))


def randomness(seed: int, *names: object) -> random.Random:
    """Chance that is the same for the same *seed* and *names*."""
    return random.Random(":".join(map(str, (seed, *names))))  # noqa: S311  made-up data, nothing secret
