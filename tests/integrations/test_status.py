"""One row a state: pill, sentence and next step, and which state wins when two are true."""

from dataclasses import replace

import pytest

from integrations.status import Snapshot, derive, first_sync_note, freshness

NOW = 1_790_000_000
HEALTHY = Snapshot(
    setup="ok",
    run="idle",
    app_name="Northwind",
    region="eu",
    address_region="us",
    initial_done=True,
    first_started=True,
    conversations=12_480,
    last_finished=NOW - 240,
    last_progress=NOW - 240,
    next_due=NOW + 660,
    next_run=NOW + 660,
    changed_at=NOW - 86_400,
    changed_by="sam@northwind.example",
)

STATES = [
    ({}, "healthy", "Healthy", "Synced 4 min ago. Next in 11 min.", "sync"),
    (
        {"to_analyse": 1204},
        "analysing",
        "Analysing",
        "Sync is done. 1,204 conversations still to analyse.",
        "",
    ),
    (
        {"to_analyse": 1204, "analysis_stopped": True},
        "analysis_stopped",
        "Not analysing",
        "Sync is done, but analysis isn't running. 1,204 conversations still to analyse.",
        "",
    ),
    ({"conversations": 0}, "empty", "Healthy", "Connected. No conversations in this period.", "lookback"),
    (
        {"last_finished": NOW - 1400, "last_progress": NOW - 1400},
        "late",
        "Late",
        "Last synced 23 min ago. We expect to catch up.",
        "runs",
    ),
    ({"last_finished": NOW - 10_900}, "stale", "Out of date", "No new data for 3 h 1 min.", "runs"),
    (
        {"next_due": NOW - 1000, "last_progress": NOW - 1000, "last_finished": NOW - 1000},
        "stale",
        "Out of date",
        "No new data for 16 min.",
        "runs",
    ),
    ({"run": "incremental"}, "syncing", "Syncing", "Checking for changes…", ""),
    (
        {"initial_done": False, "run": "initial", "last_finished": None},
        "first_sync",
        "First sync",
        "Bringing in your conversations. You can leave this page.",
        "pause",
    ),
    (
        {"initial_done": False, "first_started": False, "run": "queued", "last_finished": None},
        "first_sync",
        "First sync",
        "The first sync starts in a moment. You can leave this page.",
        "pause",
    ),
    (
        {"missing": ("tags",)},
        "limited",
        "Limited",
        "Intercom doesn't let this token read tags. Everything else is syncing.",
        "permissions",
    ),
    (
        {"missing": ("admins", "companies", "tags")},
        "limited",
        "Limited",
        "Intercom doesn't let this token read teammates, companies and tags. Everything else is syncing.",
        "permissions",
    ),
    ({"plan": ("contacts",)}, "plan_limited", "Limited", "Your Intercom plan doesn't include people.", "plan"),
    (
        {"run": "waiting_rate_limit", "run_until": NOW + 20},
        "waiting_rate_limit",
        "Waiting",
        "Intercom asked us to slow down. Continuing at 14:13:40 UTC.",
        "",
    ),
    (
        {"run": "waiting_intercom", "run_until": NOW + 125},
        "waiting_intercom",
        "Waiting",
        "Intercom isn't answering. Trying again in 2 min.",
        "retry",
    ),
    (
        {"setup": "token_invalid"},
        "token_invalid",
        "Reconnect",
        "Intercom no longer accepts the token. Syncing has stopped; your data is safe.",
        "reconnect",
    ),
    (
        {"setup": "credentials_unreadable"},
        "credentials_unreadable",
        "Reconnect",
        "Sonora can't read the stored token. Your data is safe; paste the token again.",
        "reconnect",
    ),
    (
        {"setup": "wrong_region"},
        "wrong_region",
        "Wrong region",
        "This workspace is in Europe, but the address is for the US.",
        "region",
    ),
    (
        {"setup": "workspace_mismatch"},
        "workspace_mismatch",
        "Other workspace",
        "This token doesn't belong to Northwind. Syncing has stopped; your data is safe.",
        "reconnect",
    ),
    (
        {"setup": "version_refused"},
        "version_refused",
        "Update needed",
        "Intercom no longer offers this API version. Sonora needs an update.",
        "version",
    ),
    (
        {"run": "paused_by_person"},
        "paused_by_person",
        "Paused",
        "Paused by sam@northwind.example on 20 Sep. Nothing new is coming in.",
        "resume",
    ),
    (
        {"run": "paused_after_failures"},
        "paused_after_failures",
        "Paused",
        "Paused after a day of failed tries. Fix the cause, then resume.",
        "resume",
    ),
    (
        {"setup": "disconnected"},
        "disconnected",
        "Disconnected",
        "Disconnected on 20 Sep by sam@northwind.example. Data up to then is kept.",
        "reconnect",
    ),
    (
        {"setup": "deleting", "deleted_percent": 60},
        "deleting",
        "Deleting",
        "Removing Intercom data. 60% done.",
        "",
    ),
]


