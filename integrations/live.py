"""Asking a provider while a person waits, within the limit of the app that the token belongs to."""

import asyncio

from django.conf import settings

from integrations.checks import CheckResult
from integrations.errors import TIMEOUT, ProviderUnavailable
from integrations.providers import Access, Provider
from integrations.records import ConversationRecord
from integrations.sync.budget import Budget, Terms, budget_of_app

PATIENCE = 6.0  # seconds that a question waits for its turn: while Redis is away there is one turn a second
SHARE = 1.0  # of the limit: six requests, for which somebody waits, may be the last ones
SECONDS = 10  # in all, for one conversation


def check(provider: Provider, access: Access, *, closed_after: int | None = None) -> CheckResult:
    """See `Provider.check`."""
    return provider.check(access, _budget, closed_after=closed_after)


def check_elsewhere(provider: Provider, access: Access) -> CheckResult:
    """See `Provider.check_elsewhere`."""
    return provider.check_elsewhere(access, _budget)


def conversation(provider: Provider, access: Access, external_id: str) -> ConversationRecord:
    """One conversation as the provider shows it now, by one request.

    Raises a ProviderError: RateLimited when no turn for it comes, ProviderUnavailable when it takes over 10 seconds.
    """
    return asyncio.run(_conversation(provider, access, external_id))


async def _conversation(provider: Provider, access: Access, external_id: str) -> ConversationRecord:
    asker = _budget(access.region, access.app_id)
    try:
        async with asyncio.timeout(SECONDS), provider.open(access) as source, asker:
            return (await asker.once(lambda: source.conversation(external_id))).value
    except TimeoutError:
        raise ProviderUnavailable(f"{provider.title} did not answer in time.", code=TIMEOUT) from None


def _budget(region: str, app_id: str) -> Budget:
    terms = Terms(share=settings.INTERCOM_BUDGET_SHARE or SHARE)
    return budget_of_app(region, app_id, terms, patience=PATIENCE)
