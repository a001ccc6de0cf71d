"""How well companies are matched, as the card draws it: by companies, and by the conversations that name them."""

from collections.abc import Mapping
from dataclasses import dataclass

from sonora.core import words
from sonora.core.marks import Share
from sonora.customers import match_health
from sonora.customers.match_health import Health

LOOKS = {"automatic": "ok", "confirmed": "accent", "to review": "warn", "unmatched": "strong", "ignored": "neutral"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """The two bars of one connection, each with its words, and what the bars are drawn from."""

    health: Health
    companies: list[Share]
    companies_words: str
    conversations: list[Share]
    conversations_words: str

    @property
    def linked(self) -> int:
        """Companies that are a customer."""
        return self.health.companies["automatic"] + self.health.companies["confirmed"]


def of(connection_id: int) -> Matched:
    """The match health of one connection; one query."""
    found = match_health.of(connection_id)
    return Matched(
        health=found,
        companies=_shares(found.companies),
        companies_words=_in_words("company,companies", found.companies),
        conversations=_shares(found.conversations),
        conversations_words=_in_words("conversation with a company,conversations with a company", found.conversations),
    )


def _shares(numbers: Mapping[str, int]) -> list[Share]:
    return [Share(word=word, number=number, look=LOOKS[word]) for word, number in numbers.items()]


def _in_words(noun: str, numbers: Mapping[str, int]) -> str:
    """As in: 640 companies: 602 automatic, 38 to review."""
    told = ", ".join(f"{words.thousands(number)} {word}" for word, number in numbers.items() if number)
    return f"{words.counted(sum(numbers.values()), noun)}: {told or 'none yet'}."
