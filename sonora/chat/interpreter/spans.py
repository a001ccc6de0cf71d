"""What the words of a question are, before it is known what the question means. Pure."""

from dataclasses import dataclass
from enum import Enum, auto
from typing import Any


class Kind(Enum):
    """What a run of words is. The comment says what the value of a span of that kind is."""

    INTENT = auto()  # count, compare, changes, trend
    ASKING = auto()  # which, who, show: list; "who" when people are asked for
    WISH = auto()  # somebody asks for something that is not said
    SHARE = auto()  # share, percentage: no figure that a query can ask for, but the count that it is a part of
    RANK = auto()  # most, least, newest, oldest
    EVERY = auto()  # the time of a trend: day, week, month, quarter
    BY = auto()  # by, per, for each: a grouping follows
    NOUN = auto()  # conversations, customers, people, requests, tags, teammates, segments, states, sentiment, days, …
    STATE = auto()  # open, closed, snoozed; or two of them
    SENTIMENT = auto()  # negative, neutral, positive, mixed
    SENTIMENT_TEXT = auto()  # the same, and what follows is what it is about
    ROLE = auto()  # user, lead
    ENGAGEMENT = auto()  # high, medium, low, none
    CHAMPION = auto()  # yes
    RHYTHM = auto()  # active, quiet, left
    UNASSIGNED = auto()
    UNMATCHED = auto()  # of no customer
    UNTAGGED = auto()
    THRESHOLD = auto()  # more than, at least: nothing that a query can say
    UNASKABLE = auto()  # what no query can say
    COMMA = auto()
    CUE = auto()  # the kinds of name that may follow, see `phrases`
    NOT = auto()
    AND = auto()
    OR = auto()
    DATE = auto()  # sonora.filters.dates
    DATED = auto()  # opened, updated: what a date is the date of
    REFUSED = auto()  # a time that is still to come, or that no calendar has
    NUMBER = auto()  # an int
    NAME = auto()  # a tuple of names
    QUOTE = auto()  # the text
    NOTHING = auto()  # a word without a meaning of its own
    UNKNOWN = auto()


@dataclass(frozen=True, slots=True)
class Span:
    """Tokens *first* up to, not including, *last*, and what they are."""

    kind: Kind
    first: int
    last: int
    value: Any = None
