"""Paragraphs that a company's mail server adds: confidentiality below, warnings about outsiders above."""

import re

from sonora.insights.text.lines import Line

LOOKED_AT = 700  # characters of a paragraph that decide
# Both halves must be there: a customer may well write that something is confidential.
ABOUT_THE_MAIL = re.compile(
    r"\b(?:this|the) (?:e-?mail|message|communication|transmission|information (?:contained )?in this)"
    r"|\bdies(?:e|er|es)? (?:e-?mail|nachricht|mitteilung)|\bce(?:t|tte)? (?:e-?mail|message|courriel|courrier"
    r"|communication)"
    r"|\beste (?:e-?mail|mensaje|correo|documento)|\besta (?:mensagem|comunicación|mensaje)|\bdit (?:e-?mail)?bericht"
    r"|\bdeze e-?mail|\bconfidentiality notice|\bdisclaimer\b",
    re.IGNORECASE,
)
ABOUT_SECRECY = re.compile(
    r"confidential|privileged|intended (?:only |solely )?(?:recipient|for)|unauthori[sz]ed|vertraulich"
    r"|rechtlich geschützt"
    r"|nicht der richtige adressat|irrtümlich|confidentiel|destinataire|par erreur|confidencial|destinatario|por error"
    r"|destinatário|por engano|vertrouwelijk|geadresseerde|abusievelijk|scanned (?:for|by)|virus|before printing",
    re.IGNORECASE,
)
ALONE = re.compile(
    r"(?:please )?(?:consider|think of) the environment before printing|(?:bitte )?(?:denken|prüfen) sie .{0,60}umwelt"
    r"|bevor sie diese (?:e-?)?mail ausdrucken|pensez à l['’]environnement avant d['’]imprimer|antes de imprimir este"
    r"|antes de imprimir, pense|denk aan het milieu|virus-free\.|virenfrei\.|sans virus\.|libre de virus|livre de vírus"
    r"|virusvrij\.|registered (?:office|in england)|amtsgericht .{0,60}hrb|geschäftsführer:|sitz der gesellschaft"
    r"|to unsubscribe|unsubscribe from|you are receiving this|você está recebendo|vous recevez ce",
    re.IGNORECASE,
)
BANNER = re.compile(
    r"\W*(?:external|extern|externe|externo)(?: e-?mail| sender| message)?\W*"
    r"|\W*(?:caution|warning|attention|notice|achtung|vorsicht|atención|atenção|let op)?\W{0,4}"
    r"(?:external e-?mail|this (?:e-?mail|message) (?:originated|came|was sent|is) from (?:outside|an? external)"
    r"|diese (?:e-?mail|nachricht) (?:kommt|stammt|wurde) .{0,20}(?:außerhalb|extern)"
    r"|(?:cet e-?mail|ce message) provient (?:de l['’]extérieur|d['’]un expéditeur externe)"
    r"|este (?:correo|mensaje) (?:proviene|procede|se originó) (?:de )?fuera"
    r"|este e-?mail (?:veio|foi enviado) de fora|deze e-?mail komt van buiten)\b.{0,300}",
    re.IGNORECASE,
)
LONGEST_BANNER = 400
MOST_LINES = 20  # of a disclaimer


def without_banners(lines: list[Line]) -> list[Line]:
    """*lines* without the warnings above a mail from outside the company."""
    return [line for line in lines if not (len(line.text) <= LONGEST_BANNER and BANNER.fullmatch(line.text))]


def without_disclaimers(lines: list[Line]) -> list[Line]:
    """*lines* without what a mail server wrote at their end."""
    end = _words_end(lines, len(lines))
    while end and (start := _disclaimer(lines, end)) < end:
        end = _words_end(lines, start)
    return lines[:end]


def _words_end(lines: list[Line], end: int) -> int:
    while end and not lines[end - 1].text:
        end -= 1
    return end


def _disclaimer(lines: list[Line], end: int) -> int:
    """Where the disclaimer begins that ends before *end*; *end* when there is none. An empty line is its limit."""
    for start in range(end - 1, max(-1, end - 1 - MOST_LINES), -1):
        if not lines[start].text:
            break
        if _begins_disclaimer(lines[start].text, " ".join(line.text[:LOOKED_AT] for line in lines[start:end])):
            return start
    return end


def _begins_disclaimer(line: str, paragraph: str) -> bool:
    head = line[:200]
    if ALONE.search(head):
        return True
    return ABOUT_THE_MAIL.search(head) is not None and ABOUT_SECRECY.search(paragraph[:LOOKED_AT]) is not None
