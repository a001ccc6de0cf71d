"""What PostgreSQL knows of how much is in its tables, which decides how it looks for a row.

It renews that by itself, but a minute late: a first sync has then filled tables that it still takes to be empty, and
each message that came in had it read all conversations to find its own. Once counted, the rest is extrapolated.
"""

from django.db import connection

from sonora.conversations.models import Conversation, ConversationContact, ConversationTag, Message
from sonora.customers.models import Company, Match
from sonora.people.models import Contact, ContactCompany, Person

COUNTED = (Conversation, Message, ConversationContact, ConversationTag, Contact, ContactCompany, Company, Match, Person)


def renew() -> None:
    """Have PostgreSQL count a sample of the tables that a sync fills; some hundredths of a second."""
    if connection.vendor == "postgresql":
        tables = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in COUNTED)  # noqa: SLF001
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {tables}")
