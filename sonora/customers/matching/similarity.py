"""How alike two names are, word by word: 0 (not at all) to 1."""

from collections.abc import Callable, Sequence
from functools import lru_cache

from rapidfuzz.distance import OSA

from sonora.customers.matching.normal import Words
from sonora.customers.matching.words import BUILT, BUILT_WEIGHT, PLACE_WEIGHT, PLACES, TRADE_WEIGHT, TRADES

Weight = Callable[[str], float]  # of a word: how much of a name it is

ANOTHER_ORDER = 0.985  # the same words
ANOTHER_SPACING = 0.98  # the same letters
INITIALS = 0.76  # IBM, International Business Machines
INITIALS_SHORTEST = 3
CONTRADICTED = 0.7  # each name has a word that the other has not: Acme Bank, Acme Foods
OTHER_FIRST = 0.75  # the first word, by which a firm is called, stands in one name alone
ANOTHER_NUMBER = 0.5  # Studio 54, Studio 55
A_NUMBER = 0.85  # Studio 54, Studio
TRADE_ALONE = 0.5  # what the firms do is the same, what they are called is not
STRONG = 0.75  # a word from this weight on is a name
SHORTEST = 4  # letters of a word that may have a typing error
LONG = 9  # letters from which on two are believed
PER_ERROR = 1.5


def weight(word: str) -> float:
    """How much of a name *word* is, as far as words in general tell."""
    if word in PLACES:
        return PLACE_WEIGHT
    if word in BUILT or len(word) == 1:
        return BUILT_WEIGHT
    return TRADE_WEIGHT if word in TRADES else 1.0


def alike(one: Words, other: Words, weigh: Weight = weight) -> float:
    """How alike the words of two names are. *weigh* says how much of a name a word is, 0 to 1."""
    if not one or not other:
        return 0.0
    if len(one) == len(other) and sorted(one) == sorted(other):
        return ANOTHER_ORDER
    return max(_word_by_word(one, other, weigh), _in_one(one, other), _initials(one, other))


def _word_by_word(one: Words, other: Words, weigh: Weight) -> float:
    left, right = list(one), list(other)  # what has no counterpart
    matched = strongest = 0.0
    for word in one:
        if word in right:
            left.remove(word)
            right.remove(word)
            matched += 2 * weigh(word)
            strongest = max(strongest, weigh(word))
    for sure, word, its in _pairs(left, right):
        matched += sure * (weigh(word) + weigh(its))
        strongest = max(strongest, weigh(word), weigh(its))
        left.remove(word)
        right.remove(its)
    if not matched:
        return 0.0
    share = matched / (sum(map(weigh, one)) + sum(map(weigh, other)))
    if strongest < STRONG and max(map(weigh, (*one, *other))) >= STRONG:
        share *= TRADE_ALONE
    if _names_first(left, one) or _names_first(right, other):
        share *= OTHER_FIRST
    return share * _contradiction(left, right) if left or right else share


def _names_first(rest: Sequence[str], words: Words) -> bool:
    return bool(rest) and rest[0] == words[0] and weight(words[0]) >= STRONG


def _pairs(left: Sequence[str], right: Sequence[str]) -> list[tuple[float, str, str]]:
    """Words that mean the same with another spelling, the surest first, each word once."""
    if not left or not right:
        return []
    found = sorted(((sure, a, b) for a in left for b in right if (sure := spelled_alike(a, b))), reverse=True)
    taken_left, taken_right = list(left), list(right)
    pairs = []
    for sure, a, b in found:
        if a in taken_left and b in taken_right:
            taken_left.remove(a)
            taken_right.remove(b)
            pairs.append((sure, a, b))
    return pairs


def _contradiction(left: Sequence[str], right: Sequence[str]) -> float:
    if _numbers(left) and _numbers(right):
        return ANOTHER_NUMBER
    if _numbers(left) or _numbers(right):
        return A_NUMBER
    if {word for word in left if word not in BUILT} and {word for word in right if word not in BUILT}:
        return CONTRADICTED
    return 1.0


_ROMAN = frozenset(["ii", "iii", "iv", "vi", "vii", "viii", "ix"])


def _numbers(words: Sequence[str]) -> bool:
    return any(map(_is_number, words))


@lru_cache(maxsize=65_536)
def _is_number(word: str) -> bool:
    return word in _ROMAN or any(letter.isdigit() for letter in word)


@lru_cache(maxsize=65_536)
def spelled_alike(a: str, b: str) -> float:
    """How sure it is that *a* and *b* are one word with a typing error, in the plural or cut short; 0: they are not."""
    if not (a.isalpha() and b.isalpha()):
        return 0.0
    if _singular(a) == _singular(b):
        return 0.96
    if (shorter := min(len(a), len(b))) < 3:
        return 0.0
    typed = max(_typed_alike(a, b, shorter), _typed_alike(_singular(a), _singular(b), shorter))
    return max(typed, _cut_short(*sorted((a, b), key=len)))


def _singular(word: str) -> str:
    if len(word) < 5:
        return word
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _typed_alike(a: str, b: str, shorter: int) -> float:
    most = 0 if shorter < SHORTEST else 1 if shorter < LONG else 2
    errors = OSA.distance(a, b, score_cutoff=most) if most else 1
    if errors > most:
        return 0.0
    return 1 - (PER_ERROR * errors + 0.6 * (a[0] != b[0])) / max(len(a), len(b))


def _cut_short(short: str, long: str) -> float:
    if len(long) < 6 or len(long) - len(short) < 2 or weight(long) >= STRONG:
        return 0.0  # Best and Bestda are two names
    if long.startswith(short):
        return 0.8
    if short[0] == long[0] and not set(short[1:]) & set("aeiou") and _in_order(short, long):
        return 0.75  # prdctns
    return 0.0


def _in_order(short: str, long: str) -> bool:
    letters = iter(long)
    return all(letter in letters for letter in short)


def _in_one(one: Words, other: Words) -> float:
    """Data Dog is Datadog."""
    a, b = "".join(one), "".join(other)
    if a == b:
        return ANOTHER_SPACING
    if len(one) == len(other) or not (a.isalpha() and b.isalpha()):
        return 0.0
    return 0.97 * _typed_alike(a, b, min(len(a), len(b)))


def _initials(one: Words, other: Words) -> float:
    short, long = sorted((one, other), key=len)
    if len(short) != 1 or not INITIALS_SHORTEST <= len(short[0]) <= len(long):
        return 0.0
    return INITIALS if short[0] in initials(long) else 0.0


@lru_cache(maxsize=65_536)
def initials(words: Words) -> tuple[str, ...]:
    """The first letters of *words*: of all, and of those that are more than "of" and "the"."""
    if len(words) < INITIALS_SHORTEST:
        return ()
    every = "".join(word[0] for word in words)
    strong = "".join(word[0] for word in words if word not in _SMALL)
    return tuple(one for one in dict.fromkeys((every, strong)) if len(one) >= INITIALS_SHORTEST)


_SMALL = frozenset(
    """
    of de la le les el los las du des do da dos der die den van von of for fur pour per a the in
    """.split()  # noqa: SIM905 - a page of words is easier to read and to mend
)