@pytest.mark.parametrize(("changed", "key", "word", "sentence", "action"), STATES)
def test_each_state_has_its_pill_sentence_and_next_step(
    changed: dict[str, object], key: str, word: str, sentence: str, action: str
) -> None:
    shown = derive(replace(HEALTHY, **changed), now=NOW)
    assert (shown.key, shown.word, shown.sentence, shown.action) == (key, word, sentence, action)


PRECEDENCE = [
    ("deleting", {"setup": "deleting"}),
    ("token_invalid", {"setup": "token_invalid"}),
    ("paused_by_person", {"run": "paused_by_person"}),
    ("limited", {"missing": ("tags",)}),
    ("waiting_intercom", {"run": "waiting_intercom"}),
    ("first_sync", {"initial_done": False}),
    ("stale", {"last_finished": NOW - 10_000}),
]


@pytest.mark.parametrize("rank", range(len(PRECEDENCE)))
def test_the_gravest_state_is_shown(rank: int) -> None:
    together: dict[str, object] = {}
    for _, changed in reversed(PRECEDENCE[rank:]):
        together |= changed
    assert derive(replace(HEALTHY, **together), now=NOW).key == PRECEDENCE[rank][0]


@pytest.mark.parametrize("setup", ["token_invalid", "credentials_unreadable", "wrong_region", "workspace_mismatch"])
def test_red_means_that_somebody_must_act(setup: str) -> None:
    assert derive(replace(HEALTHY, setup=setup), now=NOW).needs_a_person


@pytest.mark.parametrize("changed", [changed for changed, *_ in STATES])
def test_nothing_else_is_red(changed: dict[str, object]) -> None:
    shown = derive(replace(HEALTHY, **changed), now=NOW)
    assert shown.needs_a_person == (shown.action in ("reconnect", "region") and shown.key != "disconnected")


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"last_finished": None, "initial_done": False}, "never"),
        ({"last_finished": NOW - 90_000, "initial_done": False}, "on_time"),
        ({"last_finished": NOW - 1350}, "on_time"),
        ({"last_finished": NOW - 1351}, "late"),
        ({"last_finished": NOW - 1800}, "late"),
        ({"last_finished": NOW - 1801}, "stale"),
    ],
)
def test_freshness_is_measured_in_intervals(changed: dict[str, object], expected: str) -> None:
    assert freshness(replace(HEALTHY, **changed), now=NOW) == expected


def test_a_sync_that_makes_no_progress_is_not_called_syncing() -> None:
    stuck = replace(HEALTHY, run="incremental", next_due=NOW - 3600, last_progress=NOW - 3600)
    assert derive(stuck, now=NOW).key == "stale"


def test_no_total_is_invented() -> None:
    assert first_sync_note(replace(HEALTHY, conversations=4210)) == (
        "4,210 conversations so far. Intercom hasn't given a total."
    )
    told = replace(HEALTHY, conversations=4210, conversations_said=12_480)
    assert first_sync_note(told) == "4,210 of about 12,480 conversations."
    fewer = replace(HEALTHY, conversations=4210, conversations_said=4000)
    assert "of about" not in first_sync_note(fewer)


def test_objects_that_could_not_be_read_are_a_note_not_an_alarm() -> None:
    shown = derive(replace(HEALTHY, unreadable=3), now=NOW)
    assert (shown.word, shown.note) == ("Healthy", "3 objects could not be read. We'll try again next time.")
