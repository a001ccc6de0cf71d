"""What is known of one person, as plain values: all that is concluded rests on these. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pace:
    """How quickly somebody answers: the median of *number* answers, in seconds; None without any."""

    seconds: int | None = None
    number: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """One person. Times are Unix seconds; 30 and 90 are the days that end with today, in the viewer's time zone.

    A conversation counts in the days in which it was last updated, a message in those in which it was written.
    """

    conversations: int = 0  # all that are held, in which they take part
    conversations_30: int = 0
    conversations_90: int = 0
    messages_30: int = 0  # that they wrote themselves
    messages_90: int = 0
    last_at: int | None = None  # the last update of a conversation
    wrote_at: int | None = None  # their last message
    opened: tuple[int, ...] = ()  # when the conversations of the last year began, oldest first
    theirs: Pace = Pace()  # how quickly they answer us, in 90 days
    answers: tuple[tuple[int, int], ...] = ()  # those: when each was given, and after how many seconds
    ours: Pace = Pace()  # how quickly we answer them
    teammates: tuple[tuple[int, int], ...] = ()  # who answered them in 90 days and how often, most often first
    requests: int = 0  # features that they ask for
    felt: str = "none"  # the sentiment of their conversations of 90 days
    felt_number: int = 0  # of conversations that it rests on
    direction: str = ""  # rising, falling, steady; empty where too little is known
    job_title: str = ""
    has_bounced: bool = False  # mail to every address of theirs comes back
    changed_at: int | None = None  # the last change of a contact of theirs
