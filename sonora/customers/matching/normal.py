"""The normal form of a firm's name: what is left when case, accents, punctuation, legal form, "The" and an ampersand or
"and" make no difference, and the other names that stand in it.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from anyascii import anyascii

from sonora.customers.matching import domains
from sonora.customers.matching.legal_forms import FAMILIES, IN_FRONT, LONGEST, NATIVE
from sonora.customers.matching.words import BUILT, JOINING, PLACES, SAME

Words = tuple[str, ...]

LONGEST_NAME = 255  # characters; the rest is left out
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "æ": "ae", "œ": "oe", "ß": "ss"})
_SILENT = str.maketrans("", "", "'’‘`´ʼʹ\"“”„«»®™©")
_WORD = re.compile(r"[^\W_]+")
_DOTTED = re.compile(r"(?<![^\W_])(?:[^\W_]\.){2,}(?:[^\W_](?![^\W_]))?")  # S.p.A., d.o.o., J.P.
_INITIALS = re.compile(r"(?<![^\W_])([^\W_]{1,2})&([^\W_]{1,2})(?![^\W_])")  # AT&T, H&M
_BRACKETS = re.compile(r"[(\[{（【]([^()\[\]{}（）【】]*)[)\]}）】]")
_OTHER_NAME = re.compile(
    r"(?:^|(?<=[\s,;/]))(?:d/?b/?a|t/a|f/?k/?a|a/?k/?a|n/?k/?a|doing business as|trading as|formerly(?: known)?(?: as)?"
    r"|previously|also known as|vormals|ehemals|anciennement)\b[.:]?\s",
    re.IGNORECASE,
)
_DASH = re.compile(r"\s+[-–—|:•·]+\s+|\s*[|•]\s*|\s/\s")
_LEGAL_SPA = re.compile(r"\bS\.?\s?p\.?\s?A\b|\bS\.?P\.?A\b")  # a spa is no form of a firm


@dataclass(frozen=True, slots=True)
class Name:
    """A firm's name, taken apart."""

    text: str  # as it was written, with single blanks
    spellings: tuple[Words, ...]  # the words of the name; a second time where an umlaut has two spellings
    letters: str  # of the name without blanks, abbreviations left as they are
    forms: frozenset[str]  # families of legal forms
    others: tuple[Words, ...] = ()  # what stands in brackets, after "dba" or before a dash, without the legal form
    domain: str = ""  # of a name that is a domain

    @property
    def words(self) -> Words:
        return self.spellings[0]

    @property
    def is_empty(self) -> bool:
        return not self.words


@lru_cache(maxsize=65_536)
def name(text: str) -> Name:
    """The normal form of *text*; without words when nothing in it is a letter or a digit."""
    written = " ".join(unicodedata.normalize("NFKC", text[:LONGEST_NAME]).split())
    main, *parts = _parts(written)
    stripped = [_stripped(words, written) for words in _spelled(main)]
    spellings = tuple(dict.fromkeys(_one_spelling(words) for words, _ in stripped))
    others = (_one_spelling(_stripped(_spelled(part)[0], part)[0]) for part in parts)
    return Name(
        text=written,
        spellings=spellings,
        letters="".join(stripped[0][0]),
        forms=stripped[0][1],
        others=tuple(dict.fromkeys(one for one in others if _is_telling(one) and one not in spellings)),
        domain=domains.known(written) if " " not in written else "",
    )


def _parts(text: str) -> list[str]:
    """The name, then the other names in it."""
    for native, latin in NATIVE.items():
        if native in text:
            text = f"{text.replace(native, ' ')} {latin}"
    inside = [found for found in _BRACKETS.findall(text) if found.strip() and not _belongs(found)]
    outside = _BRACKETS.sub(lambda found: f" {found[1] if _belongs(found[1]) else ''} ", text)
    if not outside.strip():
        outside, inside = " ".join(inside), []
    main, *others = _OTHER_NAME.split(outside, maxsplit=3)
    before = _DASH.split(main, maxsplit=1)
    parts = [*others, *(_OTHER_NAME.sub("", f"{one} ") for one in inside), *(before if len(before) > 1 else ())]
    return [main if main.strip() else outside, *parts]


def _belongs(text: str) -> bool:
    """Whether what stands in brackets is part of the name: Acme (UK) is Acme UK, not Acme."""
    inside = _words(text.casefold())
    return (*inside,) in FAMILIES or all(_same(word) in _PART_OF_NAME for word in inside)


def _is_telling(words: Words) -> bool:
    return any(len(word) > 2 and word not in _PART_OF_NAME for word in words)


_PART_OF_NAME = PLACES | BUILT | {"haftungsbeschrankt", "publ", "pty", "pvt"}


def _one_spelling(words: Words) -> Words:
    return tuple(map(_same, words))


def _same(word: str) -> str:
    return SAME.get(word, word)


def _spelled(text: str) -> list[Words]:
    lower = text.casefold() if "İ" not in text else text.replace("İ", "I").casefold()
    composed = unicodedata.normalize("NFC", lower)
    expanded = text.lower().translate(_UMLAUTS)
    plain = _words(composed)
    return [plain] if expanded == text.lower() else [plain, _words(expanded)]


def _words(text: str) -> Words:
    """The words of *text*: letters and digits in Latin script, single letters that follow each other joined."""
    text = _INITIALS.sub(r"\1\2", text.translate(_SILENT))
    text = _DOTTED.sub(lambda found: f" {found[0].replace('.', '')} ", text)
    text = " ".join(_undotted(part) for part in text.replace("&", " & ").replace("+", " + ").split())
    found = _WORD.findall(text if text.isascii() else anyascii(text).lower().replace("'", ""))
    return tuple(_joined(found))


def _undotted(part: str) -> str:
    """Monday.com is Monday."""
    return domains.label(domain) if "." in part.strip(".") and (domain := domains.known(part.strip(".,"))) else part


def _joined(found: list[str]) -> list[str]:
    """J p morgan is jp morgan."""
    joined: list[str] = []
    run = ""
    for word in found:
        if len(word) == 1 and word.isalpha():
            run += word
            continue
        if run:
            joined.append(run)
        joined.append(word)
        run = ""
    return [*joined, run] if run else joined


def _stripped(found: Words, written: str) -> tuple[Words, frozenset[str]]:
    """*found* without legal forms, "the" and "and"; and the families of the forms."""
    families: set[str] = set()
    left = found[1:] if len(found) > 1 and found[0] == "the" else found
    while (form := _form_at_end(left, written)) or (form := _form_in_front(left)):
        at_end = left[-len(form) :] == form
        left = left[: -len(form)] if at_end else left[len(form) :]
        families.add(FAMILIES.get(form, ""))
    inner = tuple(word for at, word in enumerate(left) if not (word in JOINING and 0 < at < len(left) - 1))
    return inner, frozenset(families - {""})


def _form_at_end(left: Words, written: str) -> Words:
    for length in range(min(LONGEST, len(left) - 1), 0, -1):
        form = left[-length:]
        if form in FAMILIES and (form != ("spa",) or _LEGAL_SPA.search(written)):
            return form
    return ()


def _form_in_front(left: Words) -> Words:
    for length in range(min(3, len(left) - 1), 0, -1):
        if " ".join(left[:length]) in IN_FRONT:
            return left[:length]
    return ()
