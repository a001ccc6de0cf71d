"""Customers, arranged so that those whose name may be a company's are found without looking at all."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

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
    """All customers of a workspace."""

    def __init__(self, known: Iterable[KnownCustomer]) -> None:
        self._by_words: defaultdict[Words, list[Entry]] = defaultdict(list)
        self._by_letters: defaultdict[str, list[Entry]] = defaultdict(list)
        self._by_initials: defaultdict[str, list[Entry]] = defaultdict(list)
        self._by_domain: defaultdict[str, list[Entry]] = defaultdict(list)
        self._by_word: defaultdict[str, list[Entry]] = defaultdict(list)
        self._misspelled: defaultdict[str, list[str]] = defaultdict(list)
        self.count = 0
        self._names: dict[int, str] = {}
        self._weights: dict[str, float] = {}
        for one in known:
            self._add(Entry(one.pk, name(one.name), domains.of_website(one.domain)))
        self._common = max(COMMON_LEAST, math.ceil(COMMON * self.count))
        for word in self._by_word:
            for spelling in _with_errors(word):
                self._misspelled[spelling].append(word)

    def __len__(self) -> int:
        return self.count

    def named(self, pk: int) -> str:
        """The name of a customer as it was written."""
        return self._names[pk]

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

    def _add(self, entry: Entry) -> None:
        self.count += 1
        self._names[entry.pk] = entry.name.text
        if entry.domain:
            self._by_domain[entry.domain].append(entry)
        for words in entry.name.spellings:
            if words:
                self._by_words[words].append(entry)
        self._by_letters[entry.name.letters].append(entry)
        for words in (*entry.name.spellings, *entry.name.others):
            for short in initials(words):
                self._by_initials[short].append(entry)
            for word in set(words):
                self._by_word[word].append(entry)


def _with_errors(word: str) -> set[str]:
    """*word*, and *word* without any one letter: two words that differ by a typing error share one of these."""
    if len(word) < SHORTEST or not word.isalpha():
        return {word} if word.isalpha() else set()
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


def _distinct(entries: Iterable[Entry]) -> list[Entry]:
    return list({entry.pk: entry for entry in entries}.values())
