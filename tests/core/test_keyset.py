import base64
import json
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from sonora.core.keyset import Page, page
from tests.core.tables import Note, Owner

pytestmark = pytest.mark.usefixtures("tables", "db")


def notes(*dates: int) -> None:
    Note.objects.bulk_create(
        Note(workspace_id=1, source=date % 2, external_id=f"{n}-{date}", updated_at=date)
        for n, date in enumerate(dates)
    )


def names(found: Page[Note]) -> list[str]:
    return [row.external_id for row in found.rows]


def walk(order: tuple[str, ...], size: int) -> list[Page[Note]]:
    pages = [page(Note.objects.all(), order=order, size=size)]
    while pages[-1].next:
        assert len(pages) < 50, "The pages go round in a circle."
        pages.append(page(Note.objects.all(), order=order, after=pages[-1].next, size=size))
    return pages


@given(
    dates=st.lists(st.integers(1, 4), max_size=14),
    size=st.integers(1, 5),
    order=st.sampled_from(
        [
            ("-updated_at", "-pk"),
            ("updated_at", "-pk"),
            ("external_id", "pk"),
            ("-pk",),
            ("source", "-updated_at", "pk"),
        ]
    ),
)
@example(dates=[2, 4, 1, 3], size=1, order=("source", "-updated_at", "pk"))
@hypothesis_settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_walking_forth_and_back_shows_every_row_once_in_order(dates: list[int], size: int, order: tuple[str, ...]):
    Note.objects.all().delete()
    notes(*dates)
    pages = walk(order, size)
    assert [name for one in pages for name in names(one)] == list(
        Note.objects.order_by(*order).values_list("external_id", flat=True)
    )
    here = pages[-1]
    for earlier in reversed(pages[:-1]):
        assert here.previous
        here = page(Note.objects.all(), order=order, before=here.previous, size=size)
        assert names(here) == names(earlier)
    assert here.previous is None


def test_a_page_knows_whether_there_is_more():
    notes(1, 2, 3)
    assert page(Note.objects.all(), size=3).next is None
    assert page(Note.objects.all(), size=2).next is not None
    assert page(Note.objects.none(), size=2) == Page(rows=[], next=None, previous=None)


def test_rows_that_come_in_front_do_not_move_the_next_page():
    notes(1, 2, 3, 4)
    first = page(Note.objects.all(), size=2)
    notes(9)
    second = page(Note.objects.all(), after=first.next, size=2)
    assert [row.updated_at for row in second.rows] == [2, 1]
    assert [row.updated_at for row in page(Note.objects.all(), before=second.previous, size=2).rows] == [4, 3]


def test_going_back_never_ends_in_a_short_first_page():
    notes(1, 2, 3, 4, 5)
    third = page(Note.objects.all(), after=page(Note.objects.all(), size=3).next, size=3)
    Note.objects.filter(updated_at=5).delete()
    back = page(Note.objects.all(), before=third.previous, size=3)
    assert [row.updated_at for row in back.rows] == [4, 3, 2]
    assert back.previous is None


def test_a_page_whose_rows_are_gone_is_the_first_page():
    notes(1, 2, 3)
    after = page(Note.objects.all(), size=2).next
    Note.objects.filter(updated_at=1).delete()
    assert [row.updated_at for row in page(Note.objects.all(), after=after, size=2).rows] == [3, 2]


def forged() -> list[str]:
    payload = base64.urlsafe_b64encode(json.dumps([1, 1]).encode()).decode().rstrip("=")
    return ["", "x", payload, f"{payload}:AAAA", ":", "\0", "é😀", "9" * 100_000, "' OR 1=1 --", f"{payload}:"]


@pytest.mark.parametrize("cursor", forged())
@pytest.mark.parametrize("way", ["after", "before"])
def test_a_cursor_that_somebody_made_up_gives_the_first_page(cursor: str, way: str):
    notes(1, 2, 3)
    found = page(Note.objects.all(), size=2, **{way: cursor})
    assert [row.updated_at for row in found.rows] == [3, 2]
    assert found.previous is None


def test_a_cursor_of_another_order_or_model_gives_the_first_page():
    notes(1, 2, 3)
    cursor = page(Note.objects.all(), size=1).next
    assert page(Note.objects.all(), order=("updated_at", "pk"), after=cursor, size=1).rows[0].updated_at == 1
    Owner.objects.create(workspace_id=1)
    assert len(page(Owner.objects.all(), order=("-workspace_id", "-pk"), after=cursor)) == 1


def test_a_changed_cursor_gives_the_first_page():
    notes(1, 2, 3)
    cursor = page(Note.objects.all(), size=1).next
    assert cursor
    changed = ("A" if cursor[0] != "A" else "B") + cursor[1:]
    assert page(Note.objects.all(), after=changed, size=1).rows[0].updated_at == 3


def test_a_cursor_needs_no_quoting_in_an_address():
    notes(1, 2)
    cursor = page(Note.objects.all(), size=1).next
    assert cursor
    assert quote(cursor, safe=":") == cursor


def test_a_page_is_one_query_of_one_row_more():
    notes(*range(1, 20))
    cursor = page(Note.objects.all(), size=3).next
    with CaptureQueriesContext(connection) as queries:
        page(Note.objects.all(), after=cursor, size=3)
    assert len(queries) == 1
    assert "LIMIT 4" in queries[0]["sql"]


@pytest.mark.parametrize("order", [("owner__name", "pk"), ("-stamp", "-pk")])
def test_the_order_may_go_by_a_parent_or_by_an_annotation(order: tuple[str, ...]):
    for name in "bca":
        owner = Owner.objects.create(workspace_id=1, name=name)
        Note.objects.create(workspace_id=1, source=1, external_id=name, updated_at=ord(name), owner=owner)
    rows: Any = Note.objects.annotate(stamp=F("updated_at") * 2)
    first = page(rows, order=order, size=2)
    rest = page(rows, order=order, after=first.next, size=2)
    assert names(first) + names(rest) == sorted("abc", reverse=order[0].startswith("-"))
