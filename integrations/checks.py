"""What a live check of a token found: frozen values between a provider and the pages. Pure; no Django."""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from integrations.records import AppIdentity, Rate

RowVerdict = Literal["allowed", "empty", "missing", "plan", "unknown", "skipped"]
Outcome = Literal["ready", "limited", "region_differs", "refused", "busy", "unreachable", "version_refused"]


class NotUsable(ValueError):
    """What was typed cannot be a token or an address. `user_message` is the one sentence beside the field.

    It never holds what was typed.
    """

    def __init__(self, user_message: str) -> None:
        super().__init__(user_message)
        self.user_message = user_message


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """The request behind a row, for its Details. `status` is None when there was no answer."""

    method: str
    path: str
    status: int | None = None
    code: str = ""
    request_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRow:
    """One permission. `permission` is one of conversations, contacts, companies, admins, tags.

    `title` is the provider's word for it ("Read tags"), `detail` what was seen ("6 teammates visible") or what to do,
    `turn_on` the switch at the provider that lets a token read it, `changed_at` when an object that was seen changed
    (Unix seconds).
    """

    permission: str
    title: str
    verdict: RowVerdict
    turn_on: str = ""
    detail: str = ""
    count: int | None = None
    changed_at: int | None = None
    probes: Sequence[Probe] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckResult:
    """What a check found.

    `sentence` says the verdict in words for the user; `field` ("token", "base_url" or "") is where it belongs.
    `region` is the region that the provider told ("us", "eu", "au", or "" for no verdict), `right_base_url` the address
    to switch to when the region differs, else "". `retry_at` (Unix seconds) is set when the provider is busy.
    `at` is the Unix second of the check. `elsewhere` names the other addresses of the provider, where a token that was
    refused may be accepted: asking there is for the user to decide. `closed` are the closed conversations of the time
    that was asked for, None when nobody asked or the provider did not tell. Nothing here holds the token.
    """

    outcome: Outcome
    sentence: str
    field: str = ""
    identity: AppIdentity = dataclasses.field(default_factory=AppIdentity)
    region: str = ""
    right_base_url: str = ""
    rows: Sequence[CheckRow] = ()
    rate: Rate | None = None
    retry_at: int | None = None
    at: int = 0
    elsewhere: Sequence[str] = ()
    closed: int | None = None

    @property
    def may_save(self) -> bool:
        """Whether a connection may be made with it as it stands."""
        return self.outcome in ("ready", "limited")

    @property
    def retry_in(self) -> int:
        """Seconds from the check until it may be made again, 0 when nothing has to be waited for."""
        return max(1, self.retry_at - self.at) if self.retry_at is not None else 0

    @property
    def allowed(self) -> list[CheckRow]:
        """The rows of what can be read."""
        return [row for row in self.rows if row.verdict in ("allowed", "empty")]


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionChoice:
    """A region that can be chosen, and the address it fills in. `key` is "" for an address without a known region."""

    key: str
    title: str
    base_url: str
