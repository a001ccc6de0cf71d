"""Is this company that customer, and why. Pure: no database, no request.

Two ids are the same when their keys are equal. Salesforce writes one id in two ways: 15 characters in which case
counts, and 18 in which it does not, because the last three tell the case of the first fifteen. Every other source's
ids are compared as they stand, without the blanks around them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

State = Literal["auto", "conflict", "unmatched"]

SALESFORCE = "salesforce"
_SHORT, _LONG = 15, 18
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
_WORD = re.compile(r"[0-9A-Za-z]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownId:
    """An id that Sonora knows: the row (`pk`), whose it is, who gave it, and what it is."""

    pk: int
    customer: int
    source: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the ids say of one company: its state, the id that decided, and why, in sentences."""

    state: State
    known: KnownId | None = None
    reasons: tuple[str, ...] = ()


def by_external_id(company_id: str, known: Sequence[KnownId]) -> Verdict:
    """Which customer has *company_id*, of the ids *known* to Sonora. Two customers that share it are a conflict."""
    same = [one for one in known if same_id(one.source, one.value, company_id)]
    if not same:
        return Verdict(state="unmatched")
    if len({one.customer for one in same}) > 1:
        return Verdict(state="conflict", reasons=tuple(f"Same ID in {one.source}: {one.value}" for one in same))
    return Verdict(state="auto", known=same[0], reasons=(f"Same ID in {same[0].source}: {same[0].value}",))


def same_id(source: str, value: str, company_id: str) -> bool:
    """Whether *company_id* is the id *value* of *source*."""
    return bool(value.strip()) and key(source, value) == key(source, company_id)


def key(source: str, value: str) -> str:
    """What two spellings of one id of *source* have in common."""
    trimmed = value.strip()
    return (_salesforce(trimmed) or trimmed) if source == SALESFORCE else trimmed


def keys(company_id: str) -> frozenset[str]:
    """Every key under which *company_id* may be known, whatever its source; none for a blank."""
    trimmed = company_id.strip()
    return frozenset({trimmed, key(SALESFORCE, trimmed)}) if trimmed else frozenset()


def _salesforce(value: str) -> str:
    """The 15 characters of a Salesforce id in their true case, or "" when *value* is none."""
    if not _WORD.fullmatch(value) or not value.isascii():
        return ""
    if len(value) == _SHORT:
        return value
    if len(value) != _LONG:
        return ""
    return _with_case(value[:_SHORT].lower(), value[_SHORT:].upper())


def _with_case(letters: str, suffix: str) -> str:
    """*letters* in the case that *suffix* tells: each of its characters stands for five of them, a bit a capital."""
    masks = [_ALPHABET.find(character) for character in suffix]
    if -1 in masks:
        return ""
    capital = [masks[at // 5] >> (at % 5) & 1 for at in range(_SHORT)]
    if any(wanted and not letter.isalpha() for letter, wanted in zip(letters, capital, strict=True)):
        return ""
    return "".join(letter.upper() if wanted else letter for letter, wanted in zip(letters, capital, strict=True))
