"""The six questions of a live check: what came of each."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass

from integrations.checks import Probe
from integrations.errors import ProviderError, ProviderUnavailable, UnreadableObject
from integrations.intercom import mapper, payloads, reading
from integrations.intercom.client import IntercomClient, Reply
from integrations.intercom.scalars import count, moment
from integrations.providers import Asker, AskerOf
from integrations.records import AppIdentity, Rate

TOGETHER = 9.0  # seconds
ANYTHING = {"field": "updated_at", "operator": ">", "value": 0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One request. `keys` are the names under which its answer may hold the list; none for /me."""

    name: str
    method: str
    path: str
    ask: Callable[[IntercomClient], Awaitable[Reply]]
    keys: tuple[str, ...] = ()
    kind: type[payloads.Ref | payloads.SeenConversation] = payloads.Ref
    is_whole: bool = False  # the answer is the whole list, so its length is the count


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What came of a question: the error, or the count (None when Intercom told none) or the identity.

    `changed_at` is when a conversation that the answer held changed: perhaps not the newest, as no order is promised.
    """

    probe: Probe
    error: ProviderError | None = None
    count: int | None = None
    changed_at: int | None = None
    identity: AppIdentity | None = None
    rate: Rate | None = None
    at: int | None = None


ME, CLOSED = "me", "closed"
WHOSE = Question(name=ME, method="GET", path="/me", ask=lambda client: client.me())
OTHERS = (
    Question(
        name="admins",
        method="GET",
        path="/admins",
        ask=lambda client: client.admins(),
        keys=("admins", "data"),
        is_whole=True,
    ),
    Question(
        name="conversations",
        method="POST",
        path="/conversations/search",
        ask=lambda client: client.search_conversations(ANYTHING, per_page=1),
        keys=("conversations", "data"),
        kind=payloads.SeenConversation,
    ),
    Question(
        name="contacts",
        method="POST",
        path="/contacts/search",
        ask=lambda client: client.search_contacts(ANYTHING, per_page=1),
        keys=("data", "contacts"),
    ),
    Question(
        name="companies",
        method="POST",
        path="/companies/list",
        ask=lambda client: client.companies(page=1, per_page=1),
        keys=("data", "companies"),
    ),
    Question(
        name="tags",
        method="GET",
        path="/tags",
        ask=lambda client: client.tags(),
        keys=("data", "tags"),
        is_whole=True,
    ),
)


def closed_after(moment: int) -> Question:
    """How many closed conversations changed after *moment* (Unix seconds)?"""
    within = [{"field": "state", "operator": "=", "value": "closed"}, {**ANYTHING, "value": moment}]
    return Question(
        name=CLOSED,
        method="POST",
        path="/conversations/search",
        ask=lambda client: client.search_conversations({"operator": "AND", "value": within}, per_page=1),
        keys=("conversations", "data"),
        kind=payloads.SeenConversation,
    )


async def findings(
    client: IntercomClient, asker_of: AskerOf, *, region: str, app_id: str, more: Sequence[Question] = ()
) -> dict[str, Finding]:
    """Ask whose token it is, then everything else at once, in the turns of that app. Raises no `ProviderError`.

    *app_id* and *region* are what is known before it is asked, "" for nothing; *more* is asked besides.
    """
    questions = (*OTHERS, *more)
    ends = asyncio.get_running_loop().time() + TOGETHER
    async with AsyncExitStack() as stack:
        asker = await stack.enter_async_context(asker_of(region, app_id))
        me = await _asked(client, WHOSE, asker, ends)
        told = me.identity or AppIdentity()
        is_news = bool(told.app_id) and told.app_id != app_id
        if is_news:
            asker = await stack.enter_async_context(asker_of(told.region or region, told.app_id))
        asked = asyncio.gather(*(_asked(client, question, asker, ends) for question in questions))
        found, _ = await asyncio.gather(asked, _count(me, asker, ends) if is_news else asyncio.sleep(0))
    return {ME: me, **{question.name: finding for question, finding in zip(questions, found, strict=True)}}


async def _count(me: Finding, asker: Asker, ends: float) -> None:
    """Take a turn for the question that went out before anybody knew whose limit it counts in."""

    async def answered() -> Finding:
        return me

    with suppress(ProviderError, TimeoutError):
        async with asyncio.timeout_at(ends):
            await asker.once(answered)


async def _asked(client: IntercomClient, question: Question, asker: Asker, ends: float) -> Finding:
    try:
        async with asyncio.timeout_at(ends):
            reply = await asker.once(lambda: question.ask(client))
        return _understood(question, reply)
    except TimeoutError:
        return _failed(question, ProviderUnavailable("Intercom did not answer in time.", code="timeout"))
    except ProviderError as problem:
        return _failed(question, problem)


def _understood(question: Question, reply: Reply) -> Finding:
    probe = Probe(method=question.method, path=question.path, status=200, request_id=reply.request_id)
    if not question.keys:
        identity = mapper.identity(reading.single(reply.body, payloads.Me))
        return Finding(probe=probe, identity=identity, rate=reply.rate, at=reply.at)
    page = reading.page(reply.body, question.kind, *question.keys)
    held = len(page.rows) + len(page.unreadable)
    total = held if question.is_whole else count(page.envelope.total_count)
    if total is None and not held:
        total = 0
    changed_at = max((moment(getattr(row, "updated_at", None)) or 0 for row in page.rows), default=0) or None
    return Finding(probe=probe, count=total, changed_at=changed_at, rate=reply.rate, at=reply.at)


def _failed(question: Question, problem: ProviderError) -> Finding:
    if isinstance(problem, UnreadableObject):
        problem = ProviderUnavailable(problem.detail, code="odd_answer")
    probe = Probe(
        method=question.method,
        path=question.path,
        status=problem.status,
        code=problem.code,
        request_id=problem.request_id,
    )
    return Finding(probe=probe, error=problem, rate=problem.rate, at=problem.at)
