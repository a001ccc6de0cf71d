"""From a message as it was sent to what its author says in it."""

from dataclasses import dataclass

from sonora.insights.text.automatic import is_automatic
from sonora.insights.text.disclaimers import without_banners, without_disclaimers
from sonora.insights.text.language import language_of
from sonora.insights.text.lines import Line, lines
from sonora.insights.text.quotes import without_quotes
from sonora.insights.text.signatures import without_signature

MOST_PASSES = 8  # a signature under a disclaimer under a signature: more than three were never seen


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnWords:
    """What the author of one message says in it.

    *text* is plain, empty when all of the message was quoted. *language* is a code of ISO 639 (``en``), None when the
    text is too short to tell. *automatic* says that no person wrote it: an absence note, a receipt, a failed delivery.
    """

    text: str
    language: str | None
    automatic: bool


def own_words(message: str, *, subject: str = "", sender: str = "") -> OwnWords:
    """The own words in *message*, HTML or plain text; takes any text, raises nothing, in time linear to its length.

    *subject* and *sender* (an e-mail address) help to recognise machines. What would be cut to nothing stays as it is,
    unless it is a quote.
    """
    own = without_quotes(lines(message))
    text = _joined(_said(own))
    return OwnWords(
        text=text, language=language_of(text), automatic=is_automatic(_joined(own), subject=subject, sender=sender)
    )


def _said(own: list[Line]) -> list[Line]:
    for _ in range(MOST_PASSES):
        shorter = without_signature(without_disclaimers(without_banners(own)))
        if len(shorter) == len(own) or not any(line.text for line in shorter):
            return own
        own = shorter
    return own


def _joined(own: list[Line]) -> str:
    """The lines as text, with at most one empty line together."""
    kept: list[str] = []
    for line in own:
        if line.text or (kept and kept[-1]):
            kept.append(line.text)
    return "\n".join(kept).strip()
