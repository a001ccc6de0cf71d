"""An open line to one Intercom workspace: client and mapper put together, one request for each call."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import msgspec

from integrations.errors import Merged, ProviderError, UnreadableObject
from integrations.intercom import mapper, paging, payloads, queries, reading
from integrations.intercom.client import IntercomClient, Reply
from integrations.intercom.links import Links
from integrations.intercom.pages import mapped
from integrations.providers import Range
from integrations.records import (
    Answer,
    AppIdentity,
    CompanyRecord,
    ContactRecord,
    ConversationRecord,
    ConversationSeen,
    Deletion,
    Page,
    TagRecord,
    TeammateRecord,
    TeamRecord,
)

P = TypeVar("P", bound=msgspec.Struct)
R = TypeVar("R")

Following = Callable[[payloads.Envelope], str]
LARGEST_PAGE = 150


class IntercomSource:
    """Implements `integrations.providers.Source`."""

    def __init__(self, client: IntercomClient, *, links: Links) -> None:
        """*links*: with region and app id as far as they are known; `identity` fills in what is not."""
        self._client = client
        self._links = links

    # ---- Who ----
    async def identity(self) -> Answer[AppIdentity]:
        reply = await self._client.me()
        with _told_by(reply):
            found = mapper.identity(reading.single(reply.body, payloads.Me))
        self._links = Links(self._links.region or found.region, self._links.app_id or found.app_id)
        return Answer(value=found, at=reply.at, rate=reply.rate)

    async def teammates(self) -> Answer[Page[TeammateRecord]]:
        reply = await self._client.admins()
        return _page(reply, payloads.Admin, mapper.teammate, "admins", "data")

    async def teams(self) -> Answer[Page[TeamRecord]]:
        return _page(await self._client.teams(), payloads.Team, mapper.team, "teams", "data")

    async def tags(self) -> Answer[Page[TagRecord]]:
        return _page(await self._client.tags(), payloads.Tag, mapper.tag, "data", "tags")

    # ---- Companies ----
    async def companies(self, cursor: str = "") -> Answer[Page[CompanyRecord]]:
        """Ends after 10,000 with RequestRefused, code `page_limit_reached`: then only the scroll has them all."""
        page = paging.page_number(cursor)
        reply = await self._client.companies(page=page)
        return self._companies(reply, lambda envelope: paging.next_number(envelope, page=page))

    async def companies_scroll(self, cursor: str = "") -> Answer[Page[CompanyRecord]]:
        """Ends with an empty page. RequestRefused with code `scroll_exists`: another one is open, for a minute at most;
        NotFound with code `scroll_not_found`: this one is over before its end, so the walk starts again.
        """
        reply = await self._client.companies_scroll(scroll_param=cursor)
        return self._companies(reply, lambda envelope: paging.next_scroll(envelope, before=cursor))

    # ---- Contacts ----
    async def contacts(self, cursor: str = "", *, size: int = LARGEST_PAGE) -> Answer[Page[ContactRecord]]:
        return self._contacts(await self._client.contacts(per_page=size, starting_after=cursor))

    async def contacts_changed(self, since: int, *, time_zone: str, cursor: str = "") -> Answer[Page[ContactRecord]]:
        query = queries.contacts_since(since, time_zone=time_zone)
        reply = await self._client.search_contacts(query, per_page=LARGEST_PAGE, starting_after=cursor)
        return self._contacts(reply)

    async def contact(self, external_id: str) -> Answer[ContactRecord]:
        """Raises Merged, with the survivor's id, also where Intercom answers with the survivor itself."""
        reply = await self._client.contact(external_id)
        with _told_by(reply, external_id):
            payload = reading.single(reply.body, payloads.Contact, external_id=external_id)
            found = mapper.contact(payload, links=self._links)
            if found.external_id != external_id:
                raise Merged("Intercom answered with another contact.", survivor=found.external_id)
        return Answer(value=found, at=reply.at, rate=reply.rate)

    async def contact_companies(self, external_id: str, cursor: str = "") -> Answer[Page[CompanyRecord]]:
        page = paging.page_number(cursor)
        reply = await self._client.contact_companies(external_id, page=page)
        return self._companies(reply, lambda envelope: paging.next_number(envelope, page=page))

    async def contact_tags(self, external_id: str) -> Answer[Page[TagRecord]]:
        return _page(await self._client.contact_tags(external_id), payloads.Tag, mapper.tag, "data", "tags")

    # ---- Conversations ----
    async def search_conversations(
        self, within: Range, *, cursor: str = "", size: int = LARGEST_PAGE
    ) -> Answer[Page[ConversationSeen]]:
        query = queries.conversations_in(within)
        reply = await self._client.search_conversations(query, per_page=size, starting_after=cursor)
        kind = payloads.SeenConversation
        return _page(reply, kind, mapper.seen, "conversations", "data", following=paging.next_cursor)

    async def conversation(self, external_id: str) -> Answer[ConversationRecord]:
        reply = await self._client.conversation(external_id)
        with _told_by(reply, external_id):
            payload, broken = reading.conversation(reply.body, external_id=external_id)
            found = mapper.conversation(payload, links=self._links, broken=broken)
            if found.external_id != external_id:
                raise UnreadableObject("Intercom answered with another conversation.")
        return Answer(value=found, at=reply.at, rate=reply.rate, size=len(reply.body))

    async def deletions(self, page: int = 1) -> Answer[Page[Deletion]]:
        reply = await self._client.deleted_conversations(page=page)
        return _page(
            reply,
            payloads.DeletedConversation,
            mapper.deletion,
            "conversations",
            "data",
            following=lambda envelope: paging.next_number(envelope, page=page),
        )

    # ---- ----
    def _companies(self, reply: Reply, following: Following) -> Answer[Page[CompanyRecord]]:
        def to_record(payload: payloads.Company) -> CompanyRecord:
            return mapper.company(payload, links=self._links)

        return _page(reply, payloads.Company, to_record, "data", "companies", following=following)

    def _contacts(self, reply: Reply) -> Answer[Page[ContactRecord]]:
        def to_record(payload: payloads.Contact) -> ContactRecord:
            return mapper.contact(payload, links=self._links)

        return _page(reply, payloads.Contact, to_record, "data", "contacts", following=paging.next_cursor)


def _page(
    reply: Reply, kind: type[P], to_record: Callable[[P], R], *keys: str, following: Following | None = None
) -> Answer[Page[R]]:
    """The page in *reply*, its objects under one of *keys*. Without *following* it is the whole list."""
    with _told_by(reply):
        items = reading.page(reply.body, kind, *keys)
        cursor = following(items.envelope) if following else ""
        return Answer(value=mapped(items, to_record, following=cursor), at=reply.at, rate=reply.rate)


@contextmanager
def _told_by(reply: Reply, external_id: str = "") -> Iterator[None]:
    """What goes wrong with the body of a good answer still tells the rate, the time and which object it was."""
    try:
        yield
    except ProviderError as problem:
        problem.status, problem.rate, problem.at = 200, reply.rate, reply.at
        problem.request_id = problem.request_id or reply.request_id
        if isinstance(problem, UnreadableObject):
            problem.external_id = problem.external_id or external_id
            problem.raw = reply.body[: reading.LARGEST_RAW]  # as it came, not as it was understood
        raise
