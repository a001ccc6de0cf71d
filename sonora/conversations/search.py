"""Conversations that hold certain words: in a message, in the title, or in the name or address of a contact.

A word that few rows hold is looked up in the index, and those rows are the answer. A word that very many hold would
make a long list of which a page shows fifty: there the newest conversations are walked until the page is full.
"""

from django.db.models import Exists, F, OuterRef, Q

from sonora.conversations.models import (
    Conversation,
    ConversationContact,
    ConversationQuerySet,
    Message,
    MessageQuerySet,
)
from sonora.core.fulltext import Found, Holds, is_common, phrases
from sonora.people.models import Contact

COMMON = 10_000  # rows; about where walking begins to be quicker than listing


def matching(
    conversations: ConversationQuerySet, text: str, *, notes: bool = True, broad: bool | None = None
) -> ConversationQuerySet:
    """Those of *conversations* that hold all words of *text*; all of them when it is blank.

    Any text is safe. Without *notes*, the words of internal notes do not count. A text without a letter or digit
    is found nowhere. *broad* is what `is_broad` said, if it was asked already.
    """
    if not text.strip():
        return conversations
    if not phrases(text):
        return conversations.none()
    if is_broad(text) if broad is None else broad:
        return conversations.filter(_holds(text, notes=notes))
    return conversations.filter(pk__in=_found(text, notes=notes))


def is_broad(text: str) -> bool:
    """Whether so many rows hold *text* that counting them would take long."""
    return bool(phrases(text)) and is_common((Message, Conversation, Contact), text, more_than=COMMON)


def _found(text: str, *, notes: bool) -> set[int]:
    found = Found(F("pk"), text)
    in_messages = _readable(notes=notes).filter(found).values_list("conversation_id")
    in_titles = Conversation.objects.filter(found).values_list("pk")
    contacts = Contact.objects.filter(found).values("pk")
    of_contacts = ConversationContact.objects.filter(contact__in=contacts).values_list("conversation_id")
    return {pk for (pk,) in in_messages.union(in_titles, of_contacts)}


def _holds(text: str, *, notes: bool) -> Q:
    contacts = Contact.objects.filter(Holds(F("pk"), text)).filter(pk=OuterRef("contact"))
    return Q(
        Exists(_readable(notes=notes).filter(Holds(F("pk"), text), conversation=OuterRef("pk")))
        | Q(Holds(F("pk"), text))
        | Exists(ConversationContact.objects.filter(Exists(contacts), conversation=OuterRef("pk")))
    )


def _readable(*, notes: bool) -> MessageQuerySet:
    return Message.objects.all() if notes else Message.objects.filter(internal=False)
