"""Customers, arranged so that those whose name may be a company's are found without looking at all."""

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from typing import Any

from sonora.customers.matching import domains
from sonora.customers.matching.normal import Name, Words, name
from sonora.customers.matching.similarity import SHORTEST, STRONG, initials, weight
from sonora.customers.matching.words import TRADE_WEIGHT

FEW = 30  # customers who share a word; a word of more leads to too many
COMMON = 0.005  # share of customers from which on a word says as little as a trade
COMMON_LEAST = 4  # customers


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownCustomer:
    """A customer: the row (`pk`), its name, and the domain of its website or e-mail; "" where none is known."""

    pk: int
    name: str
    domain: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A customer as the index keeps it."""

    pk: int
    name: Name
    domain: str


class Customers:
    """All customers of a workspace. One that is made is never changed: `but` makes another one of it."""

    def __init__(self, known: Iterable[KnownCustomer]) -> None:
        """Arrange *known*, in the order of their primary keys."""
        self._by_words: defaultdict[Words, list[Entry]] = defaultdict(list)
        self._by_letters: defaultdict[str, list[Entry]] = defaultdict(list)
        self._by_initials: defaultdict[str, list[Entry]] = defaultdict(list)
        self._by_domain: defaultdict[str, list[Entry]] = defaultdict(list)
        self._by_word: defaultdict[str, list[Entry]] = defaultdict(list)
        self._misspelled: defaultdict[str, list[str]] = defaultdict(list)
        self._entries: dict[int, Entry] = {}
        for one in known:
            entry = self._entries[one.pk] = _entry(one)
            for table, key in self._places(entry):
                table[key].append(entry)
        for word in self._by_word:
            for spelling in _with_errors(word):
                self._misspelled[spelling].append(word)
        self._weigh_anew()

    def __len__(self) -> int:
        return len(self._entries)

    def but(self, *, without: Collection[int], added: Iterable[KnownCustomer]) -> "Customers":
        """These customers without those of *without* (primary keys) and with *added*; this one stays as it is.

        That is what arranging them all anew would give, in the time that the few take.
        """
        other = copy(self)
        other._change([self._entries[pk] for pk in without], [_entry(one) for one in added])  # noqa: SLF001
        return other

    def named(self, pk: int) -> str:
        """The name of a customer as it was written."""
        return self._entries[pk].name.text

    def same_name(self, one: Name) -> list[Entry]:
        """Customers whose name has the normal form of *one*."""
        return _distinct(entry for words in one.spellings if words for entry in self._by_words.get(words, ()))

    def at(self, domain: str) -> list[Entry]:
        """Customers whose domain is *domain*; none for an empty one."""
        return self._by_domain.get(domain, []) if domain else []

    def weigh(self, word: str) -> float:
        """How much of a name *word* is among these customers: many that share it have it in common, not as a name."""
        known = self._weights.get(word)
        if known is None:
            common = len(self._by_word.get(word, ())) > self._common
            known = self._weights[word] = min(weight(word), TRADE_WEIGHT) if common else weight(word)
        return known

    def similar(self, one: Name) -> list[Entry]:
        """Customers whose name may be *one*: each shares a telling word, or the letters, with it."""
        readings = [words for words in (*one.spellings, *one.others) if words]
        same_letters = self._by_letters.get(one.letters, ()) if one.letters else ()
        return _distinct([*same_letters, *(entry for words in readings for entry in self._sharing(words))])

    def _sharing(self, words: Words) -> Iterator[Entry]:
        yield from self._by_words.get(words, ())
        if len(words) == 1:
            yield from self._only(self._by_initials, words[0])
        for short in initials(words):
            yield from self._only(self._by_word, short)
        spelled = [known for word in set(words) if (known := list(self._spelled_like(word)))]
        rarest = sorted(spelled, key=self._held)
        for at, known in enumerate(rarest):
            for word in known:
                if at == 0 or (len(self._by_word[word]) <= FEW and weight(word) >= STRONG):
                    yield from self._by_word[word][: 4 * FEW]
        if len(rarest) > 1:
            yield from self._with_both(*rarest[:2])

    def _held(self, spellings: list[str]) -> int:
        return sum(len(self._by_word[word]) for word in spellings)

    def _with_both(self, some: list[str], others: list[str]) -> Iterator[Entry]:
        among = {entry.pk for word in some for entry in self._by_word[word]}
        return (entry for word in others for entry in self._by_word[word] if entry.pk in among)

    def _only(self, where: dict[str, list[Entry]], key: str) -> list[Entry]:
        """Initials of several say nothing."""
        found = _distinct(where.get(key, ()))
        return found if len(found) == 1 else []

    def _spelled_like(self, word: str) -> Iterator[str]:
        if word in self._by_word:
            yield word
        for spelling in _with_errors(word):
            yield from self._misspelled.get(spelling, ())

    def _places(self, entry: Entry) -> Iterator[tuple[defaultdict[Any, list[Entry]], Any]]:
        """Where *entry* stands: each table and the key in it; twice where two readings of its name have one word."""
        if entry.domain:
            yield self._by_domain, entry.domain
        for words in entry.name.spellings:
            if words:
                yield self._by_words, words
        yield self._by_letters, entry.name.letters
        for words in (*entry.name.spellings, *entry.name.others):
            for short in initials(words):
                yield self._by_initials, short
        for word in _words(entry):
            yield self._by_word, word

    def _change(self, gone: Collection[Entry], new: Collection[Entry]) -> None:
        before = self._by_word
        self._own_tables()
        for entry in gone:
            self._leave(entry)
        for entry in new:
            self._join(entry)
        self._spell_anew(before, {word for entry in (*gone, *new) for word in _words(entry)})
        self._weigh_anew()

    def _own_tables(self) -> None:
        """The lists in them are still those of the one that this is a copy of: nobody changes one, but replaces it."""
        for attribute, table in vars(self).items():
            if isinstance(table, dict):
                setattr(self, attribute, table.copy())

    def _leave(self, entry: Entry) -> None:
        del self._entries[entry.pk]
        for table, key in self._places(entry):
            left = [one for one in table.pop(key, ()) if one.pk != entry.pk]
            if left:
                table[key] = left

    def _join(self, entry: Entry) -> None:
        self._entries[entry.pk] = entry
        for table, key in self._places(entry):
            table[key] = sorted([*table.get(key, ()), entry], key=lambda one: one.pk)

    def _spell_anew(self, before: Mapping[str, list[Entry]], words: Iterable[str]) -> None:
        """Let the *words* that came or went since *before* be found, or not any more, by their misspellings."""
        for word in words:
            if (word in before) == (word in self._by_word):
                continue
            for spelling in _with_errors(word):
                left = [one for one in self._misspelled.get(spelling, ()) if one != word]
                self._misspelled[spelling] = left if word in before else [*left, word]

    def _weigh_anew(self) -> None:
        self._common = max(COMMON_LEAST, math.ceil(COMMON * len(self)))
        self._weights: dict[str, float] = {}


def _entry(one: KnownCustomer) -> Entry:
    return Entry(one.pk, name(one.name), domains.of_website(one.domain))


def _words(entry: Entry) -> Iterator[str]:
    """The words of each reading of the name of *entry*."""
    for words in (*entry.name.spellings, *entry.name.others):
        yield from set(words)


def _with_errors(word: str) -> set[str]:
    """*word*, and *word* without any one letter: two words that differ by a typing error share one of these."""
    if len(word) < SHORTEST or not word.isalpha():
        return {word} if word.isalpha() else set()
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


def _distinct(entries: Iterable[Entry]) -> list[Entry]:
    return list({entry.pk: entry for entry in entries}.values())
