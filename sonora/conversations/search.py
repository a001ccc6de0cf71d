"""Conversations that hold certain words: in a message, in the title, or in the name or address of a contact.

A word that few rows hold is looked up in the index, and those rows are the answer. A word that very many hold would
make a long list of which a page shows fifty: there the newest conversations are walked until the page is full.
"""

from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q

from sonora.conversations.models import (
    Conversation,
    ConversationContact,
    ConversationQuerySet,
    Message,
    MessageQuerySet,
)
from sonora.core.fulltext import Found, Holds, Words, is_common
from sonora.people.models import Contact

COMMON = 10_000  # rows; about where walking begins to be quicker than listing


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What is searched for, and whether so many rows hold it that listing and counting them would take long."""

    words: Words
    is_blank: bool
    is_broad: bool


def search(text: str) -> Search:
    """How to search for *text*, whatever was typed.

    The last word may be a beginning, unless it is a common word itself: whoever types "the" does not mean "there".
    """
    words = Words.typed(text)
    if not words:
        return Search(words=words, is_blank=not text.strip(), is_broad=False)
    if _is_common(words.whole()):
        return Search(words=words.whole(), is_blank=False, is_broad=True)
    return Search(words=words, is_blank=False, is_broad=words.begins and _is_common(words))


def _is_common(words: Words) -> bool:
    return is_common((Message, Conversation, Contact), words, more_than=COMMON)


def matching(conversations: ConversationQuerySet, wanted: str | Search, *, notes: bool = True) -> ConversationQuerySet:
    """Those of *conversations* that hold all words *wanted*; all of them when it is blank.

    Without *notes*, the words of internal notes do not count. A text without a letter or digit is found nowhere.
    """
    plan = search(wanted) if isinstance(wanted, str) else wanted
    if plan.is_blank:
        return conversations
    if not plan.words:
        return conversations.none()
    if plan.is_broad:
        return conversations.filter(_holds(plan.words, notes=notes))
    return conversations.filter(pk__in=_found(plan.words, notes=notes))


def _found(words: Words, *, notes: bool) -> set[int]:
    found = Found(F("pk"), words)
    in_messages = _readable(notes=notes).filter(found).values_list("conversation_id")
    in_titles = Conversation.objects.filter(found).values_list("pk")
    contacts = Contact.objects.filter(found).values("pk")
    of_contacts = ConversationContact.objects.filter(contact__in=contacts).values_list("conversation_id")
    return {pk for (pk,) in in_messages.union(in_titles, of_contacts)}


def _holds(words: Words, *, notes: bool) -> Q:
    holds = Holds(F("pk"), words)
    contacts = Contact.objects.filter(holds).filter(pk=OuterRef("contact"))
    return Q(
        Exists(_readable(notes=notes).filter(holds, conversation=OuterRef("pk")))
        | Q(holds)
        | Exists(ConversationContact.objects.filter(Exists(contacts), conversation=OuterRef("pk")))
    )


def _readable(*, notes: bool) -> MessageQuerySet:
    return Message.objects.all() if notes else Message.objects.filter(internal=False)
