"""Asking a provider what a token opens while a person waits, within the limit of the app that the token belongs to."""

from django.conf import settings

from integrations.checks import CheckResult
from integrations.providers import Access, Provider
from integrations.sync.budget import Budget, Terms, budget_of_app

PATIENCE = 6.0  # seconds that a question waits for its turn: while Redis is away there is one turn a second
SHARE = 1.0  # of the limit: six requests, for which somebody waits, may be the last ones


def check(provider: Provider, access: Access, *, closed_after: int | None = None) -> CheckResult:
    """See `Provider.check`."""
    return provider.check(access, _budget, closed_after=closed_after)


def check_elsewhere(provider: Provider, access: Access) -> CheckResult:
    """See `Provider.check_elsewhere`."""
    return provider.check_elsewhere(access, _budget)


def _budget(region: str, app_id: str) -> Budget:
    terms = Terms(share=settings.INTERCOM_BUDGET_SHARE or SHARE)
    return budget_of_app(region, app_id, terms, patience=PATIENCE)
