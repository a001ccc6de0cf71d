"""What Intercom's refusals mean."""

import time
from typing import Any

import pytest

from integrations import errors
from integrations.errors import ProviderError
from integrations.intercom.source import IntercomSource
from tests.intercom.asking import ask, refused
from tests.intercom.scripted_server import answer, html, refusal


async def conversation(source: IntercomSource) -> Any:
    return await source.conversation("7")


SCOPE = "You do not have the required scope (read_conversations) to access this resource"
TABLE: list[tuple[int, str, str, type[ProviderError], str]] = [
    (400, "bad_request", "", errors.RequestRefused, ""),
    (400, "client_error", "", errors.RequestRefused, ""),
    (400, "invalid_sort_order", "Invalid sort order 'desc'.", errors.RequestRefused, "Invalid sort order 'desc'."),
    (400, "intercom_version_invalid", "Not available", errors.VersionRefused, ""),
    (401, "unauthorized", "Access Token Invalid", errors.CredentialRejected, ""),
    (401, "token_revoked", "", errors.CredentialRejected, ""),
    (401, "token_not_found", "Unauthorized", errors.CredentialRejected, ""),
    (401, "token_expired", "", errors.CredentialRejected, ""),
    (401, "token_blocked", "", errors.CredentialRejected, ""),
    (401, "missing_authorization", "", errors.CredentialRejected, ""),
    (401, "token_unauthorized", "Not authorized to access resource", errors.PermissionMissing, ""),
    (402, "whatever", "", errors.PlanRestricted, ""),
    (403, "api_plan_restricted", "Active subscription needed.", errors.PlanRestricted, ""),
    (403, "forbidden", SCOPE, errors.PermissionMissing, "read_conversations"),
    (403, "forbidden", "No.", errors.PermissionMissing, ""),
    (403, "action_forbidden", "", errors.PermissionMissing, ""),
    (403, "something_new", "", errors.PermissionMissing, ""),
    (404, "not_found", "Resource Not Found", errors.NotFound, ""),
    (404, "conversation_not_found", "", errors.NotFound, ""),
    (405, "method_not_allowed", "no", errors.RequestRefused, "no"),
    (406, "media_type_not_acceptable", "Accept\r\n", errors.RequestRefused, "Accept"),
    (408, "request_timeout", "", errors.ProviderUnavailable, ""),
    (409, "conflict", "", errors.RequestRefused, ""),
    (410, "contact_merged", "", errors.Merged, ""),
    (410, "gone", "", errors.NotFound, ""),
    (418, "teapot", "", errors.RequestRefused, ""),
    (422, "parameter_invalid", "model", errors.RequestRefused, "model"),
    (429, "rate_limit_exceeded", "", errors.RateLimited, ""),
    (400, "too_many_requests", "", errors.RateLimited, ""),
    (500, "server_error", "", errors.ProviderUnavailable, ""),
    (502, "bad_gateway", "", errors.ProviderUnavailable, ""),
    (503, "service_unavailable", "", errors.ProviderUnavailable, ""),
    (504, "timeout", "", errors.ProviderUnavailable, ""),
]


@pytest.mark.parametrize(("status", "code", "message", "kind", "detail"), TABLE)
def test_status_and_code_decide_what_the_sync_does_next(
    status: int, code: str, message: str, kind: type[ProviderError], detail: str
):
    problem = refused(refusal(status, code, message), call=conversation)
    assert type(problem) is kind
    assert (problem.status, problem.code, problem.detail) == (status, code, detail)
    assert problem.request_id == "000req"
    assert problem.at is not None
    assert abs(problem.at - time.time()) < 5


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, errors.BadResponse),
        (401, errors.CredentialRejected),
        (402, errors.PlanRestricted),
        (403, errors.BadResponse),
        (404, errors.NotFound),
        (405, errors.BadResponse),
        (408, errors.ProviderUnavailable),
        (410, errors.BadResponse),
        (418, errors.BadResponse),
        (422, errors.BadResponse),
        (429, errors.RateLimited),
        (500, errors.ProviderUnavailable),
        (503, errors.ProviderUnavailable),
        (200, errors.BadResponse),
        (201, errors.BadResponse),
        (204, errors.BadResponse),
    ],
)
def test_a_page_of_html_is_judged_by_its_status_alone(status: int, kind: type[ProviderError]):
    page = html(status) if status != 204 else b"HTTP/1.1 204 No Content\r\n\r\n"
    assert type(refused(page, call=conversation)) is kind


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308, 304, 300])
def test_a_redirect_is_a_bad_response_and_nobody_is_asked_there(status: int):
    import asyncio

    from tests.intercom.asking import client
    from tests.intercom.scripted_server import ScriptedServer

    async def scenario() -> tuple[ProviderError, int, int]:
        async with ScriptedServer([answer({"id": "7"})]) as other:
            away = answer({}, status=status, headers={"Location": f"{other.url}/conversations/7"})
            if status == 304:
                away = b"HTTP/1.1 304 Not Modified\r\nLocation: %s\r\n\r\n" % other.url.encode()
            async with ScriptedServer([away]) as server, client(server.url) as line:
                with pytest.raises(ProviderError) as caught:
                    await line.conversation("7")
                return caught.value, len(server.received), other.connections

    problem, asked, elsewhere = asyncio.run(scenario())
    assert type(problem) is errors.BadResponse
    assert problem.code == "redirect"
    assert (asked, elsewhere) == (1, 0)


