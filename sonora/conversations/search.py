"""Conversations that hold certain words: in a message, in the title, or in the name or address of a contact.

A word that few rows hold is looked up in the index, and those rows are the answer. A word that very many hold would
make a long list of which a page shows fifty: there the newest conversations are walked until the page is full.
"""

from dataclasses import dataclass

from django.db import connection
from django.db.models import Exists, F, OuterRef, Q

from sonora.conversations.models import (
    Conversation,
    ConversationContact,
    ConversationQuerySet,
    Message,
    MessageQuerySet,
)
from sonora.core.among import among
from sonora.core.fulltext import Found, Holds, Words, is_common
from sonora.core.walking import walked
from sonora.people.models import Contact

COMMON = 10_000  # rows; about where walking begins to be quicker than listing
NEWEST, OFTEN = 200, 8  # of so many conversations so many hold a common word: a page is full within 1,250


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What is searched for, and which conversations (primary keys) hold it; None: so many that listing would take long.

    *is_page*: a page is wanted of them, the newest; else all of them are, to be counted.
    """

    words: Words
    is_blank: bool = False
    is_page: bool = False
    found: frozenset[int] | None = None

    @property
    def is_broad(self) -> bool:
        """Whether so many hold it that counting them would take long."""
        return self.found is None and not self.is_blank


def search(text: str, *, notes: bool, is_page: bool = False) -> Search:
    """How to search for *text*, whatever was typed. Without *notes*, the words of internal notes do not count.

    The last word may be a beginning, unless it is a common word itself: whoever types "the" does not mean "there".
    """
    words = Words.typed(text)
    if not words:
        return Search(words=words, is_blank=not text.strip(), found=frozenset())
    if _is_common(words.whole()):
        return Search(words=words.whole(), is_page=is_page)
    found = None if words.begins and _is_common(words) else _found(words, notes=notes)
    return Search(words=words, is_page=is_page, found=found)


def _is_common(words: Words) -> bool:
    """Where an index can count, it stops early; that of PostgreSQL cannot, so there the newest are looked at."""
    if connection.vendor != "postgresql":
        return is_common((Message, Conversation, Contact), words, more_than=COMMON)
    present = Conversation.objects.all().present().order_by("-updated_at", "-pk")
    are_many = Exists(present[COMMON : COMMON + 1])
    newest = Conversation.objects.filter(are_many, pk__in=present.values("pk")[:NEWEST])
    return newest.filter(_holds(words, notes=True, is_page=True))[:OFTEN].count() == OFTEN


def matching(conversations: ConversationQuerySet, wanted: str | Search, *, notes: bool = True) -> ConversationQuerySet:
    """Those of *conversations* that hold all words *wanted*; all of them when it is blank.

    Without *notes*, the words of internal notes do not count. A text without a letter or digit is found nowhere.
    """
    plan = search(wanted, notes=notes) if isinstance(wanted, str) else wanted
    if plan.is_blank:
        return conversations
    if plan.found is None:
        return conversations.filter(_holds(plan.words, notes=notes, is_page=plan.is_page))
    return conversations.filter(among("pk", plan.found))


def _found(words: Words, *, notes: bool) -> frozenset[int] | None:
    """None when more than `COMMON` rows have *words*."""
    found = Found(F("pk"), words)
    in_messages = _readable(notes=notes).filter(found).values_list("conversation_id")
    in_titles = Conversation.objects.filter(found).values_list("pk")
    contacts = Contact.objects.filter(found).values("pk")
    of_contacts = ConversationContact.objects.filter(contact__in=contacts).values_list("conversation_id")
    rows = in_messages.union(in_titles, of_contacts, all=True)[: COMMON + 1]
    keys = [pk for (pk,) in rows]
    return frozenset(keys) if len(keys) <= COMMON else None


def _holds(words: Words, *, notes: bool, is_page: bool) -> Q:
    """Asked of each conversation where a page is to be filled, else of all of them together."""
    holds, there = Holds(F("pk"), words), walked if is_page else Exists
    contacts = Contact.objects.filter(holds).filter(pk=OuterRef("contact"))
    return Q(
        there(_readable(notes=notes).filter(holds, conversation=OuterRef("pk")))
        | Q(holds)
        | there(ConversationContact.objects.filter(Exists(contacts), conversation=OuterRef("pk")))
    )


def _readable(*, notes: bool) -> MessageQuerySet:
    return Message.objects.all() if notes else Message.objects.filter(internal=False)
