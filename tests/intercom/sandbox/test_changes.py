"""The workspace changes as told, and the search may notice late."""

import time

from tests.valkey import until

from .conftest import Caller


def one(api: Caller, state: str = "closed") -> str:
    return next(row["id"] for row in api.truth("conversation").values() if row["state"] == state)


def test_conversations_are_opened_answered_closed_reopened_and_snoozed(fresh: Caller):
    ident = fresh.sandbox.mutate("add_conversation", text="Where is my <invoice>?")["id"]
    assert fresh.get(f"/conversations/{ident}")["source"]["body"] == "<p>Where is my &lt;invoice&gt;?</p>"
    fresh.sandbox.mutate("reply", id=ident, text="Here.", author="admin")
    for op, state in (("close", "closed"), ("reopen", "open"), ("snooze", "snoozed")):
        fresh.sandbox.mutate(op, id=ident)
        found = fresh.get(f"/conversations/{ident}")
        assert (found["state"], found["open"]) == (state, state != "closed")
        assert (found["snoozed_until"] is not None) == (state == "snoozed")
    kinds = [part["part_type"] for part in found["conversation_parts"]["conversation_parts"]]
    assert kinds == ["comment", "close", "open", "snoozed"]
    assert abs(found["updated_at"] - time.time()) < 5
    assert ident in fresh.found({"field": "state", "operator": "=", "value": "snoozed"})


def test_a_redacted_part_loses_its_words_for_good(fresh: Caller):
    ident = one(fresh)
    before = fresh.sandbox.mutate("reply", id=ident, text="My card is tangerine-77")
    part = fresh.get(f"/conversations/{ident}")["conversation_parts"]["conversation_parts"][-1]
    fresh.sandbox.mutate("redact_part", id=ident, part_id=part["id"])
    after = fresh.get(f"/conversations/{ident}")["conversation_parts"]["conversation_parts"][-1]
    assert (after["id"], after["body"], after["redacted"]) == (part["id"], None, True)
    assert before["id"] == ident
    assert "tangerine-77" not in str(fresh.sandbox.objects())


def test_a_deleted_conversation_is_gone_and_in_the_feed(fresh: Caller):
    ident = one(fresh)
    fresh.sandbox.mutate("delete_conversation", id=ident)
    assert fresh.refusal("GET", f"/conversations/{ident}") == (404, "not_found")
    assert fresh.get("/conversations/deleted")["conversations"][0]["id"] == ident
    assert ident not in fresh.truth("conversation")
    silent = one(fresh)
    fresh.sandbox.mutate("delete_conversation", id=silent, without_feed=True)
    assert silent not in str(fresh.get("/conversations/deleted"))


def test_many_can_change_in_one_second(fresh: Caller):
    touched = fresh.sandbox.mutate("touch", count=17)
    found = fresh.found({"field": "updated_at", "operator": "=", "value": touched["updated_at"]})
    assert found == set(touched["ids"])
    assert len(found) == 17


def test_tags_are_renamed_deleted_put_on_and_taken_off(fresh: Caller):
    ident = one(fresh)
    tag = fresh.sandbox.mutate("add_tag", name="fragile")["id"]
    fresh.sandbox.mutate("tag", tag_id=tag, conversation_id=ident)
    fresh.sandbox.mutate("rename_tag", id=tag, name="robust")
    carried = fresh.get(f"/conversations/{ident}")["tags"]["tags"]
    assert "robust" in {row["name"] for row in carried}
    fresh.sandbox.mutate("untag", tag_id=tag, conversation_id=ident)
    assert "robust" not in str(fresh.get(f"/conversations/{ident}")["tags"])
    fresh.sandbox.mutate("tag", tag_id=tag, conversation_id=ident)
    fresh.sandbox.mutate("delete_tag", id=tag)
    assert "robust" not in str(fresh.get(f"/conversations/{ident}")["tags"])
    assert tag not in fresh.truth("tag")
    assert f"{ident}:{tag}" not in fresh.truth("conversation_tag")


def test_a_merged_contact_is_gone_with_a_link_from_2_16_and_missing_before(fresh: Caller):
    first, second, third = [row["id"] for row in fresh.truth("contact").values() if row["role"] == "user"][:3]
    fresh.sandbox.mutate("merge_contacts", **{"from": first, "into": second})
    fresh.sandbox.mutate("merge_contacts", **{"from": second, "into": third})
    gone = fresh.ask("GET", f"/contacts/{first}")
    assert gone.status_code == 410
    assert gone.json()["errors"][0]["code"] == "contact_merged"
    assert gone.headers["link"] == f'</contacts/{third}>; rel="canonical"'
    assert fresh.refusal("GET", f"/contacts/{first}", version="2.15") == (404, "not_found")
    history = fresh.get(f"/contacts/{third}/merge_history")["data"]
    assert [row["source_contact_id"] for row in history] == [second]
    assert not {first, second} & fresh.found({}, kind="contacts")


def test_people_and_firms_change(fresh: Caller):
    company = next(iter(fresh.truth("company")))
    count = fresh.get(f"/companies/{company}")["user_count"]
    person = fresh.sandbox.mutate("add_contact", name="Nia Frost", email="nia@frost.example", company_ids=[company])
    assert fresh.get(f"/contacts/{person['id']}")["email"] == "nia@frost.example"
    assert fresh.get(f"/companies/{company}")["user_count"] == count + 1
    fresh.sandbox.mutate("change_contact", id=person["id"], set={"name": "Nia Snow"})
    assert fresh.truth("contact")[person["id"]]["name"] == "Nia Snow"
    fresh.sandbox.mutate("delete_contact", id=person["id"])
    assert fresh.refusal("GET", f"/contacts/{person['id']}") == (404, "not_found")
    fresh.sandbox.mutate("change_company", id=company, set={"name": "Other Name"})
    assert fresh.get(f"/companies/{company}")["name"] == "Other Name"


def test_the_search_sees_a_change_after_the_lag(fresh: Caller):
    opened = {"field": "state", "operator": "=", "value": "open"}
    ident = one(fresh)
    fresh.sandbox.settings(lag_seconds=3_600)
    fresh.sandbox.mutate("reopen", id=ident)
    assert fresh.get(f"/conversations/{ident}")["state"] == "open"
    assert ident not in fresh.found(opened)
    fresh.sandbox.mutate("catch_up")
    assert ident in fresh.found(opened)
    fresh.sandbox.settings(lag_seconds=0.2)
    fresh.sandbox.mutate("close", id=ident)
    until(lambda: ident not in fresh.found(opened))


def test_the_workspace_changes_while_it_is_walked(fresh: Caller):
    ident = one(fresh)
    wish = {"op": "delete_conversation", "id": ident}
    fresh.sandbox.after(2, wish, path="/conversations/search")
    assert ident in fresh.found({})
    assert fresh.ask("GET", f"/conversations/{ident}").status_code == 200
    assert ident not in fresh.found({})


def test_what_was_changed_is_part_of_the_truth(fresh: Caller):
    ident = one(fresh)
    before = fresh.truth("conversation")[ident]
    fresh.sandbox.mutate("reply", id=ident, text="One more thing")
    after = fresh.truth("conversation")[ident]
    assert after["parts_total"] == before["parts_total"] + 1
    assert "One more thing" in {row["text"] for row in fresh.truth("message").values()}
