"""The messages that an answer or a block rests on: as its markers, and one of them beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from sonora.chat.answers.passages import Passage, passages
from sonora.conversations.models import Conversation, Message
from sonora.filters.filterset import FilterSet
from sonora.insights.text.orders import gives_orders
from sonora.screens.conversations import feelings, reader
from sonora.screens.conversations.reader import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Marker:
    """A citation: *url* is the message in its conversation, *beside_url* what is shown of it beside the answer.

    *key* names it on its page: its number, behind the name of the place where that is one of several.
    """

    passage: Passage
    key: str
    url: str
    beside_url: str
    gives_orders: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A cited message with its conversation; *gives_orders*: it speaks to a machine."""

    conversation: Conversation
    entry: Entry
    url: str
    gives_orders: bool


def markers(cited: Sequence[Passage], shown: FilterSet, *, place: str = "") -> list[Marker]:
    """A marker for each message *cited* for *shown*; *place* is empty, or letters and digits."""
    return [_marker(one, shown, f"{place}-{one.number}" if place else str(one.number)) for one in cited]


def _marker(cited: Passage, shown: FilterSet, key: str) -> Marker:
    beside = urlencode([("marker", key), *shown.pairs])
    return Marker(
        passage=cited,
        key=key,
        url=cited.url,
        beside_url=f"{reverse('source', args=[cited.message.pk])}?{beside}",
        gives_orders=gives_orders(cited.words),
    )


def source(message: int, shown: FilterSet, *, feels: bool) -> Source | None:
    """The message with this primary key, marked by why it is cited for *shown*; None when nobody can read it any more.

    *feels*: sentiment is analysed.
    """
    said = Message.objects.filter(pk=message, internal=False, redacted=False).select_related("contact", "teammate")
    cited = said.filter(conversation__in=Conversation.objects.all().present()).first()
    if cited is None:
        return None
    talk = Conversation.objects.all().for_reader().select_related(*feelings.OF_ONE).get(pk=cited.conversation_id)
    return Source(
        conversation=talk,
        entry=reader.entry(cited, feelings.of(talk, is_on=feels), _why(cited, talk, shown)),
        url=f"{reverse('conversation', args=[talk.pk])}#m{cited.pk}",
        gives_orders=gives_orders(cited.text),
    )


def _why(cited: Message, talk: Conversation, shown: FilterSet) -> str:
    """The words of *cited* that it is cited for; none where that is all of it."""
    words = {one.message.pk: one.words for one in passages([talk], shown)}.get(cited.pk, "")
    return words if words != cited.text else ""
