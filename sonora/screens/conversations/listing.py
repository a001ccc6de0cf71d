"""One page of the list of conversations, ready to be shown."""

from dataclasses import dataclass

from django.db.models import QuerySet

from integrations.models import Connection
from sonora.conversations.models import Conversation, ConversationContact, ConversationTag
from sonora.conversations.search import Search, search
from sonora.core import keyset, paging
from sonora.filters.filterset import Asked, FilterSet
from sonora.filters.parts import BY_KEY
from sonora.filters.rows import standings
from sonora.filters.viewer import Viewer
from sonora.insights.models import ConversationSentiment
from sonora.people.models import Contact
from sonora.screens import connection, counts
from sonora.screens.conversations import feelings
from sonora.screens.filters.bar import Bar, bar
from sonora.screens.filters.place import Place

SHOWN_TAGS = 3
NEWEST = ("-updated_at", "-pk")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One conversation of the list."""

    conversation: Conversation
    contact: Contact | None
    tags: list[str]
    more_tags: int
    sentiment: ConversationSentiment | None
    voices: list[str]  # the sentiments of the customer's last messages, oldest first


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearest:
    """What to change when nothing was found: the filter to remove, and how much there is without it."""

    name: str
    count: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    shown: FilterSet
    rows: list[Row]
    total: str  # all conversations, in words; not counted for a text search
    matching: str  # those that pass the filter, in words; empty when counting would take long
    links: paging.Links
    bar: Bar
    nearest: Nearest | None
    connection: Connection | None
    synced_at: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Who looks, and the connection whose state is told."""

    viewer: Viewer
    connection: Connection | None


def page(asked: Asked, reader: Reader, place: Place, *, after: str | None, before: str | None) -> ListPage:
    """The page of what was *asked* for at *place*, behind the cursor *after* or in front of *before*."""
    shown, path = asked.shown, place.path
    plan = search(shown.text, notes=reader.viewer.notes, is_page=True)
    total = "" if shown.text else counts.text(counts.capped(Conversation.objects.all().present()))
    number, found = _counted(shown, reader.viewer, plan)
    rows = keyset.page(found.select_related("customer", "company", "assignee"), after=after, before=before)
    matching = total if shown.is_empty else _matching(number, rows)
    return ListPage(
        shown=shown,
        rows=_rows(rows.rows),
        total=total,
        matching=matching,
        links=paging.links(rows, path=path, query=shown.query, total=matching),
        bar=bar(asked, reader.viewer, place, tags_problem=connection.tags_problem(reader.connection)),
        nearest=None if rows.rows or shown.is_empty else _nearest(shown, reader.viewer, path=path),
        connection=reader.connection,
        synced_at=connection.synced_at(reader.connection),
    )


Found = QuerySet[Conversation]


def _counted(shown: FilterSet, viewer: Viewer, plan: Search) -> tuple[int | None, Found]:
    found = shown.conversations(viewer, plan=plan)
    if _is_wide(shown, plan):
        return None, found
    if standings.are_old(shown, viewer):
        return counts.capped(found, *NEWEST), found
    return counts.counted_once(found)


def _is_wide(shown: FilterSet, plan: Search) -> bool:
    """Whether counting is idle, since nothing narrows, or would take long."""
    return shown.is_empty or plan.is_broad


def _matching(number: int | None, shown: keyset.Page[Conversation]) -> str:
    if number is None and (shown.next or shown.previous):
        return ""
    return counts.text(len(shown) if number is None else number)  # uncounted, this page is all there is


def _rows(conversations: list[Conversation]) -> list[Row]:
    contacts: dict[int, Contact] = {}
    links = ConversationContact.objects.filter(conversation__in=conversations).select_related("contact__person")
    for link in links.order_by("-position"):
        contacts[link.conversation_id] = link.contact
    tags: dict[int, list[str]] = {}
    for tag in ConversationTag.objects.filter(conversation__in=conversations).in_use():
        tags.setdefault(tag.conversation_id, []).append(str(tag.tag))
    sentiments = feelings.sentiments(conversations)
    voices = feelings.voices(sentiments)
    return [
        Row(
            conversation=one,
            contact=contacts.get(one.pk),
            tags=tags.get(one.pk, [])[:SHOWN_TAGS],
            more_tags=max(0, len(tags.get(one.pk, [])) - SHOWN_TAGS),
            sentiment=sentiments.get(one.pk),
            voices=voices.get(one.pk, []),
        )
        for one in conversations
    ]


def _nearest(shown: FilterSet, viewer: Viewer, *, path: str) -> Nearest | None:
    """The one of the suspected filters whose removal shows most."""
    best, most = "", 0
    for part in shown.suspects:
        count = counts.capped(shown.without(part).conversations(viewer))
        if count > most:
            best, most = part, count
    if not best:
        return None
    url = f"{path}?{shown.without(best).query}"
    return Nearest(name=BY_KEY[best].label, count=counts.text(most), url=url)
