"""The rows behind the lists that `filters.py` filters: made by the database itself, a million in a minute."""

from typing import Any

from django.db import connection, transaction
from rows_of_pages import _connection

from sonora.core import clock
from sonora.workspaces.models import Workspace
from sonora.workspaces.scoping import scope

TAGS, TEAMMATES, CUSTOMERS_EACH, PEOPLE_EACH = 500, 40, 100, 5  # conversations of one customer, and of one person
DAYS = 730


def fill(*, conversations: int) -> None:
    """Conversations of two years with sentiment, two tags each (some tags on a fifth of all, some on a handful), people
    and customers.
    """
    workspace = Workspace.objects.get()
    with scope(workspace=workspace):
        held = _connection(workspace)
    names: dict[str, Any] = {
        "workspace": workspace.pk,
        "connection": held.pk,
        "now": clock.now(),
        "tags": TAGS,
        "teammates": TEAMMATES,
        "customers": max(1, conversations // CUSTOMERS_EACH),
        "people": max(1, conversations // PEOPLE_EACH),
        "conversations": conversations,
        "step": max(1, DAYS * 86_400 // conversations),
    }
    for sql in STATEMENTS:
        with transaction.atomic(), connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET LOCAL statement_timeout = 0")
                cursor.execute("SET LOCAL session_replication_role = replica")  # the rows are right: no rule need look
            cursor.execute(sql, names)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _numbers(name: str) -> str:
    counting = f"SELECT CAST(0 AS bigint) UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < %({name})s"
    return f"WITH RECURSIVE numbers(n) AS ({counting})\n"


SYNCED = "workspace_id, connection_id, external_id, fetched_at, created_at, updated_at"
SYNCED_VALUES = "%(workspace)s, %(connection)s, '{}' || n, %(now)s, %(now)s, %(now)s"


def _synced(table: str, count: str, columns: str, values: str) -> str:
    return (
        f"INSERT INTO {table} ({SYNCED}, {columns}) {_numbers(count)} "
        f"SELECT {SYNCED_VALUES.format(table)}, {values} FROM numbers"
    )


STATEMENTS = [
    _synced("conversations_tag", "tags", "name", "'Tag ' || n"),
    _synced("conversations_teammate", "teammates", "name, email, job_title", "'Teammate ' || n, '', ''"),
    f"""INSERT INTO customers_customer (workspace_id, name, domain, tier, owner, created_at) {_numbers("customers")}
    SELECT %(workspace)s, 'Customer ' || n, '', CASE n %% 3 WHEN 0 THEN 'Enterprise' ELSE 'Starter' END, '', %(now)s
    FROM numbers""",
    f"""INSERT INTO people_person (workspace_id, identity, name, email) {_numbers("people")}
    SELECT %(workspace)s, 'contact:' || n, 'Person ' || n, '' FROM numbers""",
    f"""INSERT INTO people_contact ({SYNCED}, person_id, role, name, email, phone, user_id, merged_into, url)
    SELECT %(workspace)s, %(connection)s, 'contact' || id, %(now)s, %(now)s, %(now)s, id,
    CASE id %% 10 WHEN 0 THEN 'lead' ELSE 'user' END, name, '', '', '', '', '' FROM people_person""",
    f"""INSERT INTO conversations_conversation (workspace_id, connection_id, external_id, title, preview, state, open,
    priority, channel, delivered_as, rating_remark, url, parts_held, linked_tickets, created_at, updated_at, fetched_at,
    customer_id, assignee_id) {_numbers("conversations")}
    SELECT %(workspace)s, %(connection)s, 'held' || n, 'Held ' || n, '',
    CASE WHEN n %% 50 = 0 THEN 'open' WHEN n %% 50 = 1 THEN 'snoozed' ELSE 'closed' END, n %% 50 < 2, '', '', '', '',
    '', 8, '[]', %(now)s - n * %(step)s - 86400, %(now)s - n * %(step)s, %(now)s,
    (SELECT min(id) FROM customers_customer) + (n * 7919) %% %(customers)s,
    CASE n %% 4 WHEN 0 THEN NULL ELSE (SELECT min(id) FROM conversations_teammate) + (n * 31) %% %(teammates)s END
    FROM numbers""",
    """INSERT INTO conversations_conversationcontact (workspace_id, conversation_id, contact_id, position)
    SELECT %(workspace)s, id, (SELECT min(id) FROM people_contact) + (id * 6007 + id / 97) %% %(people)s, 0
    FROM conversations_conversation""",
    """INSERT INTO conversations_conversationtag (workspace_id, conversation_id, tag_id)
    SELECT %(workspace)s, id, (SELECT min(id) FROM conversations_tag) + CASE WHEN id %% 5 = 0 THEN 0
    WHEN id %% 20 = 1 THEN 1 WHEN id %% 100 = 2 THEN 2 WHEN id %% 5000 = 3 THEN 3 ELSE 4 + (id * 104729) %% 400 END
    FROM conversations_conversation""",
    """INSERT INTO conversations_conversationtag (workspace_id, conversation_id, tag_id)
    SELECT %(workspace)s, id, (SELECT min(id) FROM conversations_tag) + 404 + (id * 7907) %% 96
    FROM conversations_conversation""",
    """INSERT INTO insights_conversationsentiment (workspace_id, conversation_id, label, found, messages, sentence, at,
    reader, analysed_at, score, confidence)
    SELECT %(workspace)s, id, label, label, 4, '', updated_at, 'x', %(now)s, 0, 1
    FROM (SELECT id, updated_at, CASE WHEN mixed < 12 THEN 'negative' WHEN mixed < 15 THEN 'mixed'
    WHEN mixed < 35 THEN 'positive' WHEN mixed < 40 THEN 'none' ELSE 'neutral' END AS label
    FROM (SELECT id, updated_at, (id * 7 + id / 13) %% 100 AS mixed FROM conversations_conversation) AS numbered)
    AS felt""",
]
