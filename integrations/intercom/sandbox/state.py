"""Everything one running sandbox holds: the workspace, its mood and its memory."""

import time
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any

from integrations.intercom.sandbox import versions
from integrations.intercom.sandbox.log import RequestLog
from integrations.intercom.sandbox.options import Options
from integrations.intercom.sandbox.ratelimit import Allowance
from integrations.intercom.sandbox.scroll import Scroll
from integrations.intercom.sandbox.trouble import Trouble
from integrations.intercom.sandbox.versions import Version
from integrations.intercom.sandbox.world.build import TIMEZONES, build
from integrations.intercom.sandbox.world.model import World


@dataclass(slots=True)
class Behaviour:
    """What can be switched while it runs. Seconds, unless the name says otherwise.

    *comparison* says whether `>` and `<` on conversations' dates include the bound ("strict" or "inclusive");
    *page_url_origin* replaces the sandbox's own address in `pages.next`; *scope_error* is "forbidden" or
    "token_unauthorized"; *revoked* is an error code for 401 on everything, or "".
    """

    latency_ms: float = 0.0
    lag_seconds: float = 0.0
    region: str = "US"
    rate_limit: int = 1667
    version_max: str = "2.17"
    missing_scopes: list[str] = field(default_factory=list)
    scope_error: str = "forbidden"
    revoked: str = ""
    plan_restricted: bool = False
    comparison: str = "strict"
    teammates_key: str = "admins"
    per_page_over_max: str = "clamp"
    page_url_origin: str = ""
    companies_listed_most: int = 10_000
    scroll_expiry_seconds: float = 60.0
    timezone: str = ""
    app_id: str = ""


@dataclass(slots=True)
class State:
    """One sandbox."""

    options: Options
    world: World
    behaviour: Behaviour
    allowance: Allowance
    scroll: Scroll = field(default_factory=Scroll)
    trouble: Trouble = field(default_factory=Trouble)
    log: RequestLog = field(default_factory=RequestLog)
    newest: Version = (2, 17)
    bytes_kept: "OrderedDict[Any, bytes]" = field(default_factory=OrderedDict)
    bytes_revision: int = -1
    results_kept: "OrderedDict[Any, Any]" = field(default_factory=OrderedDict)

    def now(self) -> float:
        """The server's time, Unix seconds."""
        return time.time()

    def settle(self) -> None:
        """Carry what was switched in *behaviour* to the parts that act on it."""
        behaviour = self.behaviour
        self.allowance.limit = behaviour.rate_limit
        self.scroll.expiry = behaviour.scroll_expiry_seconds
        self.newest = versions.parse(behaviour.version_max)
        self.world.app["region"] = behaviour.region
        self.world.app["timezone"] = behaviour.timezone or TIMEZONES[self.options.region]
        self.world.app["id_code"] = behaviour.app_id or self.options.app_id
        self.world.revision += 1


def start(options: Options) -> State:
    """A sandbox with a fresh workspace, as *options* (settled) ask for it."""
    behaviour = Behaviour(
        latency_ms=options.latency_ms,
        region=options.region,
        rate_limit=options.rate_limit,
        version_max=options.version_max,
    )
    state = State(options, build(options), behaviour, Allowance(options.rate_limit))
    state.settle()
    return state
