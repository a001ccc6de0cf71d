"""Lines behind which an earlier message follows whole: Outlook's headers, forwards, marks of ticket systems."""

import re

from sonora.insights.text.lines import Line

LONGEST = 600  # characters of a line that is looked at
LOOK_AHEAD = 7  # lines in which the other headers are to stand
FROM = "from|von|de|van|da|från|fra|od"
OTHERS = (
    "sent|date|to|cc|subject|reply-to|gesendet|datum|an|betreff|envoyé|envoyé le|à|objet|enviado|enviado el|fecha|para"
    "|asunto|data|enviada em|enviado em|assunto|verzonden|aan|onderwerp|inviato|a|oggetto"
)
FROM_LINE = re.compile(rf"[*_]*(?:{FROM})\s?:[*_]*\s*\S.*", re.IGNORECASE)
OTHER_LINE = re.compile(rf"[*_]*(?:{OTHERS})\s?:[*_]*(?:\s.*|$)", re.IGNORECASE)
OTHER_WORD = re.compile(rf"(?<!\w)(?:{OTHERS})\s?:", re.IGNORECASE)
SEPARATOR = re.compile(
    r"(?:-{2,}|_{2,}|={2,})\s*(?:original message|original e-?mail|reply message|forwarded message|forwarded by .{1,80}"
    r"|ursprüngliche nachricht|originalnachricht|original-nachricht|weitergeleitete nachricht"
    r"|message d['’]origine|message original|message transféré|message d['’]origine transféré"
    r"|mensaje original|mensaje reenviado|mensagem original|mensagem encaminhada|mensagem reencaminhada"
    r"|oorspronkelijk bericht|doorgestuurd bericht|messaggio originale|messaggio inoltrato)\s*(?:-{2,}|_{2,}|={2,})?",
    re.IGNORECASE,
)
BEGINS = re.compile(
    r"(?:begin forwarded message|anfang der weitergeleiteten nachricht|beginn der weitergeleiteten nachricht"
    r"|début du message (?:transféré|réexpédié)|inicio del mensaje reenviado|início da mensagem (?:re)?encaminhada"
    r"|begin doorgestuurd bericht|inizio messaggio inoltrato)\s?:?",
    re.IGNORECASE,
)
ABOVE_THIS_LINE = re.compile(
    r"\W*(?:please )?(?:type your reply|reply|respond|write|antworten sie|bitte antworten sie|répondez|responda"
    r"|antwoord)\b.{0,30}\b(?:above|over|oberhalb|über|au-dessus|encima|acima|boven)\b.{0,30}\b(?:line|linie"
    r"|zeile|ligne"
    r"|línea|linea|linha|lijn|regel)\b.{0,20}",
    re.IGNORECASE,
)


def begins_history(lines: list[Line], at: int) -> bool:
    """Whether from line *at* on an earlier message stands in full."""
    line = lines[at]
    if line.quoted or not line.text or len(line.text) > LONGEST:
        return False
    if any(sign.fullmatch(line.text) for sign in (SEPARATOR, BEGINS, ABOVE_THIS_LINE)):
        return True
    return FROM_LINE.fullmatch(line.text) is not None and _has_other_headers(lines, at)


def _has_other_headers(lines: list[Line], at: int) -> bool:
    """Two further headers below, or, where a program made one line of them, in the same line."""
    if len(set(OTHER_WORD.findall(lines[at].text))) >= 2:
        return True
    below = [line.text for line in lines[at + 1 : at + 1 + LOOK_AHEAD] if line.text]
    return sum(OTHER_LINE.fullmatch(text[:LONGEST]) is not None for text in below[:4]) >= 2
