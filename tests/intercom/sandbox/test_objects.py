"""Single objects: what is in them, what differs between versions, what is cut."""

from collections.abc import Iterator
from typing import Any

from .conftest import Caller


def test_priority_and_nobody_are_written_in_the_words_of_the_version(api: Caller):
    seen_new, seen_old = set(), set()
    unassigned = False
    for row in api.get("/conversations", params={"per_page": 60})["conversations"]:
        old = api.get(f"/conversations/{row['id']}", version="2.13")
        seen_new.add(row["priority"])
        seen_old.add(old["priority"])
        assert (row["admin_assignee_id"] == 0) == (old["admin_assignee_id"] is None)
        unassigned = unassigned or row["admin_assignee_id"] == 0
        assert "company" in row
        assert "company" not in old
        assert "email_message_metadata" not in (old["source"] or {})
    assert unassigned
    assert seen_new <= {"none", "low", "medium", "high", "urgent"}
    assert seen_old == {"priority", "not_priority"}


def test_lists_leave_the_parts_out_and_the_opening_message_is_never_a_part(api: Caller):
    rows = api.get("/conversations", params={"per_page": 30})["conversations"]
    assert all("conversation_parts" not in row for row in rows)
    for row in rows:
        whole = api.get(f"/conversations/{row['id']}")
        assert {key: value for key, value in whole.items() if key != "conversation_parts"} == row
        parts = whole["conversation_parts"]
        assert parts["total_count"] == len(parts["conversation_parts"])
        assert whole["statistics"]["count_conversation_parts"] == parts["total_count"] + 1
        if whole["source"]:
            assert whole["source"]["id"] not in {part["id"] for part in parts["conversation_parts"]}


def test_only_the_newest_500_parts_are_given(api: Caller):
    long = next(row for row in api.truth("conversation").values() if row["parts_total"] > 500)
    parts = api.get(f"/conversations/{long['id']}")["conversation_parts"]
    assert (parts["total_count"], len(parts["conversation_parts"])) == (530, 500)
    assert long["parts_held"] == 500
    assert parts["conversation_parts"][-1]["created_at"] == long["updated_at"]


def test_plain_text_can_be_asked_for(api: Caller):
    for row in api.get("/conversations", params={"per_page": 20})["conversations"]:
        plain = api.get(f"/conversations/{row['id']}", params={"display_as": "plaintext"})
        if plain["source"]:
            assert "<p>" in row["source"]["body"]
            assert "<" not in plain["source"]["body"]


def test_lists_in_a_contact_are_cut_at_ten_and_say_where_the_rest_is(api: Caller):
    contacts = [row for page in _contact_pages(api) for row in page]
    many = next(row for row in contacts if row["companies"]["total_count"] > 10)
    assert (len(many["companies"]["data"]), many["companies"]["has_more"]) == (10, True)
    whole = api.get(many["companies"]["url"])
    assert len(whole["data"]) == whole["total_count"] == many["companies"]["total_count"]
    tagged = next(row for row in contacts if row["tags"]["total_count"] > 10)
    assert len(tagged["tags"]["data"]) == 10
    assert "name" not in tagged["tags"]["data"][0]
    names = api.get(tagged["tags"]["url"])["data"]
    assert len(names) == tagged["tags"]["total_count"] == 14
    assert set(names[0]) == {"type", "id", "name", "applied_at", "applied_by"}


def test_contacts_are_found_by_external_id_unless_they_are_leads(api: Caller):
    truth = api.truth("contact").values()
    user = next(row for row in truth if row["role"] == "user")
    lead = next(row for row in truth if row["role"] == "lead")
    assert api.get(f"/contacts/find_by_external_id/{user['external_id']}")["id"] == user["id"]
    assert api.refusal("GET", f"/contacts/find_by_external_id/{lead['external_id']}") == (404, "not_found")


def test_companies_are_found_by_company_id_and_name(api: Caller):
    company = next(iter(api.truth("company").values()))
    for query in ({"company_id": company["company_id"]}, {"name": company["name"]}):
        assert api.get("/companies", params=query)["id"] == company["id"]
    assert api.refusal("GET", "/companies", params={"company_id": "none"}) == (404, "company_not_found")
    assert api.get(f"/companies/{company['id']}")["name"] == company["name"]


def test_every_kind_of_object_has_its_own_not_found(api: Caller):
    for path, code in {
        "/conversations/1": "not_found",
        "/conversations/x": "not_found",
        "/contacts/0": "not_found",
        "/companies/0": "company_not_found",
        "/admins/0": "admin_not_found",
        "/teams/0": "team_not_found",
        "/tags/0": "tag_not_found",
    }.items():
        assert api.refusal("GET", path) == (404, code)


def test_admins_and_teams_know_each_other(api: Caller):
    admins = {row["id"]: row for row in api.get("/admins")["admins"]}
    teams = api.get("/teams")["teams"]
    assert (len(admins), len(teams), len(api.get("/tags")["data"])) == (7, 3, 24)
    for team in teams:
        for ident in team["admin_ids"]:
            assert int(team["id"]) in admins[str(ident)]["team_ids"]
    assert api.get("/me")["id"] in admins


def test_attributes_of_conversations_moved_in_2_16(api: Caller):
    assert api.refusal("GET", "/data_attributes", params={"model": "conversation"}) == (422, "parameter_invalid")
    assert api.get("/data_attributes", params={"model": "conversation"}, version="2.15")["data"]
    assert api.get("/conversations/attributes")["data"]
    kinds = {
        version: {
            row["name"]: row["data_type"] for row in api.get("/data_attributes?model=contact", version=version)["data"]
        }
        for version in ("2.16", "2.17")
    }
    assert (kinds["2.16"]["updated_at"], kinds["2.17"]["updated_at"]) == ("date", "datetime")


def test_teammates_stand_under_admins_unless_told_otherwise(api: Caller):
    rows = api.get("/conversations", params={"per_page": 50})["conversations"]
    ident = next(row["id"] for row in rows if row["teammates"])
    assert set(api.get(f"/conversations/{ident}")["teammates"]) == {"type", "admins"}
    api.sandbox.settings(teammates_key="teammates")
    assert set(api.get(f"/conversations/{ident}")["teammates"]) == {"type", "teammates"}


def _contact_pages(api: Caller) -> Iterator[list[dict[str, Any]]]:
    query: dict[str, Any] = {"per_page": 150}
    while True:
        page = api.get("/contacts", params=query)
        yield page["data"]
        if "next" not in page["pages"]:
            return
        query = {"per_page": 150, "starting_after": page["pages"]["next"]["starting_after"]}
