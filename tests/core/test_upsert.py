from typing import Any

import pytest
from django.db import DataError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django_scopes import scope, scopes_disabled
from django_scopes.exceptions import ScopeError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sonora.core.upsert import Newer, Written, ids_by_key, upsert
from tests.core.tables import Note, Owner

pytestmark = [pytest.mark.usefixtures("tables", "db", "unscoped")]
KEY = ("source", "external_id")
BOTH = Newer(stored=("updated_at", "fetched_at"), incoming="updated_at")


@pytest.fixture
def unscoped():
    with scopes_disabled():
        yield


def note(external_id: str = "a", updated_at: int | None = 10, **fields: Any) -> dict[str, Any]:
    seen = updated_at
    return {
        "workspace_id": 1,
        "source": 1,
        "external_id": external_id,
        "updated_at": updated_at,
        "fetched_at": seen,
        "text": f"version {updated_at}",
        **fields,
    }


def texts() -> dict[str, str]:
    return dict(Note.objects.order_by("external_id").values_list("external_id", "text"))


def test_new_rows_are_inserted_and_known_rows_replaced():
    first = upsert(Note, [note("a"), note("b")], key=KEY, newer=BOTH)
    assert set(first.inserted) == {(1, "a"), (1, "b")}
    assert first.updated == {}
    second = upsert(Note, [note("b", 11), note("c")], key=KEY, newer=BOTH)
    assert set(second.inserted) == {(1, "c")}
    assert second.updated == {(1, "b"): first.inserted[1, "b"]}
    assert texts() == {"a": "version 10", "b": "version 11", "c": "version 10"}
    assert first.inserted[1, "a"] == Note.objects.get(external_id="a").pk


def test_writing_twice_changes_nothing_and_says_so():
    rows = [note("a", labels=["x", {"y": 1}], score=0.5, read=True), note("b", labels=[], score=None, read=False)]
    upsert(Note, rows, key=KEY, newer=BOTH)
    before = list(Note.objects.order_by("pk").values())
    assert upsert(Note, rows, key=KEY, newer=BOTH) == Written()
    assert list(Note.objects.order_by("pk").values()) == before


def test_no_rows_are_no_query():
    with CaptureQueriesContext(connection) as queries:
        assert upsert(Note, [], key=KEY) == Written()
        assert ids_by_key(Note, "external_id", []) == {}
    assert len(queries) == 0


def test_an_older_version_never_replaces_a_newer_one():
    upsert(Note, [note("a", 10)], key=KEY, newer=BOTH)
    assert upsert(Note, [note("a", 9, text="older")], key=KEY, newer=BOTH) == Written()
    assert texts() == {"a": "version 10"}


def test_the_same_second_replaces():
    upsert(Note, [note("a", 10)], key=KEY, newer=BOTH)
    upsert(Note, [note("a", 10, text="same second")], key=KEY, newer=BOTH)
    assert texts() == {"a": "same second"}


def test_a_row_dated_in_the_future_gives_way_to_what_was_fetched_later():
    upsert(Note, [note("a", 4_000_000_000, fetched_at=10)], key=KEY, newer=BOTH)
    upsert(Note, [note("a", 9, text="before the fetch")], key=KEY, newer=BOTH)
    assert texts() == {"a": "version 4000000000"}
    upsert(Note, [note("a", 12, text="after the fetch")], key=KEY, newer=BOTH)
    assert texts() == {"a": "after the fetch"}


@pytest.mark.parametrize("absent", ["updated_at", "fetched_at"])
def test_a_stored_row_without_a_date_is_older_than_everything(absent: str):
    upsert(Note, [note("a", **{absent: None, "text": "placeholder"})], key=KEY, newer=BOTH)
    upsert(Note, [note("a", 1)], key=KEY, newer=BOTH)
    assert texts() == {"a": "version 1"}


def test_an_incoming_row_without_a_date_replaces_nothing_that_has_one():
    upsert(Note, [note("a", 1)], key=KEY, newer="updated_at")
    assert upsert(Note, [note("a", None, text="undated")], key=KEY, newer="updated_at") == Written()
    assert texts() == {"a": "version 1"}


def test_one_column_can_be_the_guard():
    upsert(Note, [note("a", 10)], key=KEY, newer="updated_at")
    upsert(Note, [note("a", 9), note("b", 1)], key=KEY, newer="updated_at")
    assert texts() == {"a": "version 10", "b": "version 1"}


def test_without_a_guard_the_last_call_wins():
    upsert(Note, [note("a", 10)], key=KEY)
    upsert(Note, [note("a", 3)], key=KEY)
    assert texts() == {"a": "version 3"}


def test_of_two_rows_with_one_key_the_last_wins_unless_it_is_older():
    upsert(Note, [note("a", 5), note("a", 5, text="later")], key=KEY, newer=BOTH)
    assert texts() == {"a": "later"}
    upsert(Note, [note("a", 8), note("a", 7)], key=KEY, newer=BOTH)
    assert texts() == {"a": "version 8"}
    upsert(Note, [note("a", 9), note("a", 2)], key=KEY)
    assert texts() == {"a": "version 2"}


