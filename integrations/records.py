"""The words between a provider and the store: frozen values, no Django. All times are Unix seconds (int), UTC."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """What an answer said of the rate limit: requests per window, requests left, end of the window (Unix seconds).

    A value that was absent or made no sense is None.
    """

    limit: int | None = None
    remaining: int | None = None
    reset: int | None = None


class Rated(Protocol):
    """What came of a request: when, by the provider's clock (Unix seconds), and the rate that it told."""

    @property
    def at(self) -> int | None: ...

    @property
    def rate(self) -> Rate | None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer(Generic[T]):
    """A value that the provider gave, when by its own clock (`at`, from the Date header), and the rate it told.

    `size`: bytes of the body that it came in, 0 where nobody asks.
    """

    value: T
    at: int | None = None
    rate: Rate | None = None
    size: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """One object of a page that could not be read: what is known of it."""

    external_id: str
    error: str
    raw: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[T]):
    """One page: its objects, those that could not be read, the next cursor ("": this is the last), the total said."""

    rows: Sequence[T]
    unreadable: Sequence[Unreadable] = ()
    next: str = ""
    total: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TagRecord:
    external_id: str
    name: str = ""
    applied_at: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TeammateRecord:
    external_id: str
    name: str = ""
    email: str = ""
    job_title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamRecord:
    external_id: str
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyRecord:
    external_id: str
    company_id: str = ""
    name: str = ""
    website: str = ""
    industry: str = ""
    plan: str = ""
    size: int | None = None
    user_count: int | None = None
    monthly_spend: float | None = None
    url: str = ""
    app_id: str = ""
    tags: Sequence[TagRecord] = ()
    created_at: int | None = None
    updated_at: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactRecord:
    """`companies` are external ids; `companies_complete` and `tags_complete` tell whether the nested list was whole.

    `unknown`: see `ConversationRecord`.
    """

    external_id: str
    role: str = ""
    name: str = ""
    email: str = ""
    phone: str = ""
    job_title: str = ""
    user_id: str = ""
    app_id: str = ""
    url: str = ""
    companies: Sequence[str] = ()
    companies_complete: bool = True
    tags: Sequence[TagRecord] = ()
    tags_complete: bool = True
    unknown: Sequence[str] = ()
    has_bounced: bool = False  # mail to them came back for good
    last_seen_at: int | None = None
    created_at: int | None = None
    updated_at: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """Who wrote a message: type `user`, `lead`, `admin`, `bot`, `team` or another word of the provider's, or ""."""

    type: str = ""
    external_id: str = ""
    name: str = ""
    email: str = ""
    from_ai: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    name: str = ""
    url: str = ""
    content_type: str = ""
    size: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageRecord:
    """`external_id` of the opening message is `source:ID`; `text` is the whole plain text of `html`."""

    external_id: str
    origin: str  # "source" or "part"
    kind: str = ""
    internal: bool = False
    author: Author = field(default_factory=Author)
    html: str = ""
    text: str = ""
    attachments: Sequence[Attachment] = ()
    tags: Sequence[TagRecord] = ()
    redacted: bool = False
    created_at: int | None = None
    updated_at: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyRef:
    """A company as another object names it."""

    external_id: str
    company_id: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationName:
    """A conversation as its address names it; `app_id` is empty where the address does not tell the workspace."""

    external_id: str
    app_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationRecord:
    """A conversation with its messages. `parts_total` is the provider's count of parts, the opening message left out.

    `contacts` and `assignee`/`team` are external ids; `company` is None when the provider names none. `unknown` names
    each value that this version reads no meaning into (`part_type:quick_poll`): names, never words of a person.
    """

    external_id: str
    title: str = ""
    preview: str = ""
    state: str = ""  # open, snoozed, closed
    open: bool = False
    priority: str = ""
    channel: str = ""
    delivered_as: str = ""
    waiting_since: int | None = None
    snoozed_until: int | None = None
    rating: int | None = None
    rating_remark: str = ""
    url: str = ""
    assignee: str = ""
    team: str = ""
    company: CompanyRef | None = None
    contacts: Sequence[str] = ()
    tags: Sequence[TagRecord] = ()
    messages: Sequence[MessageRecord] = ()
    parts_total: int | None = None
    linked_tickets: Sequence[str] = ()
    unreadable: Sequence[Unreadable] = ()  # messages that could not be read
    unknown: Sequence[str] = ()
    created_at: int | None = None
    updated_at: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationSeen:
    """What a search or list tells of a conversation: enough to know whether to read it.

    `tags` (external ids) is None and `company` empty where it does not tell them.
    """

    external_id: str
    updated_at: int | None
    created_at: int | None = None
    tags: Sequence[str] | None = None
    company: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deletion:
    external_id: str
    deleted_at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AppIdentity:
    """Whose token it is: the provider's workspace and the person who made the token. Empty strings when not told."""

    app_id: str = ""
    app_name: str = ""
    region: str = ""  # us, eu, au, or "" for no verdict
    time_zone: str = ""
    person_name: str = ""
    person_email: str = ""
