"""What was written before this message and stands in it again: replies, forwards, and the lines that announce them."""

import re

from sonora.insights.text.headers import begins_history
from sonora.insights.text.lines import Line

LONGEST = 400  # characters of an announcing line
WRAPPED = 3  # mail programs break "On … wrote:" into as many lines
STARTS = re.compile(r"(?:on|am|le|el|em|a|no dia|op|il|den|w dniu|\d{4}-\d\d-\d\d)\b|.{1,80}@", re.IGNORECASE)
WROTE = re.compile(
    r".*\b(?:wrote|writes|schrieb|geschrieben|a [ée]crit|escribi[óo]|escreveu|schreef|geschreven|ha scritto|napisa[łl])"
    r"\b.{0,80}[:：]|\d{4}-\d\d-\d\d\b.*<\S+@\S+>\s?:",
    re.IGNORECASE,
)
# A moment or an address must be in it: "On the start page you wrote:" is a customer's own.
MOMENT = re.compile(r"\d{1,2}[:.h]\d\d|\b(?:19|20)\d\d\b|\d{1,2}[/.]\s?\d{1,2}[/.]|\S@\S", re.IGNORECASE)


def without_quotes(lines: list[Line]) -> list[Line]:
    """*lines* without those that are quoted and those that announce a quote.

    Where the quote is marked line by line, what stands between and below it is kept. Behind an announcement without
    such marks all is history. A message that is nothing but an unannounced quotation keeps it.
    """
    kept: list[Line] = []
    announced, at = False, 0
    while at < len(lines):
        if begins_history(lines, at):
            announced = True
            break
        length = _announcement(lines, at)
        if length and not _is_marked(lines, at + length):
            announced = True
            break
        announced = announced or length > 0
        kept += [line for line in lines[at : at + 1] if not length and not line.quoted]
        at += length or 1
    if announced or any(line.text for line in kept):
        return kept
    return [Line(line.text.lstrip("> ")) for line in lines]


def _announcement(lines: list[Line], at: int) -> int:
    """How many lines at *at* say who wrote the following and when; 0 when none do."""
    if lines[at].quoted or not STARTS.match(lines[at].text):
        return 0
    for length in range(1, WRAPPED + 1):
        text = " ".join(line.text for line in lines[at : at + length])
        if len(text) > LONGEST or not lines[min(at + length, len(lines)) - 1].text:
            return 0
        if text.endswith((":", "：")) and WROTE.fullmatch(text) and MOMENT.search(text):
            return min(length, len(lines) - at)
    return 0


def _is_marked(lines: list[Line], at: int) -> bool:
    """Whether the next words from *at* on carry a mark of quotation."""
    following = next((line for line in lines[at : at + 3] if line.text), None)
    return following is not None and following.quoted
