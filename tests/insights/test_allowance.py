import pytest

from integrations.store import Holder
from sonora.core import clock
from sonora.insights import allowance
from sonora.insights.models import SentTexts
from sonora.workspaces.scoping import ScopeError, scope, scoped_workspace
from tests.insights.conftest import new_holder


@pytest.fixture(autouse=True)
def ten_a_day(settings: pytest.FixtureRequest) -> None:
    settings.INSIGHTS_LLM_DAILY_MESSAGES = 10


def test_a_workspace_may_send_so_many_texts_a_day(holder: Holder):
    assert [allowance.taken(count) for count in (4, 4, 4, 4)] == [4, 4, 2, 0]


def test_another_workspace_has_its_own_number(holder: Holder):
    assert allowance.taken(10) == 10
    with scope(workspace=new_holder().workspace_id):
        assert allowance.taken(3) == 3


def test_the_next_day_begins_anew_and_forgets_the_last(holder: Holder, monkeypatch: pytest.MonkeyPatch):
    assert allowance.taken(10) == 10
    tomorrow = clock.now() + 86_400
    monkeypatch.setattr(clock, "now", lambda: tomorrow)
    assert allowance.taken(10) == 10
    assert SentTexts.objects.count() == 1


def test_nothing_is_allowed_when_the_number_was_lowered(holder: Holder, settings: pytest.FixtureRequest):
    allowance.taken(10)
    settings.INSIGHTS_LLM_DAILY_MESSAGES = 5
    assert allowance.taken(1) == 0


def test_nobody_may_send_anything_outside_of_a_workspace(db: None):
    with pytest.raises(ScopeError):
        scoped_workspace()
    with pytest.raises(ScopeError):
        allowance.taken(1)
