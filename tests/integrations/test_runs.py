"""The history of runs: filtered by result, kind and day, and one run in words."""

import html
import re
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from integrations import history, logs
from integrations.intercom.sandbox.control import Sandbox
from integrations.models import Connection, RunLine, SyncRun
from sonora.workspaces.scoping import scope
from tests.integrations.conftest import CARD, House, connect

RUNS = f"{CARD}/runs"


@pytest.fixture
def made(house: House, intercom: Sandbox) -> Connection:
    with scope(workspace=house.workspace):
        found = connect(house.workspace, intercom)
        for kind, result, day in [
            ("initial", "succeeded", 1),
            ("scheduled", "succeeded", 2),
            ("scheduled", "failed", 3),
            ("manual", "partly", 4),
        ]:
            run(found, kind=kind, result=result, started_at=at(day))
        return found


def run(made: Connection, **columns: Any) -> SyncRun:
    return SyncRun.objects.create(
        workspace=made.workspace, connection=made, **{"finished_at": columns["started_at"] + 60, **columns}
    )


def at(day: int, hour: int = 12) -> int:
    """That day of September 2026, in the time zone that the pages are shown in."""
    return int(datetime(2026, 9, day, hour, tzinfo=ZoneInfo("UTC")).timestamp())


def shown(response: Any) -> list[str]:
    """The kinds of the runs in the table, from the top."""
    return re.findall(r'data-label="Kind">([^<]+)<', response.content.decode())


def said(response: Any) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


@pytest.mark.parametrize(
    ("query", "kinds"),
    [
        ("", ["Manual", "Scheduled", "Scheduled", "First"]),
        ("?result=failed", ["Scheduled"]),
        ("?kind=initial", ["First"]),
        ("?kind=scheduled&result=succeeded", ["Scheduled"]),
        ("?since=2026-09-03", ["Manual", "Scheduled"]),
        ("?until=2026-09-02", ["Scheduled", "First"]),
        ("?since=2026-09-02&until=2026-09-03", ["Scheduled", "Scheduled"]),
        ("?result=nonsense&kind=nonsense&since=yesterday", ["Manual", "Scheduled", "Scheduled", "First"]),
    ],
)
def test_runs_are_filtered_by_result_kind_and_day(house: House, made: Connection, query: str, kinds: list[str]) -> None:
    assert shown(house.ben.get(RUNS + query)) == kinds


def test_no_run_that_passes_offers_all_of_them(house: House, made: Connection) -> None:
    page = said(house.ben.get(f"{RUNS}?result=cancelled"))
    assert "No runs match" in page
    assert "Show all runs" in page


def test_the_next_page_keeps_the_filter(house: House, made: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "PAGE", 1)
    first = house.ben.get(f"{RUNS}?kind=scheduled")
    older = re.search(r'href="(\?[^"]+)">Load older', first.content.decode())
    assert older
    second = house.ben.get(RUNS + html.unescape(older[1]))
    assert (shown(first), shown(second)) == (["Scheduled"], ["Scheduled"])
    assert "Load older" not in said(second)
    assert "Failed" in said(first)
    assert '<option value="scheduled" selected>' in second.content.decode()


def test_a_run_says_which_changes_it_read_and_how_long_the_limit_held_it_up(house: House, made: Connection) -> None:
    with scope(workspace=made.workspace):
        one = run(made, kind="scheduled", started_at=at(5), since=at(5, 9), target=at(5, 11), waited=75, requests=12)
    page = said(house.ben.get(f"{RUNS}/{one.pk}"))
    assert "Reads Changes since 5 Sep, 09:00 , up to 5 Sep, 11:00" in page
    assert "Requests 12" in page
    assert "Waited for the rate limit 1 min 15 s" in page


def test_the_first_run_says_what_it_brings_in(house: House, made: Connection) -> None:
    with scope(workspace=made.workspace):
        first = SyncRun.objects.get(kind="initial")
    page = said(house.ben.get(f"{RUNS}/{first.pk}"))
    assert "Reads Open conversations, and closed ones back to the lookback" in page


