"""One conversation in the order in which it was said, each message in the voice of who said it."""

from collections.abc import Mapping
from dataclasses import dataclass

from integrations import parts
from integrations.parts import Parts
from sonora.conversations.models import CUSTOMER_TYPES, Conversation, Message
from sonora.core.highlight import marked
from sonora.core.safe_html import sanitise
from sonora.insights.models import MessageReading
from sonora.screens.conversations import events
from sonora.screens.conversations.feelings import Felt

AT_ONCE = 500  # messages of one page; Intercom gives no more parts of a conversation either
ROLES = {"admin": "Teammate", "bot": "Bot", "team": "Team", "": "Unknown author"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One message, or (with *caption*) one event in a line of words."""

    message: Message
    voice: str  # customer, teammate, note, event
    author: str
    role: str
    caption: str = ""
    icon: str = ""
    body: str = ""  # sanitised HTML
    reading: MessageReading | None = None
    is_evidence: bool = False  # the conversation's sentiment rests on it

    @property
    def files(self) -> list[tuple[int, str]]:
        """The number and name of each file that was attached; the files stay in Intercom."""
        return [
            (place, str(one.get("name") or "Unnamed file"))
            for place, one in enumerate(self.message.attachments)
            if isinstance(one, dict)
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    entries: list[Entry]
    earlier: int  # messages held, but not in this page
    parts: Parts  # how many the provider counts, and what is missing of them
    hidden_notes: int


def thread(
    conversation: Conversation, felt: Felt, quotes: Mapping[int, str], *, notes: bool, every: bool = False
) -> Thread:
    """The messages of *conversation*, the newest `AT_ONCE` unless *every* one is wanted; *notes*: internal ones too.

    *felt* marks them, and so do *quotes*, the words of messages that ask for something.
    """
    every_message = Message.objects.filter(conversation=conversation).select_related("contact__person", "teammate")
    messages = list(every_message.in_order())
    readable = messages if notes else [one for one in messages if not one.internal]
    shown = readable if every else readable[-AT_ONCE:]
    return Thread(
        entries=[entry(message, felt, quotes.get(message.pk, "")) for message in shown],
        earlier=len(readable) - len(shown),
        parts=parts.of_conversation(conversation),
        hidden_notes=len(messages) - len(readable),
    )


def entry(message: Message, felt: Felt, quote: str) -> Entry:
    """*message* as it is shown: *felt* marks what the sentiment rests on, *quote* is marked too."""
    author = _author(message)
    if _is_event(message):
        caption = events.caption(message.kind, author=author)
        return Entry(
            message=message, voice="event", author=author, role="", caption=caption, icon=events.icon(message.kind)
        )
    voice, role = _voice(message)
    body = marked(sanitise(message.html or message.text), quote)
    is_evidence = message.pk == felt.message
    return Entry(
        message=message,
        voice=voice,
        author=author,
        role=role,
        body=marked(body, felt.sentence) if is_evidence else body,
        reading=felt.readings.get(message.pk),
        is_evidence=is_evidence,
    )


def _is_event(message: Message) -> bool:
    says_nothing = not (message.html or message.text or message.attachments or message.redacted)
    return says_nothing and message.origin == Message.Origin.PART


def _voice(message: Message) -> tuple[str, str]:
    if message.internal:
        return "note", "Internal note"
    if message.author_type in CUSTOMER_TYPES:
        return "customer", "Customer"
    if message.from_ai:
        return "teammate", "AI agent"
    return "teammate", ROLES.get(message.author_type, message.author_type.capitalize())


def _author(message: Message) -> str:
    named = message.author_name or str(message.teammate or "") or str(message.contact or "")
    return named or message.author_email or ROLES.get(message.author_type, "") or "Somebody"
