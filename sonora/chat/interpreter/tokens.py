"""A question cut into words, each with its place in what was typed. Pure."""

import re
import unicodedata
from dataclasses import dataclass

LONGEST = 1_000  # characters that are read; nobody asks longer, and what follows is named as ignored
MOST = 120  # words

_UNSPACED = r"\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uff66-\uff9f"  # of scripts without blanks between words
_TOKEN = re.compile(
    r"""(?P<sign>[#@])?(?:“(?P<curly>[^”]{1,300})”|"(?P<double>[^"]{1,300})"|«(?P<french>[^»]{1,300})»)"""
    r"""|(?<!\w)['‘](?P<single>[^'’]{1,200})['’](?!\w)|(?P<mark>,|&(?=\s))|\w[\w-]*(?=-tagged\b)|\bnon(?=-\w)"""
    rf"""|[{_UNSPACED}]+|[\w#@](?:[^\s,;:!?()\[\]{{}}<>"“”«»|=*\\{_UNSPACED}]*)"""
)
_HASTY = {"whats", "whos", "hows", "wheres", "theres"}  # typed without the apostrophe
_POSSESSIVE = re.compile(r"(?<=\w)['’]s?(?!\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Token:
    """One word, mark or quoted run: *key* is its normal form, *start* and *end* where it stands in the question.

    *sign* is what stands before it to say what it names: # a tag, @ a customer or somebody.
    """

    key: str
    start: int
    end: int
    is_quoted: bool = False
    sign: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """What was typed, and its words; *rest* is what is too long to be read."""

    text: str
    tokens: tuple[Token, ...]
    rest: str = ""

    def words(self, first: int, last: int) -> str:
        """What was typed from token *first* up to, not including, *last*; without quotation marks."""
        return " ".join(self.text[self.tokens[first].start : self.tokens[last - 1].end].split()) if last > first else ""

    def is_possessive(self, token: Token) -> bool:
        """Whether what is called *token* has something: "Mia's"."""
        return not token.is_quoted and bool(_POSSESSIVE.match(self.text, token.end))


def question(text: str) -> Question:
    """*text*, whatever was typed, cut into words."""
    clean = plain(text)
    read = clean[:LONGEST]
    found = [_token(match) for match in _TOKEN.finditer(read)]
    tokens = tuple(token for token in found if token.key)[:MOST]
    end = tokens[-1].end if len(tokens) == MOST else LONGEST
    return Question(
        text=read, tokens=tokens, rest=clean[end:].strip(" ?!.") if len(tokens) == MOST or len(clean) > end else ""
    )


def plain(text: str) -> str:
    """*text* on one line, as it is read: what cannot be seen counts as a blank."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def quoted(name: str) -> str:
    """*name* in quotation marks that it does not hold itself, so that a question reads it as one."""
    written = plain(name)
    marks = next((pair for pair in ("“”", '""', "«»") if pair[1] not in written), "")
    return f"{marks[:1]}{written}{marks[1:]}"


def key(text: str) -> str:
    """The form in which two spellings of a word or a name are equal: case, width and apostrophes make no difference."""
    if text.isascii():  # most names are, and there are many
        return " ".join(text.lower().split())
    return " ".join(unicodedata.normalize("NFKC", text).replace("’", "'").casefold().split())


def _token(match: re.Match[str]) -> Token:
    for kind in ("curly", "double", "french", "single"):
        if match[kind] is not None:
            return Token(key(match[kind]), match.start(kind), match.end(kind), is_quoted=True, sign=match["sign"] or "")
    word = match[0].rstrip(".'’/-") if len(match[0]) > 1 else match[0]
    word = _POSSESSIVE.sub("", word)
    word = word[:-1] if word.lower() in _HASTY else word
    sign = word[:1] if word[:1] in {"#", "@"} else ""
    return Token(key(word.lstrip("#@")), match.start() + len(sign), match.start() + len(word), sign=sign)