def test_the_overview_draws_the_last_runs_and_says_them_in_words(house: House, made: Connection) -> None:
    page = html.unescape(house.ben.get(CARD).content.decode())
    words = "Last 4 runs: 2 succeeded, 1 partly, 1 failed. The most that one changed: 0 objects."
    assert f'role="img" width="32" height="36" viewBox="0 0 32 36" aria-label="{words}"><title>{words}</title>' in page


# ---- The log ----


@pytest.fixture
def logged(made: Connection) -> SyncRun:
    """A run with a line of each level."""
    with scope(workspace=made.workspace):
        one = run(made, kind="scheduled", started_at=at(5))
        for level, text in [("info", "Seven read."), ("warning", "One <b>odd</b>."), ("error", "Nobody answered.")]:
            RunLine.objects.create(workspace=made.workspace, run=one, at=at(5), level=level, text=text)
    return one


@pytest.mark.parametrize(
    ("query", "lines"),
    [
        ("", ["Info Seven read.", "Warning One <b>odd</b>.", "Error Nobody answered."]),
        ("?log=problems", ["Warning One <b>odd</b>.", "Error Nobody answered."]),
        ("?log=errors", ["Error Nobody answered."]),
        ("?log=nonsense", ["Info Seven read.", "Warning One <b>odd</b>.", "Error Nobody answered."]),
    ],
)
def test_the_log_of_a_run_is_shown_from_a_level_on(house: House, logged: SyncRun, query: str, lines: list[str]) -> None:
    page = house.ben.get(f"{RUNS}/{logged.pk}{query}")
    assert said(page).count("5 Sep, 12:00") == len(lines) + 1
    assert all(f"5 Sep, 12:00 {line}" in said(page) for line in lines)
    assert "<b>odd</b>" not in page.content.decode()


def test_a_long_log_shows_its_newest_lines_and_the_file_has_all(
    house: House, logged: SyncRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logs, "SHOWN", 2)
    page = said(house.ben.get(f"{RUNS}/{logged.pk}"))
    assert "The newest 2 lines are shown. The file has all." in page
    assert "Seven read." not in page
    file = house.ben.get(f"{RUNS}/{logged.pk}/log")
    assert file.content.decode().splitlines() == [
        "2026-09-05 12:00:00 UTC  info     Seven read.",
        "2026-09-05 12:00:00 UTC  warning  One <b>odd</b>.",
        "2026-09-05 12:00:00 UTC  error    Nobody answered.",
    ]
    assert file["Content-Type"] == "text/plain; charset=utf-8"
    assert file["Content-Disposition"] == f'attachment; filename="run-{logged.pk}.log"'


def test_a_log_of_another_workspace_is_not_there(house: House, logged: SyncRun, intercom: Sandbox) -> None:
    for page in (f"{RUNS}/{logged.pk}", f"{RUNS}/{logged.pk}/log"):
        assert house.cleo.get(page).status_code == 404
        assert house.ben.post(page).status_code == 405
    with scope(workspace=house.cleo.get("/customers").wsgi_request.workspace) as _:
        connect(house.cleo.get("/customers").wsgi_request.workspace, intercom)
    assert house.cleo.get(f"{RUNS}/{logged.pk}/log").status_code == 404


def test_runs_are_filtered_by_what_they_changed(house: House, made: Connection) -> None:
    with scope(workspace=made.workspace):
        SyncRun.objects.filter(kind="manual").update(saved={"messages": 3, "tags": 0})
        SyncRun.objects.filter(kind="initial").update(saved={"tags": 2})
    assert shown(house.ben.get(f"{RUNS}?changed=messages")) == ["Manual"]
    assert shown(house.ben.get(f"{RUNS}?changed=tags")) == ["First"]
    assert len(shown(house.ben.get(f"{RUNS}?changed=x__gt"))) == 4
