"""Token, Accept, version, rate limit, permissions: what every request passes first."""

import re

import pytest

from .conftest import Caller


def test_a_wrong_or_missing_token_is_unauthorized(api: Caller):
    for header in (None, "Bearer wrong", api.sandbox.token, "Basic abc"):
        response = api.ask("GET", "/me", headers={"Authorization": header})
        assert response.status_code == 401
        assert response.json()["errors"] == [{"code": "unauthorized", "message": "Access Token Invalid"}]
        assert "x-ratelimit-limit" not in response.headers


def test_without_an_accept_header_for_json_it_answers_406_without_a_request_id(api: Caller):
    for accept in (None, "text/html"):
        response = api.ask("GET", "/me", headers={"Accept": accept})
        assert response.status_code == 406
        assert response.json()["errors"][0]["code"] == "media_type_not_acceptable"
        assert "request_id" not in response.json()
    assert api.ask("GET", "/me", headers={"Accept": "*/*"}).status_code == 200


@pytest.mark.parametrize("version", ["3.0", "2.18", "two", "1.9"])
def test_a_version_that_does_not_exist_is_refused(api: Caller, version: str):
    assert api.refusal("GET", "/me", version=version) == (400, "intercom_version_invalid")


def test_endpoints_of_2_16_do_not_exist_before_and_the_default_is_2_16(api: Caller):
    for path in ("/conversations/deleted", "/conversations/attributes"):
        assert api.refusal("GET", path, version="2.15") == (400, "intercom_version_invalid")
        assert api.ask("GET", path, version=None).status_code == 200


def test_the_newest_version_can_be_lowered(api: Caller):
    api.sandbox.settings(version_max="2.14")
    assert api.refusal("GET", "/me", version="2.16") == (400, "intercom_version_invalid")


def test_every_authorised_answer_carries_date_request_id_and_the_rate_window(api: Caller):
    headers = api.ask("GET", "/tags").headers
    assert re.fullmatch(r"\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT", headers["date"])
    assert headers["x-request-id"]
    assert headers["x-ratelimit-limit"] == "100000"
    assert int(headers["x-ratelimit-remaining"]) < 100_000
    assert int(headers["x-ratelimit-reset"]) % 10 == 0


def test_the_window_of_ten_seconds_is_enforced(api: Caller):
    api.sandbox.settings(rate_limit=5)
    answers = [api.ask("GET", "/tags") for _ in range(12)]  # at most one new window can begin meanwhile
    limited = [answer for answer in answers if answer.status_code == 429]
    assert limited
    assert limited[0].json()["errors"][0] == {
        "code": "rate_limit_exceeded",
        "message": "Exceeded rate limit of 5 in 10_seconds",
    }
    assert limited[0].headers["x-ratelimit-remaining"] == "0"


def test_a_missing_scope_shuts_its_endpoints_and_names_itself(api: Caller):
    api.sandbox.settings(missing_scopes=["read_conversations"])
    response = api.ask("POST", "/conversations/search", json={})
    assert response.status_code == 403
    assert response.json()["errors"][0]["code"] == "forbidden"
    assert "(read_conversations)" in response.json()["errors"][0]["message"]
    assert api.ask("GET", "/contacts").status_code == 200
    api.sandbox.settings(scope_error="token_unauthorized")
    assert api.refusal("GET", "/conversations") == (401, "token_unauthorized")


def test_a_revoked_token_opens_nothing(api: Caller):
    api.sandbox.settings(revoked="token_revoked")
    assert api.refusal("GET", "/me") == (401, "token_revoked")
    assert api.refusal("POST", "/contacts/search", json={}) == (401, "token_revoked")


def test_a_plan_without_conversations_says_so(api: Caller):
    api.sandbox.settings(plan_restricted=True)
    assert api.refusal("GET", "/conversations") == (403, "api_plan_restricted")
    assert api.ask("GET", "/companies").status_code == 200


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/nothing"),
        ("POST", "/contacts"),
        ("PUT", "/contacts/1"),
        ("DELETE", "/conversations/1"),
        ("POST", "/tags"),
    ],
)
def test_unknown_paths_and_everything_that_writes_are_not_found(api: Caller, method: str, path: str):
    assert api.refusal(method, path) == (404, "not_found")


def test_the_region_is_what_it_was_told_to_say(api: Caller):
    assert api.get("/me")["app"]["region"] == "US"
    api.sandbox.settings(region="Europe")
    assert api.get("/me")["app"]["region"] == "Europe"


def test_a_cleared_sandbox_is_the_workspace_that_it_was_before(api: Caller):
    before = api.get("/me")["app"]
    api.sandbox.settings(app_id="fabrikam", timezone="Asia/Tokyo")
    assert api.get("/me")["app"] != before
    api.sandbox.clear()
    assert api.get("/me")["app"] == before
