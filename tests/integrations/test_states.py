"""Each state of a connection, reached as in life: its pill, its sentence and its next step on the card."""

import html
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db.models import F

from integrations import purge
from integrations.intercom.sandbox.control import Sandbox
from integrations.models import Connection, SyncState
from integrations.sync import engine
from integrations.sync.budget import asking
from sonora.core import clock
from sonora.insights import analysis
from sonora.insights.models import Turn
from sonora.workspaces.scoping import scope
from tests.factories.reading import WordReader
from tests.integrations.conftest import CARD, House, connect

pytestmark = pytest.mark.django_db(transaction=True)  # the sync refuses to speak HTTP inside one of the test's


@dataclass
class Scene:
    """What a state is reached with; `stack` ends with the test."""

    house: House
    intercom: Sandbox
    settings: Any
    stack: ExitStack
    made: Connection = field(init=False)

    def connect(self, **changed: Any) -> None:
        with scope(workspace=self.house.workspace):
            self.made = connect(self.house.workspace, self.intercom, **{"lookback_days": 0, **changed})

    def sync(self) -> None:
        """Slices until one is not merely out of time."""
        while engine.run_slice(self.made.pk, may_sweep=False).ended is engine.Ended.MORE:
            pass

    def analyse(self) -> None:
        """Read all that is there."""
        analysis.run(WordReader(), seconds=60, stopping=lambda: False)

    def press(self, button: str) -> None:
        assert self.house.ada.post(f"{CARD}/{button}").status_code == 302

    def later(self, seconds: int) -> None:
        moment = clock.now() + seconds
        self.stack.enter_context(clock.use(lambda: moment))


def first_sync(scene: Scene) -> None:
    scene.connect()


def analysing(scene: Scene) -> None:
    scene.connect()
    scene.sync()


def not_analysing(scene: Scene) -> None:
    analysing(scene)
    with scope(workspace=scene.house.workspace):
        Turn.objects.update(looked_at=F("looked_at") - 601)


def healthy(scene: Scene) -> None:
    analysing(scene)
    scene.analyse()


def empty(scene: Scene) -> None:
    nothing = {"kind": "patch", "set": {"conversations": [], "total_count": 0, "pages": None}, "times": None}
    scene.intercom.fail("/conversations/search", **nothing)
    healthy(scene)


def syncing(scene: Scene) -> None:
    healthy(scene)
    with scope(workspace=scene.house.workspace):
        Connection.objects.update(run=Connection.Run.INCREMENTAL)  # a slice is under way


def late(scene: Scene) -> None:
    healthy(scene)
    _finished(scene, ago=1_500)


def stale(scene: Scene) -> None:
    healthy(scene)
    _finished(scene, ago=2_000)


def standing_still(scene: Scene) -> None:
    healthy(scene)
    scene.later(3_600)


def limited(scene: Scene) -> None:
    scene.intercom.settings(missing_scopes=["read_tags"])
    healthy(scene)


def plan_limited(scene: Scene) -> None:
    scene.connect()
    scene.intercom.fail("/tags", kind="status", status=403, code="api_plan_restricted", times=None)
    scene.sync()


def rate_limited(scene: Scene) -> None:
    healthy(scene)
    scene.intercom.fail("*", kind="rate_limited", with_headers=False, times=None)
    scene.press("sync-runs")
    scene.sync()


def intercom_down(scene: Scene) -> None:
    healthy(scene)
    scene.later(0)  # no second passes until the page is read
    scene.intercom.fail("*", kind="status", status=503, times=None)
    scene.press("sync-runs")
    scene.sync()


def auto_paused(scene: Scene) -> None:
    intercom_down(scene)
    scene.later(86_401)
    scene.sync()


def token_refused(scene: Scene) -> None:
    healthy(scene)
    scene.intercom.settings(revoked="token_revoked")
    scene.press("sync-runs")
    scene.sync()


def token_refused_in_a_check(scene: Scene) -> None:
    healthy(scene)
    scene.intercom.settings(revoked="token_revoked")
    scene.press("permission-checks")


