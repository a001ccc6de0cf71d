"""The ways in which it misbehaves, seen from outside."""

import time

import httpx
import pytest

from .conftest import Caller


def test_it_fails_as_often_as_told_and_only_where_told(api: Caller):
    api.sandbox.fail("/conversations/*", status=503, code="service_unavailable", times=2, skip=1)
    ident = api.get("/conversations")["conversations"][0]["id"]
    statuses = [api.ask("GET", f"/conversations/{ident}").status_code for _ in range(4)]
    assert statuses == [200, 503, 503, 200]
    assert api.ask("GET", "/contacts").status_code == 200


def test_429_comes_with_or_without_headers(api: Caller):
    api.sandbox.fail("/tags", kind="rate_limited")
    limited = api.ask("GET", "/tags")
    assert (limited.status_code, limited.headers["x-ratelimit-remaining"]) == (429, "0")
    assert limited.json()["errors"][0]["code"] == "rate_limit_exceeded"
    api.sandbox.fail("/tags", kind="rate_limited", with_headers=False)
    assert "x-ratelimit-reset" not in api.ask("GET", "/tags").headers


def test_html_empty_and_arbitrary_bodies(api: Caller):
    api.sandbox.fail("/tags", kind="html")
    api.sandbox.fail("/tags", kind="html", status=200)
    api.sandbox.fail("/tags", kind="empty")
    api.sandbox.fail("/tags", kind="raw", status=418, body='{"id": NaN}', headers={"X-Odd": "1"})
    bad_gateway, maintenance, empty, raw = (api.ask("GET", "/tags") for _ in range(4))
    assert (bad_gateway.status_code, bad_gateway.headers["content-type"]) == (502, "text/html; charset=utf-8")
    assert (maintenance.status_code, maintenance.text[:9]) == (200, "<!DOCTYPE")
    assert (empty.status_code, empty.content) == (200, b"")
    assert (raw.status_code, raw.text, raw.headers["x-odd"]) == (418, '{"id": NaN}', "1")


def test_a_truncated_body_ends_before_its_length(api: Caller):
    api.sandbox.fail("/admins", kind="truncated")
    with pytest.raises(httpx.RemoteProtocolError):
        api.ask("GET", "/admins")
    assert api.ask("GET", "/admins").status_code == 200


def test_a_hanging_and_a_dripping_answer_never_end(api: Caller):
    api.sandbox.fail("/admins", kind="hang")
    with pytest.raises(httpx.ReadTimeout):
        api.ask("GET", "/admins", extensions={"timeout": {"read": 0.3, "connect": 5, "write": 5, "pool": 5}})
    api.sandbox.fail("/admins", kind="drip", seconds=0.05)
    request = httpx.Request(
        "GET",
        f"{api.sandbox.url}/admins",
        headers={"Authorization": f"Bearer {api.sandbox.token}", "Accept": "application/json"},
    )
    with httpx.Client(trust_env=False) as client:
        answer = client.send(request, stream=True)
        chunks = answer.iter_raw()
        received = next(chunks) + next(chunks)
        answer.close()
    assert 2 <= len(received) < int(answer.headers["content-length"]) / 2


def test_compressed_bombs_and_broken_compression(api: Caller):
    api.sandbox.fail("/admins", kind="gzip_bomb", megabytes=3)
    bomb = api.ask("GET", "/admins")
    assert int(bomb.headers["content-length"]) < 30_000
    assert len(bomb.content) > 3_000_000
    api.sandbox.fail("/admins", kind="huge", megabytes=2)
    assert len(api.ask("GET", "/admins").content) > 2_000_000
    api.sandbox.fail("/admins", kind="deep", depth=5000)
    assert api.ask("GET", "/admins").content == b"[" * 5000 + b"]" * 5000


def test_a_redirect_says_where_to(api: Caller):
    api.sandbox.fail("/me", kind="redirect", location="http://127.0.0.1:1/elsewhere")
    answer = api.ask("GET", "/me")
    assert (answer.status_code, answer.headers["location"]) == (302, "http://127.0.0.1:1/elsewhere")


def test_headers_and_values_of_a_real_answer_can_be_changed(api: Caller):
    api.sandbox.fail("/tags", kind="headers", headers={"X-RateLimit-Remaining": 0, "Date": None})
    answer = api.ask("GET", "/tags")
    assert answer.headers["x-ratelimit-remaining"] == "0"
    assert "date" not in answer.headers
    api.sandbox.fail("/contacts", kind="patch", set={"data.0.id": 7, "total_count": -1}, remove=["pages"])
    patched = api.get("/contacts")
    assert (patched["data"][0]["id"], patched["total_count"]) == (7, -1)
    assert "pages" not in patched


def test_latency_is_added_and_requests_may_overlap(api: Caller):
    api.sandbox.settings(latency_ms=120)
    began = time.monotonic()
    assert api.ask("GET", "/me").status_code == 200
    assert time.monotonic() - began >= 0.12
    api.sandbox.settings(latency_ms=0)
    api.sandbox.fail("/me", kind="delay", seconds=0.15)
    began = time.monotonic()
    api.ask("GET", "/me")
    assert time.monotonic() - began >= 0.15


def test_the_log_tells_what_was_asked_in_order_without_the_token(api: Caller):
    api.get("/me")
    api.search({"field": "state", "operator": "=", "value": "open"})
    api.ask("GET", "/contacts/nobody?page=2")
    log = api.sandbox.log()
    assert [(row["method"], row["path"], row["query"], row["status"]) for row in log["requests"]] == [
        ("GET", "/me", "", 200),
        ("POST", "/conversations/search", "", 200),
        ("GET", "/contacts/nobody", "page=2", 404),
    ]
    assert log["counts"] == {"GET /me": 1, "POST /conversations/search": 1, "GET /contacts/*": 1}
    assert log["max_in_flight"] == 1
    assert api.sandbox.token not in str(log)


def test_the_scroll_is_one_and_expires(api: Caller):
    token = api.get("/companies/scroll")["scroll_param"]
    assert api.refusal("GET", "/companies/scroll") == (400, "scroll_exists")
    api.sandbox.settings(scroll_expiry_seconds=0.1)
    time.sleep(0.2)
    assert api.refusal("GET", "/companies/scroll", params={"scroll_param": token}) == (404, "not_found")
    assert api.get("/companies/scroll")["scroll_param"] != token
    assert api.refusal("GET", "/companies/scroll", params={"scroll_param": "other"}) == (404, "not_found")


def test_control_says_what_it_does_not_understand(api: Caller):
    for path, body in (("/settings", {"speed": 1}), ("/fail", {"kind": "sulk"}), ("/mutate", {"op": "explode"})):
        answer = httpx.post(f"{api.sandbox.url}/_sandbox{path}", json=body, trust_env=False)
        assert answer.status_code == 400
        assert "error" in answer.json()
