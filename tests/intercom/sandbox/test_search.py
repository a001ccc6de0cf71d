"""The search language, against a search done by hand."""

from datetime import datetime
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from .conftest import Caller


def only(field: str, operator: str, value: Any) -> dict[str, Any]:
    return {"field": field, "operator": operator, "value": value}


def by_hand(api: Caller, keep: Any, kind: str = "conversation") -> set[str]:
    return {ident for ident, row in api.truth(kind).items() if keep(row)}


def middle(api: Caller, kind: str = "conversation") -> int:
    dates = sorted(row["updated_at"] for row in api.truth(kind).values())
    return int(dates[len(dates) // 2])


def test_dates_of_conversations_are_compared_by_the_second(api: Caller):
    date = middle(api)
    for operator, keep in {
        ">": lambda row: row["updated_at"] > date,
        "<": lambda row: row["updated_at"] < date,
        ">=": lambda row: row["updated_at"] >= date,
        "<=": lambda row: row["updated_at"] <= date,
        "=": lambda row: row["updated_at"] == date,
        "!=": lambda row: row["updated_at"] != date,
    }.items():
        expected = by_hand(api, keep)
        assert expected
        assert api.found(only("updated_at", operator, date)) == expected, operator
        assert api.found(only("updated_at", operator, str(date))) == expected, operator


def test_greater_can_be_told_to_include_the_bound(api: Caller):
    date = middle(api)
    api.sandbox.settings(comparison="inclusive")
    assert api.found(only("updated_at", ">", date)) == by_hand(api, lambda row: row["updated_at"] >= date)


def test_milliseconds_find_nothing(api: Caller):
    assert api.found(only("updated_at", ">", middle(api) * 1000)) == set()
    assert api.found(only("updated_at", ">", middle(api) * 1000), kind="contacts") == set()


def test_states_lists_and_groups(api: Caller):
    truth = api.truth("conversation")
    contact = next(iter(truth.values()))["contact_ids"][0]
    assert api.found(only("state", "=", "snoozed")) == by_hand(api, lambda row: row["state"] == "snoozed")
    assert api.found(only("state", "IN", ["open", "snoozed"])) == by_hand(api, lambda row: row["state"] != "closed")
    assert api.found(only("state", "NIN", ["open", "snoozed"])) == by_hand(api, lambda row: row["state"] == "closed")
    assert api.found(only("open", "=", True)) == by_hand(api, lambda row: row["state"] != "closed")
    assert api.found(only("contact_ids", "=", contact)) == by_hand(api, lambda row: contact in row["contact_ids"])
    date = middle(api)
    both = {
        "operator": "AND",
        "value": [
            {"operator": "OR", "value": [only("state", "=", "open"), only("state", "=", "snoozed")]},
            only("updated_at", ">", date),
        ],
    }
    assert api.found(both) == by_hand(api, lambda row: row["state"] != "closed" and row["updated_at"] > date)


def test_tags_find_their_conversations(api: Caller):
    links = api.truth("conversation_tag").values()
    tag = next(iter(links))["tag_id"]
    expected = {row["conversation_id"] for row in links if row["tag_id"] == tag}
    assert api.found(only("tag_ids", "IN", [tag])) == expected


def test_the_opening_message_is_searched_by_word(api: Caller):
    found = api.found(only("source.body", "=", "board"))
    assert found
    for ident in list(found)[:5]:
        assert "board" in api.get(f"/conversations/{ident}")["source"]["body"].lower()
    assert api.found(only("source.body", "=", "route board")) == set()


def test_texts_of_contacts(api: Caller):
    truth = api.truth("contact")
    email = next(row["email"] for row in truth.values() if row["email"])
    for operator, value, keep in (
        ("=", email.upper(), lambda row: row["email"] == email),
        ("~", email[2:9], lambda row: email[2:9] in (row["email"] or "")),
        ("!~", email[2:9], lambda row: email[2:9] not in (row["email"] or "")),
        ("^", email[:4], lambda row: (row["email"] or "").startswith(email[:4])),
        ("$", email[-12:], lambda row: (row["email"] or "").endswith(email[-12:])),
        ("!=", email, lambda row: row["email"] != email),
    ):
        assert api.found(only("email", operator, value), kind="contacts") == by_hand(api, keep, "contact"), operator
    assert api.found(only("role", "=", "lead"), kind="contacts") == by_hand(
        api, lambda row: row["role"] == "lead", "contact"
    )


def test_dates_of_contacts_are_days_of_the_workspace_up_to_2_16_and_seconds_from_2_17(api: Caller):
    zone = ZoneInfo(api.get("/me")["app"]["timezone"])

    def day(moment: int) -> Any:
        return datetime.fromtimestamp(moment, zone).date()

    dates = sorted(row["updated_at"] for row in api.truth("contact").values())
    date = next(early for early, late in pairwise(dates) if early < late and day(early) == day(late))

    for operator, keep in {
        ">": lambda row: day(row["updated_at"]) > day(date),
        "<": lambda row: day(row["updated_at"]) < day(date),
        "=": lambda row: day(row["updated_at"]) == day(date),
    }.items():
        query = only("updated_at", operator, date)
        assert api.found(query, kind="contacts") == by_hand(api, keep, "contact"), operator
    exact = api.found(only("updated_at", ">", date), kind="contacts", version="2.17")
    assert exact == by_hand(api, lambda row: row["updated_at"] > date, "contact")
    assert exact != api.found(only("updated_at", ">", date), kind="contacts")


@pytest.mark.parametrize("operator", ["!=", ">=", "<=", "IN", "NIN"])
def test_other_comparisons_of_contacts_dates_are_refused_up_to_2_16(api: Caller, operator: str):
    value = [1, 2] if "IN" in operator else 1
    body = {"query": only("updated_at", operator, value)}
    assert api.refusal("POST", "/contacts/search", json=body) == (400, "parameter_invalid")


def test_a_sort_order_that_is_none_is_refused_from_2_16(api: Caller):
    body = {"sort": {"field": "updated_at", "order": "desc"}}
    for kind in ("contacts", "conversations"):
        assert api.refusal("POST", f"/{kind}/search", json=body) == (400, "invalid_sort_order")
        assert api.ask("POST", f"/{kind}/search", json=body, version="2.15").status_code == 200


def test_nesting_and_the_number_of_filters_are_limited(api: Caller):
    leaf = only("state", "=", "open")
    deep = {"operator": "AND", "value": [{"operator": "OR", "value": [{"operator": "AND", "value": [leaf]}]}]}
    wide = {"operator": "AND", "value": [leaf] * 16}
    assert api.refusal("POST", "/conversations/search", json={"query": deep}) == (400, "bad_request")
    assert api.refusal("POST", "/conversations/search", json={"query": wide}) == (400, "bad_request")
    assert api.found({"operator": "AND", "value": [leaf] * 15}) == api.found(leaf)


@pytest.mark.parametrize(
    "query",
    [
        only("shoe_size", "=", 1),
        only("state", "LIKE", "open"),
        only("updated_at", ">", "yesterday"),
        only("state", "IN", "open"),
        only("open", "=", "perhaps"),
        {"operator": "AND", "value": []},
        {"operator": "AND", "value": "open"},
        "open",
    ],
)
def test_queries_that_make_no_sense_are_refused(api: Caller, query: Any):
    status, _ = api.refusal("POST", "/conversations/search", json={"query": query})
    assert status == 400


def test_a_body_that_is_no_json_is_refused(api: Caller):
    assert api.refusal("POST", "/conversations/search", content=b"{nope") == (400, "parameter_invalid")


def test_the_preview_compares_contacts_by_the_second_whatever_the_newest_version(api: Caller):
    api.sandbox.settings(version_max="2.16")
    rows = sorted(row["updated_at"] for row in api.truth("contact").values())
    moment = rows[len(rows) // 2]
    query = {"field": "updated_at", "operator": ">", "value": moment}
    found = api.found(query, kind="contacts", version="Preview")
    assert len(found) == sum(at > moment for at in rows)