def test_only_the_named_columns_are_replaced():
    upsert(Note, [note("a", 1)], key=KEY)
    upsert(Note, [note("a", 2, text="not wanted")], key=KEY, update=["updated_at"])
    assert Note.objects.values_list("updated_at", "text").get() == (2, "version 1")
    assert upsert(Note, [note("a", 3), note("b", 3)], key=KEY, update=()).updated == {}
    assert texts() == {"a": "version 1", "b": "version 3"}


def test_columns_that_the_rows_leave_out_get_their_default_and_are_then_left_alone():
    upsert(Note, [note("a", 1)], key=KEY)
    row = Note.objects.get()
    assert (row.kept, row.labels, row.read, row.score) == (7, [], False, None)
    Note.objects.update(kept=9, labels=["mine"])
    upsert(Note, [note("a", 2)], key=KEY)
    row.refresh_from_db()
    assert (row.kept, row.labels, row.updated_at) == (9, ["mine"], 2)


def test_every_kind_of_column_comes_back_as_it_went_in():
    owner = Owner.objects.create(workspace_id=1)
    fields = {"labels": {"k": [1, None, "é", 2.5]}, "score": -0.25, "read": True, "owner_id": owner.pk, "kept": -3}
    upsert(Note, [note("a", text="two\nlines\t“quoted” \\ 'single' %s 😀", **fields)], key=KEY)
    row = Note.objects.values().get()
    assert {name: row[name] for name in fields} == fields
    assert row["text"] == "two\nlines\t“quoted” \\ 'single' %s 😀"


def test_text_that_a_database_cannot_keep_is_repaired():
    bad = "a\0b\ud800c\udfff😀"
    upsert(Note, [note(bad, text=bad, labels=[bad, {bad: bad}])], key=KEY)
    good = "a�b�c�😀"
    assert Note.objects.values_list("external_id", "text", "labels").get() == (good, good, [good, {good: good}])


def test_a_batch_larger_than_a_statement_is_written_whole():
    written = upsert(Note, [note(str(n)) for n in range(1_203)], key=KEY, newer=BOTH)
    assert len(written.inserted) == Note.objects.count() == 1_203
    again = upsert(Note, [note(str(n), 11) for n in range(1_203)], key=KEY, newer=BOTH)
    assert (len(again.inserted), len(again.updated)) == (0, 1_203)


def test_a_row_that_the_database_refuses_leaves_nothing_behind():
    with pytest.raises((IntegrityError, DataError)), transaction.atomic():
        upsert(Note, [note(str(n)) for n in range(400)] + [note("x", text=None)], key=KEY)
    assert Note.objects.count() == 0


@pytest.mark.parametrize(
    ("rows", "word"),
    [
        ([note("a", colour=1)], "colour"),
        ([note("a"), {"source": 1, "external_id": "b"}], "same names"),
        ([{"source": 1}], "same names"),
    ],
)
def test_rows_that_do_not_fit_are_refused(rows: list[dict[str, Any]], word: str):
    with pytest.raises(ValueError, match=word):
        upsert(Note, rows, key=KEY)


def test_rows_of_another_workspace_are_refused():
    with scopes_disabled():
        upsert(Note, [note("a")], key=KEY)
    with scope(workspace=2), pytest.raises(ScopeError):
        upsert(Note, [note("b")], key=KEY)
    with scope(workspace=1):
        upsert(Note, [note("b")], key=KEY)
    assert set(texts()) == {"a", "b"}


def test_ids_are_found_by_one_column():
    upsert(Note, [note(str(n)) for n in range(1_100)] + [note("7", source=2)], key=KEY)
    with CaptureQueriesContext(connection) as queries:
        ids = ids_by_key(Note, "external_id", [str(n) for n in range(1_200)], source=1)
    assert len(queries) == 3
    assert len(ids) == 1_100
    assert ids["7"] == Note.objects.get(source=1, external_id="7").pk


def test_ids_are_found_by_several_columns():
    upsert(Note, [note(str(n), source=s) for n in range(30) for s in (1, 2)], key=KEY)
    keys = [(1, "3"), (2, "4"), (2, "99"), (3, "1")]
    assert ids_by_key(Note, KEY, keys) == {
        (1, "3"): Note.objects.get(source=1, external_id="3").pk,
        (2, "4"): Note.objects.get(source=2, external_id="4").pk,
    }


versions = st.lists(st.integers(1, 50), min_size=1, max_size=12, unique=True).flatmap(
    lambda dates: st.tuples(st.permutations(dates), st.lists(st.integers(1, 4), min_size=1, max_size=12)),
)


@given(versions)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_versions_in_any_order_and_any_batches_end_with_the_newest(shuffled: tuple[list[int], list[int]]):
    dates, sizes = shuffled
    Note.objects.all().delete()
    while dates:
        size = sizes[len(dates) % len(sizes)]
        batch, dates = dates[:size], dates[size:]
        upsert(Note, [note("a", date, fetched_at=date + 3) for date in batch], key=KEY, newer=BOTH)
    assert texts() == {"a": f"version {max(shuffled[0])}"}
