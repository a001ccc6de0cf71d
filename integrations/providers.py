"""What a provider must offer. The core asks for it by name and never imports one."""

from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from functools import cache
from typing import Literal, Protocol, TypeVar

from django.conf import settings
from django.utils.module_loading import import_string

from integrations.checks import CheckResult, RegionChoice
from integrations.records import (
    Answer,
    AppIdentity,
    CompanyRecord,
    ContactRecord,
    ConversationName,
    ConversationRecord,
    ConversationSeen,
    Deletion,
    Page,
    Rated,
    TagRecord,
    TeammateRecord,
    TeamRecord,
)
from sonora.core.secret import SecretStr

TimeField = Literal["updated_at", "created_at"]
A = TypeVar("A", bound=Rated)


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """What opens a provider's door: the token and the address it is sent to (one of the allowed ones).

    `app_id` and `region` are what an earlier `identity` told, "" while unknown; links to its pages need both.
    """

    token: SecretStr
    base_url: str
    app_id: str = ""
    region: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """Conversations whose *field* lies in lo … hi, both included; None leaves that side open."""

    field: TimeField
    lo: int | None
    hi: int | None
    only_open: bool = False  # open or snoozed


class Source(Protocol):
    """An open line to one provider workspace. Methods make one request each and raise `errors.ProviderError`s only."""

    async def identity(self) -> Answer[AppIdentity]: ...
    async def teammates(self) -> Answer[Page[TeammateRecord]]: ...
    async def teams(self) -> Answer[Page[TeamRecord]]: ...
    async def tags(self) -> Answer[Page[TagRecord]]: ...

    async def companies(self, cursor: str = "") -> Answer[Page[CompanyRecord]]:
        """One page of all companies, by the list; `next` is the cursor to go on with."""
        ...

    async def companies_scroll(self, cursor: str = "") -> Answer[Page[CompanyRecord]]:
        """One page of all companies, by the scroll (one at a time per app; ends with an empty page)."""
        ...

    async def contacts(self, cursor: str = "", *, size: int = 150) -> Answer[Page[ContactRecord]]:
        """One page of all contacts."""
        ...

    async def contacts_changed(self, since: int, *, time_zone: str, cursor: str = "") -> Answer[Page[ContactRecord]]:
        """One page of a superset of the contacts changed at or after *since* (days are whole in their time zone)."""
        ...

    async def contact(self, external_id: str) -> Answer[ContactRecord]: ...
    async def contact_companies(self, external_id: str, cursor: str = "") -> Answer[Page[CompanyRecord]]: ...
    async def contact_tags(self, external_id: str) -> Answer[Page[TagRecord]]: ...

    async def search_conversations(
        self, within: Range, *, cursor: str = "", size: int = 150
    ) -> Answer[Page[ConversationSeen]]:
        """One page of a superset of the conversations in *within*, in any order."""
        ...

    async def conversation(self, external_id: str) -> Answer[ConversationRecord]: ...

    async def deletions(self, page: int = 1) -> Answer[Page[Deletion]]:
        """One page of deleted conversations, newest first; raises VersionRefused where the feed is not offered."""
        ...


class Asker(Protocol):
    """Who asks an app of the provider's in its turn, so that the app's limit is kept."""

    async def once(self, ask: Callable[[], Awaitable[A]]) -> A:
        """What *ask* gives, asked once. Raises RateLimited with code OWN_LIMIT, asking nothing, when no turn comes."""
        ...


AskerOf = Callable[[str, str], AbstractAsyncContextManager[Asker]]  # of a region and an app id, "" while unknown


class Provider(Protocol):
    """One provider: what the product calls it and how to open it."""

    name: str  # "intercom"
    title: str  # "Intercom"

    def open(self, access: Access) -> AbstractAsyncContextManager[Source]:
        """A line to the provider's workspace; several requests may be under way at once."""
        ...

    def base_urls(self) -> Sequence[str]:
        """The addresses that may be connected to."""
        ...

    def regions(self) -> Sequence[RegionChoice]:
        """The addresses that may be connected to, each with its region; the usual one first."""
        ...

    def clean_token(self, typed: str) -> SecretStr:
        """The token in what was typed or pasted. Raises `checks.NotUsable`, which never holds the text."""
        ...

    def parse_base_url(self, typed: str) -> str:
        """The allowed address that *typed* means. Raises `checks.NotUsable` for everything else."""
        ...

    def region_of(self, base_url: str) -> str:
        """us, eu or au; "" when the address tells none."""
        ...

    def knows(self, name: str) -> bool:
        """Whether this version reads a meaning into the value *name*, of which a record said that it is unknown."""
        ...

    def conversation_named(self, typed: str) -> ConversationName:
        """The conversation that a pasted address or number means. Raises `checks.NotUsable`."""
        ...

    def check(self, access: Access, asker_of: AskerOf, *, closed_after: int | None = None) -> CheckResult:
        """Ask the provider what *access* opens: at most 10 seconds, stores nothing, raises no `ProviderError`.

        The questions go by way of *asker_of*, those after the first by that of the app that the first one told.
        With *closed_after* (Unix seconds) also how many closed conversations changed after it.
        """
        ...

    def check_elsewhere(self, access: Access, asker_of: AskerOf) -> CheckResult:
        """The same at the provider's other addresses (`CheckResult.elsewhere`): which of them takes the token."""
        ...


@cache
def all_providers() -> dict[str, Provider]:
    """Each provider that the settings name, by its name."""
    found: list[Provider] = [import_string(path)() for path in settings.INTEGRATION_PROVIDERS]
    return {provider.name: provider for provider in found}


def provider_named(name: str) -> Provider:
    """The provider called *name*; KeyError when the settings do not name it."""
    return all_providers()[name]
