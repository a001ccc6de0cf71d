"""The names of a workspace's own things, as a question may say them. Pure."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from sonora.chat.interpreter import phrases
from sonora.chat.interpreter.tokens import Question, key

LONGEST = 8  # words of a name
LONGEST_ACCENTED = 20  # letters
SHORTEST = 2  # letters of a word that may begin one
_PLURALS = (("ss", "ss"), ("us", "us"), ("is", "is"), ("ies", "y"), ("s", ""))  # the first that fits
_ACCENTS = {
    "a": "áàâäãåą", "c": "çćč", "d": "đ", "e": "éèêëęě", "g": "ğ", "i": "íîï", "l": "ł", "n": "ñńň", "o": "óòôöõøő",
    "r": "ř", "s": "śšş", "t": "ťţ", "u": "úùûüůű", "y": "ý", "z": "źżž",
}  # fmt: skip
_STROKES = str.maketrans("øłđı", "oldi")  # letters that no accent is taken from
Place = tuple[int, int]  # from which token up to, not including, which


class NameKind(StrEnum):
    TAG = "tag"
    CUSTOMER = "customer"
    PERSON = "person"
    TEAMMATE = "teammate"
    REQUEST = "request"
    SEGMENT = "segment"


@dataclass(frozen=True, slots=True)
class Name:
    """Something that a question names: *value* is its primary key, for a segment its word.

    *address*, of people and firms, tells two of one name apart.
    """

    kind: NameKind
    value: int | str
    label: str
    address: str = field(default="", compare=False)

    def told_from(self, others: Sequence["Name"]) -> str:
        """What tells it from *others*, which have its name: its kind, and where that is not enough its address."""
        is_alone = all(one.kind is not self.kind for one in others if one != self)
        about = self.kind.value if is_alone or not self.address else f"{self.kind}, {self.address}"
        return f"{self.label} ({about})"


Places = dict[Place, tuple[Name, ...]]


@dataclass(frozen=True, slots=True)
class Grams:
    """Every run of words of a question that may be a name, and where it stands."""

    question: Question
    places: dict[str, list[Place]] = field(default_factory=lambda: defaultdict(list))
    loose: dict[str, list[Place]] = field(default_factory=lambda: defaultdict(list))  # by what is left `loosely`

    @classmethod
    def of(cls, question: Question) -> "Grams":
        grams = cls(question)
        for first in range(len(question.tokens)):
            for last in range(first + 1, min(first + LONGEST, len(question.tokens)) + 1):
                if written := grams._written(first, last):
                    grams.places[written].append((first, last))
        for run, standing in grams.places.items():
            if not all(phrases.is_known(word) for word in run.split()):  # else it says no name, but something to do
                grams.loose[loosely(run)] += standing
        return grams

    def at(self, label: str) -> list[Place]:
        """Where *label*, in any case, stands."""
        return self.places.get(key(label), [])

    def nearly(self, label: str) -> list[Place]:
        """Where *label* stands in the plural or the singular, or with blanks for hyphens or the other way round."""
        return self.loose.get(loosely(label), [])

    def spellings(self) -> set[str]:
        """All runs, in the forms that a database's `lower` may give: SQLite leaves letters beyond ASCII as they are."""
        return {form for run in self.places for form in forms(run)}

    def words(self) -> Iterator[tuple[int, str]]:
        """Each word that is no phrase of questions, with its place: what a name that is no gram may begin with."""
        for place, token in enumerate(self.question.tokens):
            word = token.key.split(" ")[0]
            if len(word) >= SHORTEST and not word.isdecimal() and (token.is_quoted or not phrases.is_known(word)):
                yield place, word

    def _written(self, first: int, last: int) -> str:
        tokens = self.question.tokens[first:last]
        if last - first > 1 and any(token.is_quoted for token in tokens):
            return ""
        return key(self.question.words(first, last))


def loosely(text: str) -> str:
    """*text* without what people leave to chance in a name: accents, hyphens for blanks, one or many."""
    words = unaccented(key(text)).replace("-", " ").replace("_", " ")
    for plural, singular in _PLURALS:
        if words.endswith(plural) and len(words) - len(plural) >= SHORTEST:
            return words.removesuffix(plural) + singular
    return words


def unaccented(text: str) -> str:
    if text.isascii():
        return text
    plain = "".join(letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))
    return plain.translate(_STROKES)


def accented(word: str) -> set[str]:
    """*word*, and it with an accent on any one of its letters; of a very long one it alone."""
    if len(word) > LONGEST_ACCENTED:
        return {word}
    places = [(place, accent) for place, letter in enumerate(word) for accent in _ACCENTS.get(letter, "")]
    return {word} | {f"{word[:place]}{accent}{word[place + 1 :]}" for place, accent in places}


def forms(word: str) -> set[str]:
    """*word*, in lower case, as either database's `lower` may leave it."""
    if word.isascii():
        return {word}
    return {word, _lower(word.title()), _lower(word.upper())}


def _lower(text: str) -> str:
    return "".join(letter.lower() if letter.isascii() else letter for letter in text)
