"""What is said to be polite: thanks, greetings and farewells that tell nothing of how their author feels."""

import re
import unicodedata

from sonora.insights.text.closings import FAREWELLS, THANKS

LONGEST = 120  # characters
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|&")
POLITE_SIGNS = frozenset("🙏👋🙂😊☺👍🙌")
OTHERS = """
hi|hello|hey|dear|good morning|good afternoon|good evening|team|all|everyone|there|guys|and|und|et|y|e|en
bye|bye bye|goodbye|good bye|see you|see you soon|talk soon|talk to you soon|good night|have a good one|you too
same to you
have a great weekend|have a nice weekend|have a good weekend|have a lovely day|enjoy your day|enjoy your weekend
ok|okay|k|alright|all right|sure|noted|understood|got it|will do|no problem|no worries|you're welcome|welcome
thank you so much|thanks so much|thank u|thank you all|thanks all|thanks everyone|thank you again|appreciated
much appreciated
for your help|for the help|for your time|for your reply|for the reply|for your quick reply|for the quick reply
for your answer|for the answer|for your response|for the quick response|for your support|for letting me know
for the info
for the information|for the update|in advance
hallo|guten tag|guten morgen|tschüss|tschüß|auf wiedersehen|schönes wochenende|bis bald|bis dann|gerne
alles klar
bonjour|salut|au revoir|à plus|bon week-end|bonne soirée|d'accord
hola|buenos días|buenas tardes|adiós|hasta luego|hasta pronto|vale|de nada
olá|bom dia|boa tarde|tchau|até logo|até breve|de nada
hallo|goedemorgen|goedemiddag|dag|doei|tot ziens|tot snel|fijn weekend|oké|graag gedaan
"""


def is_courtesy(text: str) -> bool:
    """Whether *text* is nothing but polite phrases, with at most one name behind the first of them."""
    if len(text) > LONGEST or any(unicodedata.category(sign) == "So" and sign not in POLITE_SIGNS for sign in text):
        return False
    words = WORD.findall(text)
    left = _without_phrases(words)
    return bool(words) and (not left or (left != words[: len(left)] and _is_name(left)))


def _without_phrases(words: list[str]) -> list[str]:
    """The words that belong to no phrase; of several phrases that begin at a word the longest counts."""
    lowered, left, at = [_plain(word) for word in words], [], 0
    while at < len(words):
        length = next((n for n in range(_MOST_WORDS, 0, -1) if tuple(lowered[at : at + n]) in _PHRASES), 0)
        left += words[at : at + 1] if not length else []
        at += length or 1
    return left


def _is_name(left: list[str]) -> bool:
    return len(left) == 1 and left[0][0].isupper() and not left[0].isupper()


def _plain(word: str) -> str:
    return word.casefold().replace("’", "'")


def _phrases() -> frozenset[tuple[str, ...]]:
    listed = {*FAREWELLS, *THANKS, *OTHERS.replace("\n", "|").split("|")}
    return frozenset(tuple(_plain(word) for word in WORD.findall(phrase)) for phrase in listed) - {()}


_PHRASES = _phrases()
_MOST_WORDS = max(map(len, _PHRASES))