@pytest.mark.parametrize(
    ("link", "survivor"),
    [
        ('</contacts/6762f0d01bb69f9f2193bb7d>; rel="canonical"', "6762f0d01bb69f9f2193bb7d"),
        ('<https://api.intercom.io/contacts/abc>; rel="canonical"', "abc"),
        ('</contacts/../me>; rel="canonical"', ""),
        ("nonsense", ""),
        ("", ""),
    ],
)
def test_a_merged_contact_names_its_survivor(link: str, survivor: str):
    problem = refused(refusal(410, "contact_merged", headers={"Link": link}), call=lambda it: it.contact("a1"))
    assert isinstance(problem, errors.Merged)
    assert problem.survivor == survivor


def test_a_contact_that_comes_back_under_another_id_is_merged():
    problem = refused(answer({"id": "b2"}), call=lambda it: it.contact("a1"))
    assert isinstance(problem, errors.Merged)
    assert problem.survivor == "b2"


def test_the_end_of_a_list_and_the_ways_of_a_scroll_are_told_apart():
    full = refused(
        refusal(400, "bad_request", "page limit reached, please use scroll API"), call=lambda it: it.companies("167")
    )
    taken = refused(refusal(400, "scroll_exists", "exists"), call=lambda it: it.companies_scroll())
    over = refused(refusal(404, "not_found", "scroll parameter not found"), call=lambda it: it.companies_scroll("s1"))
    other = refused(refusal(400, "bad_request", "no"), call=lambda it: it.companies("1"))
    assert [(type(each), each.code) for each in (full, taken, over, other)] == [
        (errors.RequestRefused, "page_limit_reached"),
        (errors.RequestRefused, "scroll_exists"),
        (errors.NotFound, "scroll_not_found"),
        (errors.RequestRefused, "bad_request"),
    ]


def test_a_limit_tells_when_to_come_again_and_the_rate():
    reset = int(time.time()) + 7
    told = {"X-RateLimit-Limit": "167", "X-RateLimit-Remaining": "0", "X-RateLimit-Reset": str(reset)}
    problem = refused(refusal(429, "rate_limit_exceeded", headers=told), call=conversation)
    assert isinstance(problem, errors.RateLimited)
    assert problem.retry_at == reset
    assert problem.rate is not None
    assert (problem.rate.limit, problem.rate.remaining, problem.rate.reset) == (167, 0, reset)


def test_a_limit_without_headers_leaves_the_wait_to_the_caller():
    problem = refused(refusal(429, "rate_limit_exceeded"), call=conversation)
    assert isinstance(problem, errors.RateLimited)
    assert problem.retry_at is None
    assert problem.rate is None


def test_no_request_left_is_told_on_a_good_answer_too():
    told = {"X-RateLimit-Limit": "167", "X-RateLimit-Remaining": "0", "X-RateLimit-Reset": str(int(time.time()) + 5)}
    found, _ = ask(answer({"id": "7"}, headers=told), call=conversation)
    assert found.rate.remaining == 0


def test_a_known_code_counts_wherever_it_stands_in_the_list():
    listed = {"errors": ["odd", {"code": "parameter_invalid"}, {"code": "intercom_version_invalid"}]}
    assert type(refused(answer(listed, status=400), call=conversation)) is errors.VersionRefused


@pytest.mark.parametrize("listed", [{"errors": []}, {"errors": [None]}, {"errors": [{"code": None, "message": 5}]}])
def test_an_error_list_without_words_is_judged_by_its_status(listed: Any):
    problem = refused(answer(listed, status=403), call=conversation)
    assert type(problem) is errors.PermissionMissing
    assert problem.code == ""


def test_a_header_names_the_request_where_the_body_does_not():
    problem = refused(answer({"errors": []}, status=500, headers={"X-Request-Id": "abc"}), call=conversation)
    assert problem.request_id == "abc"


def test_a_refusal_that_cannot_be_uncompressed_is_still_a_refusal():
    odd = answer(raw=b"no gzip", status=500, headers={"Content-Encoding": "gzip"})
    problem = refused(odd, call=conversation)
    assert type(problem) is errors.ProviderUnavailable
    assert problem.status == 500
