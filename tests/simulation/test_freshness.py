"""How soon what is written there can be read here: runs every five minutes, a search that is up to a minute late."""

from collections.abc import Iterator
from math import ceil

import pytest

from sonora.conversations.models import Conversation
from sonora.workspaces.scoping import scope
from tests.simulation import mutants, scripts
from tests.simulation.clockwork import by_the_second
from tests.simulation.life import Life

pytestmark = [pytest.mark.simulation, pytest.mark.django_db(transaction=True)]
INTERVAL, LAG = 300, 60  # seconds
CHANGES_EVERY = 20  # seconds
HOURS = 3


def test_half_is_here_within_four_minutes_and_nearly_all_within_eight() -> None:
    twists = {"weights": {"nothing": 1}, "lag": LAG, "behind": 0.0}
    life = Life(1, kills=0.0, zombies=0.0, acts=0.0, sweeps=True, interval=INTERVAL, twists=twists)
    with life.born():
        life.work()
        waits = sorted(_waits(life))
    assert len(waits) > 0.9 * HOURS * 3_600 / CHANGES_EVERY
    assert _percentile(waits, 0.5) <= 240
    assert _percentile(waits, 0.99) <= 480


def test_a_conversation_that_changes_every_second_is_never_older_than_two_intervals() -> None:
    assert scripts.one_conversation_never_rests(mutants.nothing) == []


def _waits(life: Life) -> Iterator[int]:
    """How many seconds each change took until it was here."""
    waiting: list[tuple[str, int]] = []
    asked = 0
    for _ in by_the_second(life, HOURS * 3_600):
        now = life.intercom.now
        if life.intercom.asked.total() > asked:  # a slice was taken since
            versions, asked = _versions(life), life.intercom.asked.total()
            yield from (now - at for one, at in waiting if versions[one] >= at)
            waiting = [(one, at) for one, at in waiting if versions[one] < at]
        if now % CHANGES_EVERY == 0:
            changed = life.random.choice(sorted(life.intercom.live()))
            life.intercom.change([changed])
            waiting.append((changed, now))
    assert all(life.intercom.now - at <= 900 for _, at in waiting)


def _versions(life: Life) -> dict[str, int]:
    with scope(workspace=life.connection.workspace_id):
        rows = Conversation.objects.values_list("external_id", "updated_at")
        return dict.fromkeys(life.intercom.live(), 0) | {one: updated or 0 for one, updated in rows}


def _percentile(ordered: list[int], share: float) -> int:
    return ordered[ceil(share * len(ordered)) - 1]
