"""The live check: what is asked, and which verdict follows from the answers."""

import asyncio
import time
from collections.abc import Mapping
from typing import Any

import pytest

from integrations.checks import CheckResult
from integrations.intercom import probes
from integrations.intercom.check import check
from integrations.intercom.client import IntercomClient
from integrations.intercom.regions import Origin
from integrations.records import Rate
from sonora.core.secret import SecretStr
from tests.intercom.asking import TOKEN, uncounted
from tests.intercom.scripted_server import Action, Received, ScriptedServer, answer, html, refusal, resetting, silent
from tests.payloads import load

ME, ADMINS, TAGS = "/me", "/admins", "/tags"
CONVERSATIONS, CONTACTS, COMPANIES = "/conversations/search", "/contacts/search", "/companies/list"
DENIED = refusal(403, "forbidden", "You do not have the required scope (x) to access this resource")
OLD_DENIED = refusal(401, "token_unauthorized", "Not authorized to access resource")
BAD = refusal(401, "unauthorized", "Access Token Invalid")
PLAN = refusal(403, "api_plan_restricted", "Active subscription needed.")
TOKEN_BAD = (
    "Intercom doesn't accept this token. It was rotated, or the app was deleted. Generate a new token and reconnect."
)
NET = "We couldn't reach Intercom. Check again in a moment."
UNNAMED = "Workspace name needs Read admins. The other permissions are on."


def good() -> dict[str, bytes | Action]:
    """What Intercom answers to a token that may read everything."""
    return {
        ME: answer(load("me") | {"app": load("me")["app"] | {"region": "US"}}),
        ADMINS: answer({"admins": [{"id": number} for number in range(6)]}),
        TAGS: answer({"data": [{"id": 1}]}),
        CONVERSATIONS: answer({"conversations": [{"id": 1, "updated_at": 1_700_000_000}], "total_count": 12480}),
        CONTACTS: answer({"data": [{"id": 1}], "total_count": 3912}),
        COMPANIES: answer({"data": [], "total_count": 0}),
    }


def checked(
    changes: Mapping[str, bytes | Action] | None = None,
    *,
    region: str = "us",
    everything: bytes | Action | None = None,
    closed_after: int | None = None,
) -> tuple[CheckResult, list[Received]]:
    async def scenario() -> tuple[CheckResult, list[Received]]:
        answers = {path: everything if everything is not None else usual for path, usual in good().items()}
        async with ScriptedServer([html(404)], by_path=answers | dict(changes or {})) as server:
            origin = Origin(base_url=server.url, region=region, extra=True)
            async with IntercomClient(SecretStr(TOKEN), origin, version="2.16") as client:
                extra = ["au=http://127.0.0.1:9"]
                result = await check(client, origin, uncounted, extra=extra, closed_after=closed_after)
            return result, server.received

    return asyncio.run(scenario())


def verdicts(result: CheckResult) -> dict[str, str]:
    return {row.permission: row.verdict for row in result.rows}


def test_a_good_token_is_ready_and_its_rows_say_what_was_seen():
    result, received = checked()
    assert (result.outcome, result.sentence, result.may_save) == ("ready", "Ready to connect Northwind.", True)
    assert [(row.title, row.verdict, row.detail) for row in result.rows] == [
        ("Read admins", "allowed", "6 teammates visible"),
        ("Read conversations", "allowed", "12,480 conversations"),
        ("Read users and contacts", "allowed", "3,912 people"),
        ("Companies", "empty", "none yet"),
        ("Read tags", "allowed", "1 tag"),
    ]
    assert [row.changed_at for row in result.rows] == [None, 1_700_000_000, None, None, None]
    assert result.identity.app_name == "Northwind"
    assert (result.region, result.right_base_url, result.field) == ("us", "", "")
    assert abs(result.at - time.time()) < 5
    assert sorted((request.method, request.target) for request in received) == [
        ("GET", "/admins"),
        ("GET", "/me"),
        ("GET", "/tags"),
        ("POST", "/companies/list?page=1&per_page=1"),
        ("POST", "/contacts/search"),
        ("POST", "/conversations/search"),
    ]
    assert all(request.json["pagination"] == {"per_page": 1} for request in received if "search" in request.target)


