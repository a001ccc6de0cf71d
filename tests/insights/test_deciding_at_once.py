"""Two people who decide at the same instant, and pages that count meanwhile: one after the other, and no deadlock."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection as database
from django.db import transaction

from integrations.models import Connection
from sonora.insights import counting, deciding
from sonora.insights.deciding import Refused
from sonora.insights.models import Due, Evidence, FeatureRequest
from sonora.workspaces.scoping import scope
from tests.elsewhere import Elsewhere
from tests.factories.matching import ADA, BEN, intercom
from tests.factories.requests import asked

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(database.vendor == "sqlite", reason="SQLite has one writer at a time."),
]


@pytest.fixture
def link() -> Iterator[Connection]:
    with intercom() as one:
        yield one


@contextmanager
def just_before(words_of_sql: str, act: Callable[[], Any]) -> Iterator[None]:
    """*act* comes in between, once, when a statement that begins with these words is about to be carried out."""
    done: list[str] = []

    def come_in_between(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(words_of_sql) and not done:
            done.append(sql)
            act()
        return execute(sql, params, many, context)

    with database.execute_wrapper(come_in_between):
        yield
    assert done


def test_who_counts_while_requests_are_merged_waits_and_both_end(link: Connection) -> None:
    workspace = link.workspace
    kept, gone = (asked(link, words).request for words in ("Please add a dark mode.", "A night mode, please."))
    counting.settle(workspace.pk)
    Due.objects.bulk_create([Due(request_id=one.pk) for one in (kept, gone)])
    looks: list[Elsewhere] = []

    def look() -> None:
        def settle() -> int:
            with scope(workspace=workspace):
                return counting.settle(workspace.pk)

        looks.append(Elsewhere(settle))
        assert looks[0].waits()

    with just_before('UPDATE "insights_evidence"', look):
        assert deciding.merge([gone.pk], kept, by=ADA)
    assert looks[0].ended()
    counting.settle(workspace.pk)
    kept.refresh_from_db()
    assert kept.mentions == 2


def test_of_two_who_merge_two_requests_into_each_other_the_second_is_told(link: Connection) -> None:
    workspace = link.workspace
    dark, night = (asked(link, words).request for words in ("Please add a dark mode.", "A night mode, please."))

    def the_other_way() -> str:
        with scope(workspace=workspace):
            try:
                deciding.merge([dark.pk], night, by=BEN)
            except Refused as refused:
                return str(refused)
        return "merged"

    with transaction.atomic():
        deciding.merge([night.pk], dark, by=ADA)
        other = Elsewhere(the_other_way)
        assert other.waits()
    assert other.ended() == "This request was merged into another one. Choose that one."
    assert not FeatureRequest.objects.filter(pk=dark.pk, merged_into__isnull=False).exists()
    assert Evidence.objects.filter(request=dark).count() == 2