def unreadable_credentials(scene: Scene) -> None:
    healthy(scene)
    scene.settings.FIELD_ENCRYPTION_KEYS = ["MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="]
    scene.press("sync-runs")
    scene.sync()


def wrong_region(scene: Scene) -> None:
    healthy(scene)
    scene.intercom.settings(region="Europe")
    scene.press("permission-checks")


def other_workspace(scene: Scene) -> None:
    healthy(scene)
    scene.intercom.fail("/me", kind="patch", set={"app.id_code": "fabrikam", "app.name": "Fabrikam"}, times=None)
    scene.press("permission-checks")


def version_refused(scene: Scene) -> None:
    healthy(scene)
    scene.intercom.fail("*", kind="status", status=400, code="intercom_version_invalid", times=None)
    scene.press("permission-checks")


def paused(scene: Scene) -> None:
    healthy(scene)
    scene.press("pause")


def some_unreadable(scene: Scene) -> None:
    rows = (row for row in scene.intercom.objects() if row["type"] == "conversation" and row["state"] == "open")
    scene.intercom.fail(f"/conversations/{next(rows)['id']}", kind="raw", body='{"id":[1]}', times=None)
    healthy(scene)


def disconnected(scene: Scene) -> None:
    healthy(scene)
    assert scene.house.ada.post(f"{CARD}/disconnect", {"choice": "keep"}).status_code == 302


def deleting(scene: Scene) -> None:
    healthy(scene)
    assert scene.house.ada.post(f"{CARD}/disconnect", {"choice": "delete", "typed": "Northwind"}).status_code == 302


def deleted(scene: Scene) -> None:
    deleting(scene)
    purge.run_all(scene.made.pk)


def never_connected(_: Scene) -> None: ...


STATES: list[tuple[Callable[[Scene], None], str, str, str]] = [
    (never_connected, "", "Connect Intercom to bring in conversations, people, companies and tags.", "Connect"),
    (first_sync, "First sync", "The first sync starts in a moment. You can leave this page.", "Pause"),
    (analysing, "Analysing", "conversations still to analyse.", ""),
    (not_analysing, "Not analysing", "Sync is done, but analysis isn't running.", ""),
    (healthy, "Healthy", "Synced just now. Next in ", "Sync now"),
    (empty, "Healthy", "Connected. No conversations in this period.", "Extend lookback"),
    (syncing, "Syncing", "Checking for changes…", ""),
    (late, "Late", "Last synced 25 min ago. We expect to catch up.", "View run"),
    (stale, "Out of date", "No new data for 33 min.", "View run"),
    (standing_still, "Out of date", "it is due and no worker was given it.", "View run"),
    (limited, "Limited", "Intercom doesn't let this token read tags. Everything else is syncing.", "Fix permission"),
    (plan_limited, "Limited", "Your Intercom plan doesn't include tags.", "Learn more"),
    (rate_limited, "Waiting", "Intercom asked us to slow down. Continuing at ", ""),
    (intercom_down, "Waiting", "Intercom isn't answering. Trying again in 5 s.", "Retry now"),
    (auto_paused, "Paused", "Paused after a day of failed tries. Fix the cause, then resume.", "Resume"),
    (token_refused, "Reconnect", "Intercom no longer accepts the token. Syncing has stopped;", "Reconnect"),
    (token_refused_in_a_check, "Reconnect", "Intercom no longer accepts the token.", "Reconnect"),
    (unreadable_credentials, "Reconnect", "Sonora can't read the stored token. Your data is safe;", "Reconnect"),
    (
        wrong_region,
        "Wrong region",
        "This workspace is in Europe, but the address is for the US.",
        "Use Europe address",
    ),
    (other_workspace, "Other workspace", "This token doesn't belong to Northwind. Syncing has stopped;", "Reconnect"),
    (
        version_refused,
        "Update needed",
        "Intercom no longer offers this API version. Sonora needs an update.",
        "See details",
    ),
    (paused, "Paused", "Paused by ada@a.example on ", "Resume"),
    (some_unreadable, "Healthy", "1 conversation could not be read. We'll try again next time.", "See them"),
    (disconnected, "Disconnected", "Data up to then is kept.", "Reconnect"),
    (deleting, "Deleting", "Removing Intercom data. 0% done.", ""),
    (deleted, "", "Intercom data was deleted on ", "Connect"),
]


