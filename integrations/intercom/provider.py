"""Intercom as a provider: how to open it, which addresses it has, what may be typed to connect it."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from django.conf import settings

from integrations.checks import CheckResult, RegionChoice
from integrations.errors import RequestRefused
from integrations.intercom import check, conversation_links, elsewhere, regions, vocabulary
from integrations.intercom.client import IntercomClient
from integrations.intercom.links import Links
from integrations.intercom.regions import REGIONS, BaseUrlRefused, Origin
from integrations.intercom.source import IntercomSource
from integrations.intercom.tokens import clean_token
from integrations.providers import Access, AskerOf
from integrations.records import ConversationName
from sonora.core.secret import SecretStr


class IntercomProvider:
    """Implements `integrations.providers.Provider`. Reads the settings at each call, so that tests may change them."""

    name = "intercom"
    title = "Intercom"

    @asynccontextmanager
    async def open(self, access: Access) -> AsyncIterator[IntercomSource]:
        """Raises RequestRefused when the address is not allowed (any more), CredentialRejected for a broken token."""
        origin = _origin(access.base_url)
        async with _client(access, origin) as client:
            yield IntercomSource(client, links=Links(origin.region or access.region, access.app_id))

    def base_urls(self) -> Sequence[str]:
        return [origin.base_url for origin in regions.allowed_origins(_extra())]

    def regions(self) -> Sequence[RegionChoice]:
        return [_choice(origin) for origin in regions.allowed_origins(_extra())]

    def clean_token(self, typed: str) -> SecretStr:
        return clean_token(typed)

    def parse_base_url(self, typed: str) -> str:
        return regions.parse_base_url(typed, _extra()).base_url

    def region_of(self, base_url: str) -> str:
        """us, eu or au; "" for an address that is not allowed or tells none."""
        found = [origin.region for origin in regions.allowed_origins(_extra()) if origin.base_url == base_url]
        return found[0] if found else ""

    def knows(self, name: str) -> bool:
        return vocabulary.knows(name)

    def conversation_named(self, typed: str) -> ConversationName:
        return conversation_links.parse(typed)

    def check(self, access: Access, asker_of: AskerOf, *, closed_after: int | None = None) -> CheckResult:
        """Ask Intercom what *access* opens. Raises BaseUrlRefused when the address is not allowed."""
        origin = regions.parse_base_url(access.base_url, _extra())
        return asyncio.run(_checked(access, origin, asker_of, closed_after=closed_after))

    def check_elsewhere(self, access: Access, asker_of: AskerOf) -> CheckResult:
        """Ask the other regions' addresses the same. Raises BaseUrlRefused when the address is not allowed."""
        origin = regions.parse_base_url(access.base_url, _extra())
        others = regions.others(origin, _extra())
        return asyncio.run(elsewhere.check(others, lambda other: _checked(access, other, asker_of)))


async def _checked(
    access: Access, origin: Origin, asker_of: AskerOf, *, closed_after: int | None = None
) -> CheckResult:
    async with _client(access, origin) as client:
        return await check.check(
            client, origin, asker_of, app_id=access.app_id, extra=_extra(), closed_after=closed_after
        )


def _client(access: Access, origin: Origin) -> IntercomClient:
    return IntercomClient(access.token, origin, version=settings.INTERCOM_API_VERSION)


def _origin(base_url: str) -> Origin:
    try:
        return regions.parse_base_url(base_url, _extra())
    except BaseUrlRefused as problem:
        raise RequestRefused(problem.user_message, code="base_url") from None


def _choice(origin: Origin) -> RegionChoice:
    title = REGIONS[origin.region].title if origin.region else "Other"
    shown = f"{title} ({origin.base_url.partition('://')[2]})" if origin.extra else title
    return RegionChoice(key=origin.region, title=shown, base_url=origin.base_url)


def _extra() -> Sequence[str]:
    return list(settings.INTERCOM_EXTRA_BASE_URLS)
