"""A story: one matter that customers write about, and the sentences it can be told with."""

from dataclasses import dataclass

Lines = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Sentences for each place of a thread. `{…}` are slots, filled once for a conversation.

    Where a place has as many sentences as *openers*, they belong to the openers one by one; else any fits any.
    Where there are as many *resolutions* as *follow_ups*, each answers its own.

    *mood* is good, neutral or bad and chooses greeting, rating and end; *weight* is relative frequency.
    """

    key: str
    weight: int
    mood: str
    subjects: Lines
    openers: Lines
    details: Lines
    asks: Lines
    answers: Lines
    follow_ups: Lines
    resolutions: Lines
    endings: Lines
    progress: Lines = ()  # what the team says before it is solved
    notes: Lines = ()
    tags: Lines = ()
    team: int = 0  # place in names.TEAMS
    priority: str = "none"
    language: str = "en"
