"""How much somebody talks with us now. Pure."""

from dataclasses import dataclass

from sonora.graph.facts import Facts

HIGH = (3, 10)  # conversations, or messages of theirs, in 30 days


@dataclass(frozen=True, slots=True)
class Engagement:
    """*level* is high, medium, low or none; *because* says which figure made it so."""

    level: str
    because: str

    @property
    def word(self) -> str:
        return self.level.capitalize()


def engagement(facts: Facts) -> Engagement:
    """By the last 30 days; low is whoever wrote in the last 90 only."""
    talks, wrote = facts.conversations_30, facts.messages_30
    if wrote and (talks >= HIGH[0] or wrote >= HIGH[1]):
        return Engagement("high", f"{_said(wrote, talks)} in 30 days")
    if wrote:
        return Engagement("medium", f"{_said(wrote, talks)} in 30 days")
    if facts.messages_90:
        return Engagement("low", f"{_said(facts.messages_90, facts.conversations_90)} in 90 days, none in 30")
    return Engagement("none", "Nothing written in 90 days")


def _said(messages: int, conversations: int) -> str:
    return f"{messages} {'message' if messages == 1 else 'messages'}, {conversations} {_noun(conversations)}"


def _noun(conversations: int) -> str:
    return "conversation" if conversations == 1 else "conversations"
