"""Source against the sandbox: everything in the workspace is read once, and it says what is missing."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import pytest

from integrations import errors
from integrations.checks import CheckResult
from integrations.errors import ProviderError
from integrations.intercom.check import check
from integrations.intercom.client import IntercomClient
from integrations.intercom.links import Links
from integrations.intercom.regions import Origin
from integrations.intercom.sandbox.control import Sandbox
from integrations.intercom.source import IntercomSource
from integrations.providers import Range
from integrations.records import Answer, ConversationRecord, Page
from sonora.core.secret import SecretStr
from tests.intercom.asking import uncounted

ALL = Range(field="updated_at", lo=None, hi=None)
CLOCK = 1_763_000_000
VERSIONS = ["2.13", "2.14", "2.15", "2.16", "2.17"]


@pytest.fixture(scope="module")
def running() -> Iterator[Sandbox]:
    with Sandbox(conversations=200, contacts=200, clock_start=CLOCK, rate_limit=100_000) as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(running: Sandbox) -> Sandbox:
    running.clear()
    return running


def line(sandbox: Sandbox, version: str) -> IntercomClient:
    return IntercomClient(SecretStr(sandbox.token), Origin(base_url=sandbox.url, extra=True), version=version)


def read(sandbox: Sandbox, call: Callable[[IntercomSource], Awaitable[Any]], *, version: str = "2.16") -> Any:
    async def scenario() -> Any:
        async with line(sandbox, version) as client:
            return await call(IntercomSource(client, links=Links("us")))

    return asyncio.run(scenario())


async def walked(page: Callable[[str], Awaitable[Answer[Page[Any]]]]) -> list[Any]:
    rows: list[Any] = []
    cursor = ""
    while True:
        answer = await page(cursor)
        assert not answer.value.unreadable
        rows += answer.value.rows
        cursor = answer.value.next
        if not cursor:
            return rows


def truth(sandbox: Sandbox, kind: str) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in sandbox.objects() if row["type"] == kind}


def as_truth(record: ConversationRecord) -> dict[str, Any]:
    parts = [message for message in record.messages if message.origin == "part"]
    return {
        "type": "conversation",
        "id": record.external_id,
        "state": record.state,
        "created_at": record.created_at,
        "updated_at": record.updated_at,
        "contact_ids": list(record.contacts),
        "assignee_id": record.assignee or None,
        "company_id": record.company.external_id if record.company else None,
        "parts_held": len(parts),
        "parts_total": record.parts_total,
    }


async def conversations(source: IntercomSource) -> list[ConversationRecord]:
    seen = await walked(lambda cursor: source.search_conversations(ALL, cursor=cursor))
    answers = await asyncio.gather(*(source.conversation(each.external_id) for each in seen))
    return [answer.value for answer in answers]


@pytest.mark.parametrize("version", VERSIONS)
def test_every_conversation_is_read_as_it_is(sandbox: Sandbox, version: str):
    found = {record.external_id: as_truth(record) for record in read(sandbox, conversations, version=version)}
    expected = truth(sandbox, "conversation")
    if version in {"2.13", "2.14"}:  # these do not name a conversation's company
        expected = {key: row | {"company_id": None} for key, row in expected.items()}
    assert found == expected


def test_every_message_is_read_as_it_is(sandbox: Sandbox):
    found = {
        (record.external_id, message.external_id): (
            message.origin,
            message.kind,
            message.author.type or None,
            message.author.external_id or None,
            message.created_at,
            message.redacted,
            message.html or None,
        )
        for record in read(sandbox, conversations)
        for message in record.messages
    }
    expected = {
        (row["conversation_id"], row["id"]): (
            row["origin"],
            row["kind"],
            row["author_type"] or None,
            row["author_id"] or None,
            row["created_at"],
            row["redacted"],
            None if row["redacted"] else row["body"] or None,
        )
        for row in sandbox.objects()
        if row["type"] == "message"
    }
    assert found == expected


@pytest.mark.parametrize("version", VERSIONS)
def test_every_contact_company_teammate_and_tag_is_read(sandbox: Sandbox, version: str):
    async def everything(source: IntercomSource) -> list[list[Any]]:
        return [
            await walked(source.contacts),
            await walked(source.companies),
            await walked(source.companies_scroll),
            await walked(lambda _: source.teammates()),
            await walked(lambda _: source.tags()),
        ]

    contacts, companies, scrolled, teammates, tags = read(sandbox, everything, version=version)
    rows = truth(sandbox, "contact")
    assert {
        each.external_id: (each.role, each.name, each.email, each.user_id, each.updated_at) for each in contacts
    } == {
        key: (row["role"], row["name"] or "", row["email"] or "", row["external_id"] or "", row["updated_at"])
        for key, row in rows.items()
    }
    assert len(contacts) == len(rows)
    for walk in (companies, scrolled):
        assert {each.external_id: (each.company_id, each.name, each.updated_at) for each in walk} == {
            key: (row["company_id"], row["name"], row["updated_at"]) for key, row in truth(sandbox, "company").items()
        }
    assert {each.external_id for each in teammates} == set(truth(sandbox, "admin"))
    assert {each.external_id: each.name for each in tags} == {
        key: row["name"] for key, row in truth(sandbox, "tag").items()
    }


@pytest.mark.parametrize("comparison", ["strict", "inclusive"])
def test_a_range_holds_both_its_ends_however_intercom_compares(sandbox: Sandbox, comparison: str):
    sandbox.settings(comparison=comparison)
    times = sorted(row["updated_at"] for row in truth(sandbox, "conversation").values())
    lo, hi = times[20], times[60]
    found = read(sandbox, lambda it: it.search_conversations(Range(field="updated_at", lo=lo, hi=hi)))
    held = [row.updated_at for row in found.value.rows if lo <= row.updated_at <= hi]
    assert sorted(held) == [at for at in times if lo <= at <= hi]


def test_the_open_ones_are_those_open_or_snoozed(sandbox: Sandbox):
    within = Range(field="created_at", lo=0, hi=CLOCK * 2, only_open=True)
    found = read(sandbox, lambda it: it.search_conversations(within))
    expected = {key for key, row in truth(sandbox, "conversation").items() if row["state"] in ("open", "snoozed")}
    assert {row.external_id for row in found.value.rows} == expected


@pytest.mark.parametrize("version", ["2.13", "2.16", "2.17", "Preview"])
@pytest.mark.parametrize("zone", ["Etc/GMT+12", "America/Los_Angeles", "Australia/Lord_Howe", "Pacific/Kiritimati"])
def test_no_changed_contact_is_missed_by_days_or_by_seconds(sandbox: Sandbox, version: str, zone: str):
    sandbox.settings(timezone=zone)
    rows = truth(sandbox, "contact").values()
    for since in sorted(row["updated_at"] for row in rows)[::40]:
        found = read(
            sandbox,
            lambda it, since=since: walked(lambda cursor: it.contacts_changed(since, time_zone=zone, cursor=cursor)),
            version=version,
        )
        assert {row["id"] for row in rows if row["updated_at"] >= since} <= {each.external_id for each in found}


def test_deletions_are_read_from_2_16_on(sandbox: Sandbox):
    assert read(sandbox, lambda it: it.deletions()).value.rows
    with pytest.raises(errors.VersionRefused):
        read(sandbox, lambda it: it.deletions(), version="2.15")


def test_a_second_scroll_is_told_apart(sandbox: Sandbox):
    async def twice(source: IntercomSource) -> None:
        await source.companies_scroll()
        await source.companies_scroll()

    sandbox.settings(scroll_expiry_seconds=60.0)
    with pytest.raises(errors.RequestRefused) as caught:
        read(sandbox, twice)
    assert caught.value.code == "scroll_exists"


@pytest.mark.parametrize("code", ["unauthorized", "token_revoked"])
def test_a_revoked_token_is_rejected(sandbox: Sandbox, code: str):
    sandbox.settings(revoked=code)
    with pytest.raises(errors.CredentialRejected) as caught:
        read(sandbox, lambda it: it.tags())
    assert caught.value.code == code


def checked(sandbox: Sandbox) -> CheckResult:
    async def scenario() -> CheckResult:
        async with line(sandbox, "2.16") as client:
            return await check(client, Origin(base_url=sandbox.url, region="us", extra=True), uncounted)

    return asyncio.run(scenario())


def test_a_check_of_the_sandbox_is_ready(sandbox: Sandbox):
    result = checked(sandbox)
    assert result.outcome == "ready"
    assert {row.verdict for row in result.rows} == {"allowed"}


def test_a_check_names_what_the_sandbox_does_not_allow(sandbox: Sandbox):
    sandbox.settings(missing_scopes=["read_tags"])
    result = checked(sandbox)
    assert {row.permission: row.verdict for row in result.rows if row.verdict != "allowed"} == {"tags": "missing"}
    sandbox.settings(missing_scopes=[], region="Europe")
    assert checked(sandbox).right_base_url == "https://api.eu.intercom.io"
    sandbox.settings(revoked="unauthorized")
    assert checked(sandbox).sentence == errors.CredentialRejected.user_message


@pytest.mark.parametrize(
    "kind", ["truncated", "empty", "html", "deep", "gzip_bomb", "huge", "redirect", "truncated_gzip"]
)
def test_trouble_of_the_sandbox_is_a_provider_error_and_passes(sandbox: Sandbox, kind: str):
    async def scenario(source: IntercomSource) -> ProviderError:
        with pytest.raises(ProviderError) as caught:
            await source.tags()
        await source.tags()
        return caught.value

    sandbox.fail("/tags", kind=kind)
    assert isinstance(read(sandbox, scenario), errors.ProviderUnavailable)
