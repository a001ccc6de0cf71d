"""How an answer was worked out: the query in words, what was looked at, and how far."""

from dataclasses import dataclass

from sonora.chat.answers import citing, described, talks
from sonora.chat.answers.answering import LISTED, Answer
from sonora.core.words import thousands
from sonora.screens.chat import whose
from sonora.screens.filters.bar import Bar

MOST = 1_000  # rows of a file


@dataclass(frozen=True, slots=True, kw_only=True)
class Working:
    """*asked* is the query in words, *within* the values of its filter; *fields* are what was looked at."""

    asked: str
    within: list[str]
    fields: list[str]
    limits: str


def of(answer: Answer, bar: Bar) -> Working:
    """How *answer* was worked out; *bar* has the chips of its filter."""
    chips = [item.chip for item in bar.items if item.chip.is_set]
    return Working(
        asked=described.asked(answer.query),
        within=[f"{chip.name} {chip.value}" for chip in chips],
        fields=described.fields(answer.query),
        limits=" ".join(_limits(answer)),
    )


def _limits(answer: Answer) -> list[str]:
    query = answer.query
    said = [f"{LISTED} rows are shown at once, {citing.MOST} messages are cited."]
    if answer.table is None:
        said.append(f"A file has {thousands(query.limit or MOST)} rows at most.")
    if query.metric in whose.COUNTED:
        said.append(f"Customers are counted of up to {thousands(whose.MOST)} conversations.")
    if answer.count.is_more:
        newest, most = thousands(talks.LOOKED_AT), thousands(talks.MOST)
        said.append(f"Common words are looked for in the newest {newest} conversations, until {most} have them.")
    return said