def test_each_row_knows_the_request_behind_it():
    result, _ = checked({TAGS: DENIED})
    tags = next(row for row in result.rows if row.permission == "tags")
    (probe,) = tags.probes
    assert (probe.method, probe.path, probe.status, probe.code, probe.request_id) == (
        "GET",
        "/tags",
        403,
        "forbidden",
        "000req",
    )
    admins = next(row for row in result.rows if row.permission == "admins")
    assert [probe.path for probe in admins.probes] == ["/me", "/admins"]


def test_of_a_token_that_is_not_accepted_no_permission_is_said_to_be_missing():
    result, _ = checked(everything=BAD)
    assert (result.outcome, {row.verdict for row in result.rows}) == ("refused", {"skipped"})
    assert {row.detail for row in result.rows} == {"not checked"}
    assert result.allowed == []


def test_a_row_names_the_switch_that_lets_a_token_read_it():
    result, _ = checked({COMPANIES: DENIED})
    assert [row.turn_on for row in result.rows if row.verdict == "missing"] == ["Read users and contacts"]


def test_a_count_is_only_told_where_intercom_told_it():
    result, _ = checked({CONTACTS: answer({"data": [{"id": 1}]}), CONVERSATIONS: answer({"conversations": []})})
    details = {row.permission: (row.verdict, row.detail, row.count) for row in result.rows}
    assert details["contacts"] == ("allowed", "", None)
    assert details["conversations"] == ("empty", "none yet", 0)


def test_closed_conversations_are_counted_only_where_somebody_asks():
    assert checked()[0].closed is None
    result, received = checked(closed_after=1_700_000_000)
    assert (result.outcome, result.closed) == ("ready", 12480)
    searches = [request.json["query"] for request in received if request.target == CONVERSATIONS]
    assert {
        "operator": "AND",
        "value": [
            {"field": "state", "operator": "=", "value": "closed"},
            {"field": "updated_at", "operator": ">", "value": 1_700_000_000},
        ],
    } in searches
    assert len(received) == 7


