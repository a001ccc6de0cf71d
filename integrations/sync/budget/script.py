"""One exchange with the rules in Redis: what goes there and what comes back, as `rules.lua` wants it."""

import random
from collections.abc import Iterable
from functools import cache
from hashlib import sha1
from pathlib import Path
from typing import Any

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import NoScriptError

from integrations.sync.budget.rules import Given, Terms, Told

PATIENCE = 0.5  # seconds for a connection, and for an answer
BY_THE_CLOCK_OF_REDIS = "local time = redis.call('TIME')\nlocal now = tonumber(time[1]) + tonumber(time[2]) / 1e6\n"


class Script:
    """A connection to the Redis at *url*, for one event loop and one bucket. A name and numbers travel on it."""

    def __init__(self, url: str, bucket: str) -> None:
        self._key = f"rl:{bucket}"
        # Never tried twice: an exchange that was lost on its way may have given turns.
        self._redis = Redis.from_url(
            url, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE, retry=Retry(NoBackoff(), 0)
        )
        self._luck = random.Random()  # noqa: S311  it spreads herds

    async def exchange(self, *, told: Iterable[Told], want: int, terms: Terms) -> Given:
        """See `Window.exchange`. Raises RedisError or OSError; whether turns were given is then not known."""
        arguments: list[Any] = [want, terms.share, int(terms.paced), self._luck.random()]
        arguments += [value for one in told for value in written(one)]
        turns, window, wait, refused = await self._run(arguments)
        return Given(turns, window=window, wait=wait / 1e6, refused=bool(refused))

    async def close(self) -> None:
        await self._redis.aclose()

    async def _run(self, arguments: list[Any]) -> Any:
        text, digest = _script()
        try:
            return await self._redis.evalsha(digest, 1, self._key, *arguments)
        except NoScriptError:  # Redis is new, or was told to forget
            return await self._redis.eval(text, 1, self._key, *arguments)


@cache
def _script() -> tuple[str, str]:
    text = BY_THE_CLOCK_OF_REDIS + rules()
    return text, sha1(text.encode(), usedforsecurity=False).hexdigest()


def rules() -> str:
    """The text of `rules.lua`, which expects `now`."""
    return Path(__file__).with_name("rules.lua").read_text(encoding="utf-8")


def written(told: Told) -> Iterable[str | int | float]:
    """What became of a turn, as eight arguments."""
    numbers = (told.limit, told.remaining, told.reset, told.ends_in)
    yield told.window
    yield from ("" if one is None else one for one in numbers)
    yield int(told.refused)
    yield "" if told.retry_in is None else told.retry_in
    yield int(told.unused)
