"""A token that one region refused, shown to the others: when a person asks for it, and only at Intercom's addresses."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from integrations.checks import CheckResult
from integrations.intercom.regions import REGIONS, Origin

NOWHERE = "No region of Intercom accepts this token. Generate a new token and paste it."


async def check(origins: Sequence[Origin], ask: Callable[[Origin], Awaitable[CheckResult]]) -> CheckResult:
    """Ask at all *origins* at once, and give the result of the one that the token belongs to, with its address.

    Where none takes the token, the result says so, or that one of them could not be asked.
    """
    results = list(zip(origins, await asyncio.gather(*(ask(origin) for origin in origins)), strict=True))
    for origin, result in results:
        if result.may_save:
            return _found(result, origin)
    for _, result in results:
        if result.outcome != "refused":
            return result
    return replace(results[0][1], sentence=NOWHERE, field="token", elsewhere=())


def _found(result: CheckResult, origin: Origin) -> CheckResult:
    place = "the United States" if origin.region == "us" else REGIONS[origin.region].title
    return replace(
        result,
        outcome="region_differs",
        sentence=f"This token is accepted in {place}. Use {origin.base_url}.",
        field="base_url",
        region=origin.region,
        right_base_url=origin.base_url,
    )
