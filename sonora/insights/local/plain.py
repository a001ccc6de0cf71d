"""A text as the models are shown it: the same in training and in use."""

import re
import unicodedata

LONGEST = 6_000  # characters; customers' messages are shorter, pasted logs are not

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe0e\ufe0f\ufeff\ud800-\udfff]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_URL = re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE)
_MAIL = re.compile(r"\b[\w.+-]+@[\w-]+\.[\w.]+\b")
_HANDLE = re.compile(r"(?<!\w)@\w+")
_REPEATED = re.compile(r"([^\W\d_])\1{2,}", re.IGNORECASE)
_RUN = re.compile(r"([!?.\-=_*#~])\1{2,}")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "´": "'", "“": '"', "”": '"', "…": "..."})

# What an emoji says in words: the tokenizer knows only a few of them.
_EMOJI_WORDS = {
    "love": "❤🧡💛💚💙💜🖤😍🥰😘💕💖💗💘💞💓♥",
    "happy": "😀😃😄😁😊🙂😇☺🤗😺😸🥳🎉🎊✨🌟⭐",
    "funny": "😂🤣😆😹",
    "great": "👍👏🙌💪🔥💯🏆🤩👌✅🚀",
    "thanks": "🙏",
    "angry": "😡😠🤬👿😤💢🖕",
    "sad": "😢😭😞😔☹🙁😟😥😿💔😓",
    "bad": "👎🤮🤢💩🗑❌",
    "annoyed": "🙄😒😑😩😫😖😣🤦😾",
    "worried": "😰😨😱😧😬",
    "thinking": "🤔🤷😐😶🧐",
}
_EMOJI = {ord(one): f" {word} " for word, signs in _EMOJI_WORDS.items() for one in signs}
_FACES = re.compile(r"[:;=<(]")
_SMILEYS = [
    (re.compile(r"(?<![\w:])[:;=]-?[)D\]]+(?!\w)|\(:|<3"), " happy "),
    (re.compile(r"(?<![\w:])[:=]'?-?[(\[/|]+(?!\w|/)"), " sad "),
]


def plain(text: str) -> str:
    """*text* on one line without what cannot be seen, with words for emoji, and `url`, `mail`, `@user` for addresses.

    At most LONGEST characters are looked at, two thirds of them from the beginning.
    """
    text = _shortened(text)
    if not text.isascii():
        text = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).translate(_QUOTES)
    if not text.isprintable():
        text = _CONTROL.sub(" ", text)
    text = _without_addresses(text)
    if _FACES.search(text):
        for pattern, word in _SMILEYS:
            text = pattern.sub(word, text)
    if not text.isascii():
        text = text.translate(_EMOJI)
    return " ".join(_RUN.sub(r"\1\1", _REPEATED.sub(r"\1\1", text)).split())


def _without_addresses(text: str) -> str:
    if "://" in text or "www." in text.lower():
        text = _URL.sub(" url ", text)
    return _HANDLE.sub("@user", _MAIL.sub("mail", text)) if "@" in text else text


def has_words(text: str) -> bool:
    """Whether a plain text holds a letter, so that it can say anything."""
    return any(character.isalpha() for character in text)


def _shortened(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    head = LONGEST * 2 // 3
    return f"{text[:head]} {text[head - LONGEST :]}"
