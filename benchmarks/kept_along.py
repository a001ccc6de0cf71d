"""What the database keeps along with each row that a sync writes, and how a database is freed of it.

Aggregates are running totals, what notes who and what is due, and standings. Apart from them there is what only lists
read: indexes, and columns that say what another row says.
"""

from collections.abc import Sequence

from django.db import connection as database
from django.db import transaction

from integrations import held_totals
from sonora.conversations import naming, taking_part
from sonora.core.triggers import Installed
from sonora.graph import dues
from sonora.insights import analysed, authors, opened
from sonora.insights import dues as requests_due
from sonora.people import employed

ALL, NO_AGGREGATES, BARE = "with all", "without aggregates", "without what lists read either"
WAYS = (ALL, NO_AGGREGATES, BARE)
TOTALS = (*held_totals.TOTALS, naming.TOTAL, analysed.TOTAL)
RULES = (*dues.RULES, *dues.ENGAGEMENT_RULES, *requests_due.RULES)
COPIES = (taking_part.COPIED, employed.COPIED, opened.COPIED, authors.COPIED)
TABLES = ("graph_due", "graph_personstanding", "insights_due", *sorted({total.table for total in TOTALS}))
FOR_LISTS = (
    "conversation_present_by_time",
    "present_by_creation",
    "conversation_untagged",
    "conversation_gone",
    "sentiment_by_creation",
    "sentiment_by_label_and_time",
    "conversations_by_sentiment",
    "conversation_by_state",
    "conversation_by_last_contact",
    "conversation_by_customer",
    "present_by_customer",
    "present_by_key",
    "conversations_by_tag",
    "conversations_by_person",
    "conversations_by_role",
    "messages_by_contact",
    "contact_by_time",
    "contact_by_role",
    "contact_gone",
    "people_by_company",
    "person_by_name",
    "person_by_lower_name",
    "companies_by_person",
    "company_by_name",
)
"""Indexes that only lists and what stands beside them begin with; a sync that lacks them writes the same."""


def aggregating() -> list[Installed]:
    """The triggers that keep totals, and those that note who and what is due."""
    return [*(one for total in TOTALS for one in total.triggers()), *RULES]


def copying() -> list[Installed]:
    """The triggers by which a row says what another one says."""
    return [one for copied in COPIES for one in copied.triggers()]


def is_aggregate(sql: str) -> bool:
    """Whether a statement does nothing but write aggregates."""
    return any(table in sql for table in TABLES)


def take_away(way: str) -> None:
    """Free this process's database of what a sync goes without in that way."""
    with transaction.atomic():
        if way != ALL:
            _drop(aggregating())
        if way == BARE:
            _drop(copying())
            _execute([f'DROP INDEX "{index}"' for index in FOR_LISTS])


def _drop(triggers: Sequence[Installed]) -> None:
    _execute([sql for one in triggers for sql in one.drop(database)])


def _execute(statements: Sequence[str]) -> None:
    with database.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