@pytest.mark.parametrize("trouble", [DENIED, BAD, PLAN, html(503), html(200), refusal(429, "rate_limit_exceeded")])
def test_a_count_of_closed_conversations_that_fails_is_no_verdict(trouble: bytes):
    async def scenario() -> CheckResult:
        async def search(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            usual = good()[CONVERSATIONS]
            assert isinstance(usual, bytes)
            writer.write(trouble if b"closed" in server.received[-1].body else usual)
            await writer.drain()

        async with ScriptedServer([html(404)], by_path=good() | {CONVERSATIONS: search}) as server:
            origin = Origin(base_url=server.url, region="us", extra=True)
            async with IntercomClient(SecretStr(TOKEN), origin, version="2.16") as client:
                return await check(client, origin, uncounted, closed_after=1_700_000_000)

    result = asyncio.run(scenario())
    assert (result.outcome, result.closed) == ("ready", None)
    assert set(verdicts(result).values()) == {"allowed", "empty"}


@pytest.mark.parametrize("odd", [None, "yesterday", -5, {}, [1]])
def test_an_odd_time_of_change_is_not_told(odd: Any):
    result, _ = checked({CONVERSATIONS: answer({"conversations": [{"id": 1, "updated_at": odd}], "total_count": 2})})
    assert [(row.verdict, row.changed_at) for row in result.rows if row.permission == "conversations"] == [
        ("allowed", None)
    ]


@pytest.mark.parametrize("denied", [DENIED, OLD_DENIED])
@pytest.mark.parametrize(
    ("paths", "sentence", "outcome"),
    [
        ([TAGS], "This token can't read tags. Turn on Read tags in Intercom, then paste the new token.", "limited"),
        (
            [COMPANIES],
            "This token can't read companies. Turn on Read users and contacts in Intercom, then paste the new token.",
            "limited",
        ),
        (
            [ADMINS, TAGS],
            (
                "This token can't read teammates and tags. "
                "Turn on Read admins and Read tags in Intercom, then paste the new token."
            ),
            "limited",
        ),
        (
            [CONVERSATIONS],
            "This token can't read conversations. Turn on Read conversations in Intercom, then paste the new token.",
            "refused",
        ),
        (
            [CONTACTS, COMPANIES, TAGS],
            (
                "This token can't read people, companies and tags. "
                "Turn on Read users and contacts and Read tags in Intercom, then paste the new token."
            ),
            "refused",
        ),
    ],
)
def test_a_missing_permission_is_named_and_stops_only_what_cannot_do_without(
    paths: list[str], sentence: str, outcome: str, denied: bytes
):
    result, _ = checked(dict.fromkeys(paths, denied))
    assert (result.outcome, result.sentence) == (outcome, sentence)
    assert result.may_save is (outcome == "limited")
    assert result.field == ("" if outcome == "limited" else "token")
    assert sum(verdict == "missing" for verdict in verdicts(result).values()) == len(paths)


def test_a_token_that_may_read_nothing_is_not_called_wrong():
    result, _ = checked(everything=OLD_DENIED)
    assert result.outcome == "refused"
    assert result.sentence.startswith("This token can't read teammates, conversations, people, companies and tags. ")


@pytest.mark.parametrize("refused", [DENIED, OLD_DENIED, BAD])
@pytest.mark.parametrize("more", [[], [ADMINS]])
def test_a_token_without_read_admins_has_no_name_but_is_good(refused: bytes, more: list[str]):
    result, _ = checked(dict.fromkeys([ME, *more], refused))
    assert (result.outcome, result.sentence, result.may_save) == ("limited", UNNAMED, True)
    assert result.identity.app_name == ""


def test_a_refused_identity_beside_another_missing_permission_names_the_permission():
    result, _ = checked({ME: DENIED, TAGS: DENIED})
    assert result.sentence.startswith("This token can't read tags.")


@pytest.mark.parametrize("code", ["unauthorized", "token_revoked", "token_not_found", "token_expired", "token_blocked"])
def test_a_token_that_is_refused_everywhere_is_not_accepted(code: str):
    result, _ = checked(everything=refusal(401, code))
    assert (result.outcome, result.sentence, result.field) == ("refused", TOKEN_BAD, "token")
    assert not result.may_save


def test_a_refusal_is_believed_though_some_questions_had_no_answer():
    result, _ = checked({TAGS: html(503), COMPANIES: resetting()}, everything=BAD)
    assert result.sentence == TOKEN_BAD


@pytest.mark.parametrize("region", ["eu", "au"])
def test_a_regional_address_that_refuses_may_only_be_the_wrong_one(region: str):
    result, _ = checked(everything=BAD, region=region)
    assert result.outcome == "refused"
    assert result.sentence == "This token isn't accepted here. Check the region and the token."


@pytest.mark.parametrize(
    ("told", "here", "sentence", "url"),
    [
        (
            "Europe",
            "us",
            "This workspace is in Europe. Use https://api.eu.intercom.io.",
            "https://api.eu.intercom.io",
        ),
        ("US", "eu", "This workspace is in the United States. Use https://api.intercom.io.", "https://api.intercom.io"),
        ("AU", "us", "This workspace is in Australia. Use http://127.0.0.1:9.", "http://127.0.0.1:9"),
    ],
)
def test_a_workspace_of_another_region_is_sent_to_its_address(told: str, here: str, sentence: str, url: str):
    me = answer(load("me") | {"app": {"id_code": "w", "region": told}})
    result, _ = checked({ME: me}, region=here)
    assert (result.outcome, result.sentence, result.field) == ("region_differs", sentence, "base_url")
    assert result.right_base_url == url
    assert not result.may_save


@pytest.mark.parametrize(("told", "here"), [("Mars", "us"), (None, "eu"), ("Europe", "")])
def test_an_unknown_region_is_no_verdict(told: Any, here: str):
    me = answer(load("me") | {"app": {"id_code": "w", "name": "", "region": told}})
    result, _ = checked({ME: me}, region=here)
    assert (result.outcome, result.sentence) == ("ready", "Ready to connect.")


def test_a_plan_limit_is_said_and_does_not_stop():
    result, _ = checked({CONVERSATIONS: PLAN})
    assert (result.outcome, result.may_save) == ("limited", True)
    assert result.sentence == "Your Intercom plan doesn't include conversations."
    assert verdicts(result)["conversations"] == "plan"


def test_a_busy_intercom_says_when_to_come_again():
    reset = {"X-RateLimit-Reset": str(int(time.time()) + 8), "X-RateLimit-Remaining": "0"}
    result, _ = checked({TAGS: refusal(429, "rate_limit_exceeded", headers=reset)})
    assert result.outcome == "busy"
    assert result.retry_at is not None
    seconds = result.retry_at - result.at
    assert 6 <= seconds <= 8
    assert result.sentence == f"Intercom is busy. Check again in {seconds} s."
    assert result.retry_in == seconds
    assert result.rate == Rate(remaining=0, reset=result.retry_at)


def test_a_busy_intercom_that_does_not_say_when_is_asked_in_ten_seconds():
    result, _ = checked({TAGS: refusal(429, "rate_limit_exceeded")})
    assert result.sentence == "Intercom is busy. Check again in 10 s."


@pytest.mark.parametrize("path", [ME, CONVERSATIONS, CONTACTS])
@pytest.mark.parametrize("fault", [html(503), resetting(), refusal(500, "server_error")])
def test_what_is_needed_and_could_not_be_asked_is_asked_again(path: str, fault: bytes | Action):
    result, _ = checked({path: fault})
    assert (result.outcome, result.sentence, result.may_save) == ("unreachable", NET, False)


def test_an_answer_that_is_not_intercoms_is_said_to_be_so():
    result, _ = checked(everything=html(200))
    assert result.outcome == "unreachable"
    assert result.sentence == "Intercom answered with something that isn't its API. Check again in a moment."
    assert set(verdicts(result).values()) == {"unknown"}


def test_what_is_not_needed_and_could_not_be_asked_does_not_stop():
    result, _ = checked({TAGS: html(503), COMPANIES: answer({"odd": 1}), ADMINS: refusal(422, "parameter_invalid")})
    assert (result.outcome, result.may_save) == ("ready", True)
    assert verdicts(result) == {
        "admins": "unknown",
        "conversations": "allowed",
        "contacts": "allowed",
        "companies": "unknown",
        "tags": "unknown",
    }


def test_an_unreadable_identity_is_no_crash():
    result, _ = checked({ME: answer(raw=b'{"name": ' + b"1" * 5000 + b"}")})
    assert result.outcome == "unreachable"


def test_a_refused_version_needs_an_update():
    result, _ = checked(everything=refusal(400, "intercom_version_invalid"))
    assert (result.outcome, result.may_save) == ("version_refused", False)


def test_a_silent_question_ends_after_its_time_and_the_others_are_told(monkeypatch: pytest.MonkeyPatch):
    assert probes.TOGETHER == 9.0
    monkeypatch.setattr(probes, "TOGETHER", 0.3)
    started = time.monotonic()
    result, _ = checked({CONTACTS: silent(), TAGS: silent()})
    assert time.monotonic() - started < 8  # a busy machine may take its time, but not as long as the server is silent
    assert result.outcome == "unreachable"
    assert verdicts(result)["conversations"] == "allowed"


def test_the_lowest_rate_is_shown():
    def rated(left: str) -> bytes:
        return answer({"data": []}, headers={"X-RateLimit-Limit": "1667", "X-RateLimit-Remaining": left})

    result, _ = checked({TAGS: rated("1640"), COMPANIES: rated("1639"), CONTACTS: answer({"data": []})})
    assert result.rate == Rate(limit=1667, remaining=1639)


def test_nothing_of_the_result_shows_the_token():
    assert TOKEN not in repr(checked()[0])
    assert TOKEN not in repr(checked(everything=refusal(401, "unauthorized", TOKEN))[0])
