"""What a connection's state means, in words: pill, sentence, next step. Pure.

What is stored are three axes (setup, run, freshness) and the permissions; everything shown is derived from them here.
"""

from dataclasses import dataclass, replace
from datetime import UTC, tzinfo
from typing import Literal

from integrations import phrases, standstill
from integrations.standstill import WITHOUT_PROGRESS
from sonora.core import words

Meaning = Literal["ok", "warn", "error", "info", "neutral"]
Freshness = Literal["never", "on_time", "late", "stale"]
Action = Literal[
    "",
    "connect",
    "reconnect",
    "region",
    "sync",
    "retry",
    "pause",
    "resume",
    "runs",
    "permissions",
    "plan",
    "lookback",
    "version",
]

THINGS = {"conversations": "conversations", "contacts": "people", "companies": "companies", "admins": "teammates"}
REGIONS = {"us": "the US", "eu": "Europe", "au": "Australia"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """One connection at one moment. Times are Unix seconds; `missing` and `plan` name what cannot be read, and why.

    `conversations_said` is what the provider counts, None when it did not say; `deleted_percent` counts while setup
    is deleting; `to_analyse` are conversations, `analysis_stopped` says that no worker looks for them.
    `address_region` is the region that the address belongs to, `region` the one that was told; `silent_since` is when
    the scheduler last ran, if that is too long ago.
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
    to_analyse: int = 0
    analysis_stopped: bool = False
    last_finished: int | None = None
    last_progress: int | None = None
    next_due: int | None = None
    next_run: int | None = None
    deleted_percent: int = 0
    failing_since: int | None = None
    dispatched_at: int | None = None
    lease_until: int | None = None
    silent_since: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """`key` is stable for machines and tests; `word` and `meaning` make the pill; `icon` is a name of `core.icons`.

    `standstill` says since when and why nothing comes in although more is due, `advice` what can be done about that.
    """

    key: str
    word: str
    meaning: Meaning
    icon: str
    sentence: str
    action: Action = ""
    note: str = ""
    standstill: str = ""
    advice: str = ""

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
        or _behind(seen, now=now)
        or _analysing(seen)
        or _healthy(seen, now=now)
    )
    assert status is not None  # noqa: S101 - the last one always answers
    stands = standstill.sentence(seen, now=now, zone=zone)
    return replace(status, standstill=stands, advice=standstill.advice(seen, now=now)) if stands else status


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
        when = phrases.when_and_by(seen.changed_by, seen.changed_at, now=now, zone=zone)
        text = f"Disconnected{when}. Data up to then is kept."
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
            "region",
        ),
        "workspace_mismatch": (
            "Other workspace",
            f"This token doesn't belong to {name}. Syncing has stopped; your data is safe.",
            "reconnect",
        ),
    }
    if seen.setup == "version_refused":
        text = f"{seen.provider} no longer offers this API version. Sonora needs an update."
        return Status(
            key=seen.setup, word="Update needed", meaning="warn", icon="warning", sentence=text, action="version"
        )
    if seen.setup not in table:
        return None
    word, text, action = table[seen.setup]
    return Status(key=seen.setup, word=word, meaning="error", icon="attention", sentence=text, action=action)


def _paused(seen: Snapshot, *, now: int, zone: tzinfo) -> Status | None:
    if seen.run == "paused_by_person":
        when = phrases.by_and_when(seen.changed_by, seen.changed_at, now=now, zone=zone)
        text = f"Paused{when}. Nothing new is coming in."
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
        text = f"{seen.provider} doesn't let this token read {_things(seen.missing)}. Everything else is syncing."
        action: Action = "permissions"
    elif seen.plan:
        text, action = f"Your {seen.provider} plan doesn't include {_things(seen.plan)}.", "plan"
    else:
        return None
    key = "limited" if seen.missing else "plan_limited"
    return Status(key=key, word="Limited", meaning="warn", icon="attention", sentence=text, action=action)


def _waiting(seen: Snapshot, *, now: int, zone: tzinfo) -> Status | None:
    if seen.run == "waiting_intercom":
        wait = words.duration(phrases.coarse(max(0, (seen.run_until or now) - now)))
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
        until = f" Continuing at {phrases.clock(seen.run_until, zone=zone)}." if seen.run_until else " Continuing soon."
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


def _behind(seen: Snapshot, *, now: int) -> Status | None:
    how = freshness(seen, now=now)
    age = words.duration(phrases.coarse(now - (seen.last_finished or now)))
    if how == "stale":
        return Status(
            key="stale",
            word="Out of date",
            meaning="warn",
            icon="warning",
            sentence=f"No new data for {age}.",
            action="runs",
            note=seen.last_error,
        )
    if how == "late":
        text = f"Last synced {age} ago. We expect to catch up."
        return Status(key="late", word="Late", meaning="warn", icon="clock", sentence=text, action="runs")
    return None


def _analysing(seen: Snapshot) -> Status | None:
    if not seen.to_analyse:
        return None
    left = f"{words.counted(seen.to_analyse, 'conversation')} still to analyse."
    if seen.analysis_stopped:
        text = f"Sync is done, but analysis isn't running. {left}"
        note = f"{standstill.ASK} whether an analysis worker runs."
        return Status(
            key="analysis_stopped", word="Not analysing", meaning="warn", icon="warning", sentence=text, note=note
        )
    text = f"Sync is done. {left}"
    return Status(key="analysing", word="Analysing", meaning="info", icon="sync", sentence=text, note=_note(seen))


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
    return "Synced just now." if age < 60 else f"Synced {words.duration(phrases.coarse(age))} ago."


def _next(seen: Snapshot, *, now: int) -> str:
    if seen.next_run is None:
        return ""
    wait = seen.next_run - now
    return " Next now." if wait <= 0 else f" Next in {words.duration(phrases.coarse(wait))}."


def _things(names: tuple[str, ...]) -> str:
    return phrases.listed([THINGS.get(name, name) for name in names])
