"""How many conversations are still to be analysed, as the card says it."""

import pytest

from integrations.store import Holder
from sonora.core import clock
from sonora.insights import analysis, progress
from sonora.insights.models import Analysis, Turn
from tests.factories.integrations import NOW
from tests.factories.reading import WordReader
from tests.insights.conftest import conversation, message, save

pytestmark = pytest.mark.django_db


def waiting(holder: Holder, *, sentiment: bool = True, requests: bool = True) -> tuple[int, int, int]:
    found = progress.of(holder.connection_id, sentiment=sentiment, requests=requests)
    return found.sentiment, found.requests, found.waiting


def test_what_is_new_or_changed_waits_until_it_was_read(holder: Holder) -> None:
    assert waiting(holder) == (0, 0, 0)
    save(holder, *(conversation(message(1, "Broken."), external_id=name) for name in ("1", "2", "3")))
    assert waiting(holder) == (3, 3, 3)
    analysis.step(WordReader())
    assert waiting(holder) == (0, 0, 0)
    save(holder, conversation(message(1, "Still broken."), external_id="2", updated_at=NOW + 9))
    assert waiting(holder) == (1, 1, 1)


def test_all_wait_for_a_new_reader_once_the_workers_have_it(holder: Holder) -> None:
    save(holder, *(conversation(message(1, "Broken."), external_id=name) for name in ("1", "2")))
    analysis.step(WordReader("words-2"))
    Turn.objects.update(reader="words-3")
    assert waiting(holder) == (2, 2, 2)
    Turn.objects.update(reader="words-1")  # an older one was put back
    assert waiting(holder) == (2, 2, 2)


def test_what_is_turned_off_waits_for_nothing(holder: Holder) -> None:
    save(holder, conversation(message(1, "Broken.")))
    Analysis.objects.update(requests_by="words-1")
    Turn.objects.update(reader="words-1")
    assert waiting(holder, requests=False) == (1, 0, 1)
    assert waiting(holder, sentiment=False) == (0, 0, 0)
    assert waiting(holder, sentiment=False, requests=False) == (0, 0, 0)


def test_nobody_analyses_when_no_worker_looked_for_what_waits_in_ten_minutes(holder: Holder) -> None:
    with clock.fixed(NOW):
        save(holder, conversation(message(1, "Broken.")))
    assert not is_stopped(holder, at=NOW + progress.SILENT)
    assert is_stopped(holder, at=NOW + progress.SILENT + 1)
    with clock.fixed(NOW + progress.SILENT):
        analysis.run(WordReader(), seconds=0, stopping=lambda: False)
    assert not is_stopped(holder, at=NOW + progress.SILENT + 1)
    analysis.step(WordReader())
    assert not is_stopped(holder, at=NOW + 9 * progress.SILENT)  # nothing waits


def is_stopped(holder: Holder, *, at: int) -> bool:
    return progress.of(holder.connection_id, sentiment=True, requests=True).is_stopped(now=at)
