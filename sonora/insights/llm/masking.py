"""What points to a person or opens a door is taken out of a text that leaves, and put back into what comes back."""

import re
from dataclasses import dataclass
from functools import partial

# Each takes time linear to the text: every repetition is bounded. In this order, so that an address is no number.
URL = re.compile(r"\b(?:https?|ftp)://\S+|\bwww\.\S+", re.IGNORECASE)
EMAIL = re.compile(r"[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b")
CARD = re.compile(r"(?<![\d-])\d(?:[ -]?\d){12,18}(?![\d-])")
SECRET = re.compile(r"(?<![\w-])(?=[\w-]{0,200}\d)(?=[\w-]{0,200}[A-Za-z])[\w-]{20,200}(?![\w-])")
PHONE = re.compile(r"(?<![\w.])[+(]?\d(?:[ ()/.-]{0,3}\d){6,17}(?!\w)")
PATTERNS = {"link": URL, "email": EMAIL, "account": IBAN, "card": CARD, "key": SECRET, "phone": PHONE}


@dataclass(frozen=True, slots=True)
class Masked:
    """A *text* without what was *hidden*: what stands in its place → what it was."""

    text: str
    hidden: dict[str, str]

    def shown(self, part: str) -> str:
        """*part* of the masked text as it stood in the original."""
        for mask, original in self.hidden.items():
            part = part.replace(mask, original)
        return part


def masked(text: str) -> Masked:
    """*text* with ``[email 1]``, ``[link 2]``, … for addresses, links, accounts, cards, telephones and keys."""
    hidden: dict[str, str] = {}
    for kind, pattern in PATTERNS.items():
        text = pattern.sub(partial(_mask, kind=kind, hidden=hidden), text)
    return Masked(text, hidden)


def _mask(found: re.Match[str], *, kind: str, hidden: dict[str, str]) -> str:
    mask = f"[{kind} {len(hidden) + 1}]"
    hidden[mask] = found[0]
    return mask
