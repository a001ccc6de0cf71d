"""What a connection's state means, in words: pill, sentence, next step. Pure.

What is stored are three axes (setup, run, freshness) and the permissions; everything shown is derived from them here.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Literal

from integrations import standstill
from integrations.standstill import WITHOUT_PROGRESS
from sonora.core import words

Meaning = Literal["ok", "warn", "error", "info", "neutral"]
Freshness = Literal["never", "on_time", "late", "stale"]
Action = Literal["", "connect", "reconnect", "sync", "retry", "pause", "resume", "runs", "permissions", "lookback"]

THINGS = {"conversations": "conversations", "contacts": "people", "companies": "companies", "admins": "teammates"}
REGIONS = {"us": "the US", "eu": "Europe", "au": "Australia"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """One connection at one moment. Times are Unix seconds; `missing` and `plan` name what cannot be read, and why.

    `conversations_said` is what the provider counts, None when it did not say; `deleted_percent` counts while setup
    is deleting. `address_region` is the region that the address belongs to, `region` the one that was told.
    """

    setup: str
    run: str
    provider: str = "Intercom"
    app_name: str = ""
    region: str = ""
    address_region: str = ""
    run_until: int | None = None
    interval: int = 900
    changed_at: int | None = None
    changed_by: str = ""
    last_error: str = ""
    initial_done: bool = False
    first_started: bool = False
    conversations: int = 0
    conversations_said: int | None = None
    missing: tuple[str, ...] = ()
    plan: tuple[str, ...] = ()
    unreadable: int = 0
    unreadable_are: str = "object"
    last_finished: int | None = None
    last_progress: int | None = None
    next_due: int | None = None
    next_run: int | None = None
    deleted_percent: int = 0
    failing_since: int | None = None
    dispatched_at: int | None = None
    lease_until: int | None = None
    beat_dead: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """`key` is stable for machines and tests; `word` and `meaning` make the pill; `icon` is a name of `core.icons`."""

    key: str
    word: str
    meaning: Meaning
    icon: str
    sentence: str
    action: Action = ""
    note: str = ""

    @property
    def needs_a_person(self) -> bool:
        return self.meaning == "error"


def derive(seen: Snapshot, *, now: int, zone: tzinfo = UTC) -> Status:
    """The one state that is shown for *seen*: the gravest that is true. Clock times are told in *zone*."""
    status = (
        _ended(seen, now=now, zone=zone)
        or _needs_a_person(seen)
        or _paused(seen, now=now, zone=zone)
        or _limited(seen)
        or _waiting(seen, now=now, zone=zone)
        or _syncing(seen, now=now)
        or _behind(seen, now=now, zone=zone)
        or _healthy(seen, now=now)
    )
    assert status is not None  # noqa: S101 - the last one always answers
    return status


def freshness(seen: Snapshot, *, now: int) -> Freshness:
    """How old the data is against its schedule; the first sync is not judged."""
    if seen.last_finished is None or not seen.initial_done:
        return "never" if seen.last_finished is None else "on_time"
    age = now - seen.last_finished
    if age > 2 * seen.interval or standstill.since(seen, now=now) is not None:
        return "stale"
    return "late" if age > 1.5 * seen.interval else "on_time"


def _ended(seen: Snapshot, *, now: int, zone: tzinfo) -> Status | None:
    if seen.setup == "deleting":
        text = f"Removing {seen.provider} data. {seen.deleted_percent}% done."
        return Status(key="deleting", word="Deleting", meaning="info", icon="sync", sentence=text)
    if seen.setup == "disconnected":
        text = f"Disconnected{_when_and_who(seen, now=now, zone=zone)}. Data up to then is kept."
        return Status(
            key="disconnected", word="Disconnected", meaning="neutral", icon="minus", sentence=text, action="reconnect"
        )
    return None


def _needs_a_person(seen: Snapshot) -> Status | None:
    name = seen.app_name or "the connected workspace"
    wrong = REGIONS.get(seen.address_region, "another region")
    table: dict[str, tuple[str, str, Action]] = {
        "token_invalid": (
            "Reconnect",
            f"{seen.provider} no longer accepts the token. Syncing has stopped; your data is safe.",
            "reconnect",
        ),
        "credentials_unreadable": (
            "Reconnect",
            "Sonora can't read the stored token. Your data is safe; paste the token again.",
            "reconnect",
        ),
        "wrong_region": (
            "Wrong region",
            f"This workspace is in {REGIONS.get(seen.region, 'another region')}, but the address is for {wrong}.",
            "reconnect",
        ),
        "workspace_mismatch": (
            "Other workspace",
            f"This token doesn't belong to {name}. Syncing has stopped; your data is safe.",
            "reconnect",
        ),
    }
    if seen.setup == "version_refused":
        text = f"{seen.provider} no longer offers this API version. Sonora needs an update."
        return Status(key=seen.setup, word="Update needed", meaning="warn", icon="warning", sentence=text)
    if seen.setup not in table:
        return None
    word, text, action = table[seen.setup]
    return Status(key=seen.setup, word=word, meaning="error", icon="attention", sentence=text, action=action)


def _paused(seen: Snapshot, *, now: int, zone: tzinfo) -> Status | None:
    if seen.run == "paused_by_person":
        text = f"Paused{_when_and_who(seen, now=now, zone=zone, by_first=True)}. Nothing new is coming in."
    elif seen.run == "paused_after_failures":
        text = "Paused after a day of failed tries. Fix the cause, then resume."
    else:
        return None
    return Status(
        key=seen.run,
        word="Paused",
        meaning="neutral",
        icon="pause",
        sentence=text,
        action="resume",
        note=seen.last_error,
    )


def _limited(seen: Snapshot) -> Status | None:
    if seen.missing:
        text = f"{seen.provider} doesn't let this token read {_listed(seen.missing)}. Everything else is syncing."
        action: Action = "permissions"
    elif seen.plan:
        text, action = f"Your {seen.provider} plan doesn't include {_listed(seen.plan)}.", ""
    else:
        return None
    key = "limited" if seen.missing else "plan_limited"
    return Status(key=key, word="Limited", meaning="warn", icon="attention", sentence=text, action=action)


def _waiting(seen: Snapshot, *, now: int, zone: tzinfo) -> Status | None:
    if seen.run == "waiting_intercom":
        wait = words.duration(_coarse(max(0, (seen.run_until or now) - now)))
        again = f"Trying again in {wait}." if (seen.run_until or 0) > now else "Trying again now."
        text = f"{seen.provider} isn't answering. {again}"
        return Status(
            key=seen.run,
            word="Waiting",
            meaning="neutral",
            icon="clock",
            sentence=text,
            action="retry",
            note=seen.last_error,
        )
    if seen.run == "waiting_rate_limit":
        until = f" Continuing at {_clock(seen.run_until, zone=zone)}." if seen.run_until else " Continuing soon."
        text = f"{seen.provider} asked us to slow down.{until}"
        late = seen.last_progress is not None and now - seen.last_progress > WITHOUT_PROGRESS
        meaning: Meaning = "warn" if late else "neutral"
        return Status(key=seen.run, word="Waiting", meaning=meaning, icon="clock", sentence=text)
    return None


def _syncing(seen: Snapshot, *, now: int) -> Status | None:
    if not seen.initial_done:
        return Status(
            key="first_sync",
            word="First sync",
            meaning="info",
            icon="sync",
            sentence="Bringing in your conversations. You can leave this page."
            if seen.first_started
            else "The first sync starts in a moment. You can leave this page.",
            action="pause",
            note=first_sync_note(seen),
        )
    if seen.run in ("incremental", "initial", "queued") and standstill.since(seen, now=now) is None:
        return Status(
            key="syncing",
            word="Syncing",
            meaning="info",
            icon="sync",
            sentence="Checking for changes…",
            note=_note(seen),
        )
    return None


def first_sync_note(seen: Snapshot) -> str:
    """How far the first sync is, without a percentage that nobody counted."""
    so_far = words.counted(seen.conversations, "conversation")
    if seen.conversations_said is None or seen.conversations_said < seen.conversations:
        return f"{so_far} so far. {seen.provider} hasn't given a total."
    return f"{words.thousands(seen.conversations)} of about {words.counted(seen.conversations_said, 'conversation')}."


def _behind(seen: Snapshot, *, now: int, zone: tzinfo) -> Status | None:
    how = freshness(seen, now=now)
    age = words.duration(_coarse(now - (seen.last_finished or now)))
    if how == "stale":
        return Status(
            key="stale",
            word="Out of date",
            meaning="warn",
            icon="warning",
            sentence=f"No new data for {age}.",
            action="runs",
            note=standstill.sentence(seen, now=now, zone=zone) or seen.last_error,
        )
    if how == "late":
        text = f"Last synced {age} ago. We expect to catch up."
        return Status(key="late", word="Late", meaning="warn", icon="clock", sentence=text, action="runs")
    return None


def _healthy(seen: Snapshot, *, now: int) -> Status:
    if seen.conversations == 0:
        text = "Connected. No conversations in this period."
        return Status(key="empty", word="Healthy", meaning="ok", icon="dot", sentence=text, action="lookback")
    text = f"{_synced(seen, now=now)}{_next(seen, now=now)}"
    return Status(
        key="healthy", word="Healthy", meaning="ok", icon="dot", sentence=text, action="sync", note=_note(seen)
    )


def _note(seen: Snapshot) -> str:
    if not seen.unreadable:
        return ""
    return f"{words.counted(seen.unreadable, seen.unreadable_are)} could not be read. We'll try again next time."


def _synced(seen: Snapshot, *, now: int) -> str:
    age = now - (seen.last_finished or now)
    return "Synced just now." if age < 60 else f"Synced {words.duration(_coarse(age))} ago."


def _next(seen: Snapshot, *, now: int) -> str:
    if seen.next_run is None:
        return ""
    wait = seen.next_run - now
    return " Next now." if wait <= 0 else f" Next in {words.duration(_coarse(wait))}."


def _coarse(seconds: int) -> int:
    """*seconds* in whole minutes from a minute on, in whole hours from a day on: nobody reads more."""
    if seconds < 60:
        return seconds
    unit = 60 if seconds < 86_400 else 3600
    return seconds - seconds % unit


def _when_and_who(seen: Snapshot, *, now: int, zone: tzinfo, by_first: bool = False) -> str:
    when = ""
    if seen.changed_at is not None:
        day = words.short_day(_moment(seen.changed_at), now=_moment(now), zone=zone)
        when = f" on {day}"
    who = f" by {seen.changed_by}" if seen.changed_by else ""
    return f"{who}{when}" if by_first else f"{when}{who}"


def _clock(seconds: int | None, *, zone: tzinfo) -> str:
    return f"{_moment(seconds or 0).astimezone(zone):%H:%M:%S %Z}"


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _listed(names: tuple[str, ...]) -> str:
    things = [THINGS.get(name, name) for name in names]
    return things[0] if len(things) == 1 else f"{', '.join(things[:-1])} and {things[-1]}"
