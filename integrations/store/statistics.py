"""What the database knows of how much is in its tables, which decides how it looks for a row.

PostgreSQL renews that by itself, but a minute late: a first sync has then filled tables that it still takes to be
empty, and each message that came in had it read all conversations to find its own. Once counted, the rest is
extrapolated. SQLite never does by itself: it then takes each index for one that finds ten rows, those of a whole
workspace too, and read all people to find some by their keys.
"""

from django.db import connection

from sonora.conversations.models import Conversation, ConversationContact, ConversationTag, Message
from sonora.customers.models import Company, Match
from sonora.people.models import Contact, ContactCompany, Person

SAMPLE = 1_000  # rows of each index that SQLite looks at
COUNTED = (Conversation, Message, ConversationContact, ConversationTag, Contact, ContactCompany, Company, Match, Person)


def renew() -> None:
    """Have the database count a sample of the tables that a sync fills; some hundredths of a second."""
    tables = [connection.ops.quote_name(model._meta.db_table) for model in COUNTED]  # noqa: SLF001
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"ANALYZE {', '.join(tables)}")
            return
        cursor.execute(f"PRAGMA analysis_limit = {SAMPLE}")
        for table in tables:
            cursor.execute(f"ANALYZE {table}")
