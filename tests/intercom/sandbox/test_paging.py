"""Each style of paging gives every object once."""

import base64
import json
from typing import Any

from integrations.intercom.sandbox.control import Sandbox

from .conftest import CLOCK, Caller


def cursor_walk(api: Caller, path: str, key: str, per_page: int) -> list[str]:
    seen: list[str] = []
    query: dict[str, Any] = {"per_page": per_page}
    while True:
        answer = api.get(path, params=query)
        seen += [row["id"] for row in answer[key]]
        following = answer["pages"].get("next")
        if following is None:
            assert "next" not in answer["pages"]  # absent, not null
            return seen
        query["starting_after"] = following["starting_after"]


def page_walk(api: Caller, path: str, *, method: str = "POST", key: str = "data", per_page: int = 7) -> list[str]:
    seen: list[str] = []
    page, total = 1, 1
    while page <= total:
        response = api.ask(method, path, params={"per_page": per_page, "page": page})
        assert response.status_code == 200, response.text
        answer = response.json()
        seen += [row["id"] for row in answer[key]]
        total = answer["pages"]["total_pages"]
        assert (answer["pages"]["next"] is None) == (page == total)
        page += 1
    return seen


def test_conversations_are_listed_once_each(api: Caller):
    seen = cursor_walk(api, "/conversations", "conversations", 50)
    assert sorted(seen) == sorted(api.truth("conversation"))


def test_contacts_are_listed_once_each(api: Caller):
    seen = cursor_walk(api, "/contacts", "data", 50)
    assert sorted(seen) == sorted(api.truth("contact"))


def test_contacts_of_a_company_are_listed_once_each(api: Caller):
    company = max(api.get("/companies", params={"per_page": 60})["data"], key=lambda row: row["user_count"])
    seen = cursor_walk(api, f"/companies/{company['id']}/contacts", "data", 2)
    assert len(seen) == len(set(seen)) == company["user_count"] > 2


def test_companies_are_listed_once_each(api: Caller):
    seen = page_walk(api, "/companies/list")
    assert sorted(seen) == sorted(api.truth("company"))


def test_companies_scroll_gives_everything_once_with_one_token_and_ends_with_an_empty_page():
    with Sandbox(conversations=10, companies=230, contacts=300, clock_start=CLOCK) as sandbox:
        api = Caller(sandbox)
        first = api.get("/companies/scroll")
        seen, token = [row["id"] for row in first["data"]], first["scroll_param"]
        assert (first["pages"], first["total_count"]) == (None, None)
        while page := api.get("/companies/scroll", params={"scroll_param": token}):
            assert page["scroll_param"] == token
            if not page["data"]:
                break
            seen += [row["id"] for row in page["data"]]
        assert sorted(seen) == sorted(api.truth("company"))
        api.close()


def test_search_pages_by_cursor_in_the_body_and_ignores_one_in_the_query(api: Caller):
    query = {"field": "created_at", "operator": ">", "value": 0}
    first = api.search(query, pagination={"per_page": 100})
    cursor = first["pages"]["next"]["starting_after"]
    second = api.search(query, pagination={"per_page": 100, "starting_after": cursor})
    assert not {row["id"] for row in first["conversations"]} & {row["id"] for row in second["conversations"]}
    wrong = api.ask("POST", f"/conversations/search?starting_after={cursor}", json={"query": query}).json()
    assert wrong["conversations"][0]["id"] == first["conversations"][0]["id"]
    assert api.found(query) == set(api.truth("conversation"))


def test_search_pages_in_both_orders(api: Caller):
    for kind, key in (("conversations", "conversations"), ("contacts", "data")):
        walks = {}
        for order in ("ascending", "descending"):
            seen: list[tuple[int, str]] = []
            after = None
            while True:
                pagination = {"per_page": 40} | ({"starting_after": after} if after else {})
                sort = {"field": "updated_at", "order": order}
                page = api.search({}, kind=kind, pagination=pagination, sort=sort)
                seen += [(row["updated_at"], row["id"]) for row in page[key]]
                after = page["pages"].get("next", {}).get("starting_after")
                if not after:
                    break
            walks[order] = seen
        dates = [date for date, _ in walks["ascending"]]
        assert dates == sorted(dates)
        assert sorted(walks["ascending"]) == sorted(walks["descending"])
        assert len(set(walks["descending"])) == len(walks["descending"]) == page["total_count"]


def test_a_cursor_is_base64_of_sort_value_id_and_page(api: Caller):
    page = api.get("/conversations", params={"per_page": 3})
    sort, ident, number = json.loads(base64.b64decode(page["pages"]["next"]["starting_after"]))
    last = page["conversations"][-1]
    assert (sort, ident, number) == (last["updated_at"] * 1000, int(last["id"]), 2)
    contacts = api.get("/contacts", params={"per_page": 3})
    assert json.loads(base64.b64decode(contacts["pages"]["next"]["starting_after"]))[0] == -1


def test_sizes_of_pages_have_each_endpoints_default_and_limit(api: Caller):
    assert api.get("/contacts")["pages"]["per_page"] == 10
    assert api.search({}, kind="contacts")["pages"]["per_page"] == 50
    assert api.get("/conversations")["pages"]["per_page"] == 20
    assert api.get("/conversations", params={"per_page": 50})["pages"]["per_page"] == "50"  # text, as seen live
    assert api.ask("POST", "/companies/list").json()["pages"]["per_page"] == 15
    assert api.get("/conversations/deleted", params={"per_page": 90})["pages"]["per_page"] == 60
    assert len(api.get("/conversations", params={"per_page": 500})["conversations"]) == 150
    api.sandbox.settings(per_page_over_max="refuse")
    assert api.refusal("GET", "/contacts", params={"per_page": 151}) == (400, "parameter_invalid")


def test_bad_sizes_and_cursors_are_refused(api: Caller):
    for size in ("0", "-3", "many"):
        assert api.refusal("GET", "/contacts", params={"per_page": size}) == (400, "parameter_invalid")
    for cursor in ("nonsense", "e30=", "####"):
        assert api.refusal("GET", "/conversations", params={"starting_after": cursor}) == (400, "client_error")


def test_the_companies_list_ends_at_ten_thousand(api: Caller):
    assert api.ask("POST", "/companies/list", params={"per_page": 60, "page": 166}).status_code == 200
    refused = api.ask("POST", "/companies/list", params={"per_page": 60, "page": 167})
    assert refused.status_code == 400
    assert refused.json()["errors"][0] == {
        "code": "bad_request",
        "message": "page limit reached, please use scroll API",
    }


def test_next_page_is_an_address_that_can_be_told_to_be_intercoms(api: Caller):
    assert api.ask("POST", "/companies/list").json()["pages"]["next"].startswith(api.sandbox.url)
    api.sandbox.settings(page_url_origin="https://api.intercom.io")
    following = api.ask("POST", "/companies/list").json()["pages"]["next"]
    assert following == "https://api.intercom.io/companies/list?per_page=15&page=2"


def test_deletions_come_newest_first(api: Caller):
    rows = api.get("/conversations/deleted", params={"per_page": 60})["conversations"]
    dates = [row["deleted_at"] for row in rows]
    assert len(rows) == 8
    assert dates == sorted(dates, reverse=True)
    assert set(rows[0]) == {"type", "id", "metrics_retained", "deleted_at"}
    seen = page_walk(api, "/conversations/deleted", method="GET", key="conversations", per_page=3)
    assert sorted(seen) == sorted(row["id"] for row in rows)
    assert not set(seen) & set(api.truth("conversation"))
