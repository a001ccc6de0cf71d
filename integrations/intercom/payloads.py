"""What Intercom sends: just the fields that we use, in whatever shape they come.

A field of one value is `Any`; `scalars` reads it. A field of an object also accepts everything else that JSON can say,
so that one odd field never costs the object; the mapper takes it only when it is what it should be. Known shapes of one
thing: a bare list or a list in an object, under its own name or under `data`; ids as text or numbers.
"""

from typing import Any

from msgspec import Raw, Struct

Odd = list[Any] | str | int | float | bool | None  # where an object is expected
OddMap = dict[str, Any] | str | int | float | bool | None  # where a list is expected
Plain = str | int | float | bool | None  # where an object or a list is expected


class Ref(Struct, gc=False):
    """Any object that is only named: its type and id."""

    id: Any = None
    type: Any = None


class RefList(Struct):
    """A list of references inside an object. Addressable lists are cut at 10 and say `has_more`."""

    data: list[Ref | Odd] | OddMap = None
    contacts: list[Ref | Odd] | OddMap = None
    companies: list[Ref | Odd] | OddMap = None
    total_count: Any = None
    has_more: Any = None


Refs = RefList | list[Ref | Odd] | Plain


class Tag(Struct, gc=False):
    """In lists of a contact the name is missing; in the list of all tags `applied_at` is."""

    id: Any = None
    name: Any = None
    applied_at: Any = None


class TagList(Struct):
    tags: list[Tag | Odd] | OddMap = None
    data: list[Tag | Odd] | OddMap = None
    total_count: Any = None
    has_more: Any = None


Tags = TagList | list[Tag | Odd] | Plain


class Author(Struct, gc=False):
    type: Any = None
    id: Any = None
    name: Any = None
    email: Any = None
    from_ai_agent: Any = None
    is_ai_answer: Any = None


class Attachment(Struct, gc=False):
    name: Any = None
    url: Any = None
    content_type: Any = None
    filesize: Any = None


class Source(Struct):
    """The opening message. Null in conversations that a bot or a workflow began."""

    id: Any = None
    type: Any = None
    delivered_as: Any = None
    subject: Any = None
    body: Any = None
    redacted: Any = None
    author: Author | Odd = None
    attachments: list[Attachment | Odd] | OddMap = None


class Part(Struct):
    id: Any = None
    part_type: Any = None
    body: Any = None
    redacted: Any = None
    created_at: Any = None
    updated_at: Any = None
    author: Author | Odd = None
    attachments: list[Attachment | Odd] | OddMap = None
    tags: Tags = None


class Parts(Struct):
    """At most the newest 500; `total_count` does not count the opening message."""

    conversation_parts: list[Part | Odd] | OddMap = None
    total_count: Any = None


class RawParts(Struct):
    conversation_parts: list[Raw] | OddMap = None
    total_count: Any = None


class Rating(Struct, gc=False):
    rating: Any = None
    remark: Any = None


class Plan(Struct, gc=False):
    name: Any = None


class Company(Struct):
    """Keys are left out rather than null. `company_id` is the id that the customer of Intercom chose."""

    id: Any = None
    company_id: Any = None
    app_id: Any = None
    name: Any = None
    website: Any = None
    industry: Any = None
    size: Any = None
    user_count: Any = None
    monthly_spend: Any = None
    created_at: Any = None
    updated_at: Any = None
    plan: Plan | Odd = None
    tags: Tags = None


class Channel(Struct, gc=False):
    initial: Any = None
    current: Any = None


class ConversationHead(Struct):
    """A conversation without its parts."""

    id: Any = None
    title: Any = None
    state: Any = None
    open: Any = None
    priority: Any = None
    created_at: Any = None
    updated_at: Any = None
    waiting_since: Any = None
    snoozed_until: Any = None
    admin_assignee_id: Any = None
    team_assignee_id: Any = None
    source: Source | Odd = None
    contacts: Refs = None
    tags: Tags = None
    conversation_rating: Rating | Odd = None
    company: Company | Odd = None
    channel: Channel | Odd = None
    linked_objects: Refs = None
    ticket: Ref | Odd = None


class Conversation(ConversationHead):
    conversation_parts: Parts | list[Part | Odd] | Plain = None


class ConversationInPieces(ConversationHead):
    """The same with each part still unread, for when one of them cannot be read."""

    conversation_parts: RawParts | list[Raw] | Plain = None


class SeenConversation(Struct, gc=False):
    """What is used of a conversation in a search."""

    id: Any = None
    created_at: Any = None
    updated_at: Any = None
    tags: Tags = None
    company: Ref | Odd = None


class DeletedConversation(Struct, gc=False):
    id: Any = None
    deleted_at: Any = None


class Contact(Struct):
    id: Any = None
    workspace_id: Any = None
    external_id: Any = None
    role: Any = None
    name: Any = None
    email: Any = None
    phone: Any = None
    has_hard_bounced: Any = None
    custom_attributes: dict[str, Any] | list[Any] | Plain = None
    last_seen_at: Any = None
    created_at: Any = None
    updated_at: Any = None
    companies: Refs = None
    tags: Tags = None


class Admin(Struct, gc=False):
    id: Any = None
    name: Any = None
    email: Any = None
    job_title: Any = None
    updated_at: Any = None


class Team(Struct, gc=False):
    id: Any = None
    name: Any = None


class App(Struct, gc=False):
    id_code: Any = None
    name: Any = None
    timezone: Any = None
    region: Any = None


class Me(Struct):
    id: Any = None
    name: Any = None
    email: Any = None
    app: App | Odd = None


class Paging(Struct, gc=False):
    next: Any = None
    page: Any = None
    total_pages: Any = None


class Envelope(Struct):
    """Any page of a list. Which key holds the objects differs by endpoint and, for some, from what is documented."""

    data: list[Raw] | OddMap = None
    conversations: list[Raw] | OddMap = None
    companies: list[Raw] | OddMap = None
    contacts: list[Raw] | OddMap = None
    admins: list[Raw] | OddMap = None
    teams: list[Raw] | OddMap = None
    tags: list[Raw] | OddMap = None
    pages: Paging | Odd = None
    total_count: Any = None
    scroll_param: Any = None


class Fault(Struct, gc=False):
    code: Any = None
    message: Any = None


class Faults(Struct):
    """An `error.list`; `request_id` may be missing."""

    errors: list[Fault | Odd] | OddMap = None
    request_id: Any = None