@pytest.fixture
def scene(house: House, intercom: Sandbox, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Scene]:
    monkeypatch.setattr(asking, "LONGEST_PAUSE", 0.0)
    with ExitStack() as stack:
        yield Scene(house, intercom, settings, stack)


@pytest.mark.parametrize(("reach", "pill", "sentence", "action"), STATES, ids=[reach.__name__ for reach, *_ in STATES])
def test_a_state_has_its_pill_sentence_and_next_step(
    scene: Scene, reach: Callable[[Scene], None], pill: str, sentence: str, action: str
) -> None:
    reach(scene)
    page = scene.house.ada.get(CARD).content.decode()
    assert sentence in _plain(page)
    assert _pill(page) == pill
    assert action in _pressable(page)
    members = scene.house.ben.get(CARD).content.decode()
    assert sentence in _plain(members)
    assert not {"Sync now", "Pause", "Resume", "Reconnect", "Connect", action} & _pressable(members) - {
        "View run",
        "See them",
        "Learn more",
        "See details",
        "",
    }


@pytest.mark.parametrize("reach", [wrong_region, other_workspace, version_refused, token_refused_in_a_check])
def test_what_a_check_stopped_a_check_lets_go_on(scene: Scene, reach: Callable[[Scene], None]) -> None:
    reach(scene)
    assert _state(scene).next_due is None
    scene.intercom.clear()
    scene.press("permission-checks")
    assert _pill(scene.house.ada.get(CARD).content.decode()) == "Healthy"
    assert _state(scene).next_due is not None


def test_one_click_moves_to_the_address_of_the_right_region(scene: Scene) -> None:
    wrong_region(scene)
    right = scene.intercom.url.replace("127.0.0.1", "localhost")
    scene.settings.INTERCOM_EXTRA_BASE_URLS = [f"us={scene.intercom.url}", f"eu={right}"]
    scene.press("region")
    page = scene.house.ada.get(CARD).content.decode()
    assert "The address is changed. Syncing goes on." in _plain(page)
    with scope(workspace=scene.house.workspace):
        now = Connection.objects.get()
    assert (now.setup, now.base_url, now.region, now.token_last4) == ("ok", right, "eu", scene.made.token_last4)


def test_an_address_that_is_right_is_not_moved(scene: Scene) -> None:
    healthy(scene)
    scene.press("region")
    with scope(workspace=scene.house.workspace):
        assert Connection.objects.get().base_url == scene.intercom.url


def test_an_address_that_was_kept_knowingly_stays(scene: Scene) -> None:
    scene.intercom.settings(region="Europe")
    scene.connect(keep_base_url=True)
    scene.sync()
    scene.analyse()
    scene.press("permission-checks")
    assert _pill(scene.house.ada.get(CARD).content.decode()) == "Healthy"


def _finished(scene: Scene, *, ago: int) -> None:
    """The last run ended *ago* seconds ago, and the next one is not due yet."""
    with scope(workspace=scene.house.workspace):
        SyncState.objects.update(last_run_finished_at=clock.now() - ago, next_due=clock.now() + 60)


def _state(scene: Scene) -> SyncState:
    with scope(workspace=scene.house.workspace):
        return SyncState.objects.get()


def _plain(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def _pill(page: str) -> str:
    found = re.search(r'<span id="card-pill".*?>(.*?)</span></span>', page, re.DOTALL)
    return _plain(found[1]) if found else ""


def _pressable(page: str) -> set[str]:
    """What can be pressed in the page's main part: the words of its buttons and links; "" for none at all."""
    main = page.partition("<main")[2]
    found = re.findall(r"<(?:a|button)\b(?![^>]*aria-disabled)[^>]*>(.*?)</(?:a|button)>", main, re.DOTALL)
    return {_plain(words) for words in found} | {""}
