"""Rows that are held already: conversations that Intercom has forgotten, changed long ago, with people and messages."""

from typing import Any

from django.db import connection, transaction

from integrations.models import Connection

OF_ONE = 8  # messages of a conversation
CHUNK = 6_250  # conversations of one statement


def fill(held: Connection, messages: int) -> None:
    """Put *messages* beside what *held* has, and a conversation for each eight; then let the planner count."""
    conversations = messages // OF_ONE
    for first in range(0, conversations, CHUNK):
        for sql in (_CONVERSATIONS, _CONTACTS, _MESSAGES):
            _execute(_NUMBERS + sql, held, first, min(first + CHUNK, conversations))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _execute(sql: str, held: Connection, first: int, end: int) -> None:
    names: dict[str, Any] = {"workspace": held.workspace_id, "connection": held.pk, "first": first, "end": end}
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL statement_timeout = 0")
            cursor.execute("SET LOCAL session_replication_role = replica")  # the rows are right: no rule need look
        cursor.execute(sql, names)


_NUMBERS = """
WITH RECURSIVE numbers(n) AS (SELECT %(first)s UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < %(end)s),
people AS (
    SELECT id, person_id, role, row_number() OVER (ORDER BY id) - 1 AS place, count(*) OVER () AS total
    FROM people_contact WHERE connection_id = %(connection)s
)
"""
_CONVERSATIONS = """
INSERT INTO conversations_conversation (workspace_id, connection_id, external_id, title, preview, state, open, priority,
    channel, delivered_as, rating_remark, url, parts_held, linked_tickets, created_at, updated_at, fetched_at)
SELECT %(workspace)s, %(connection)s, 'held' || n, 'Held ' || n, '', 'closed', FALSE, '', '', '', '', '', 8, '[]',
    1500000000 + n, 1500000000 + n, 1700000000 FROM numbers
"""
_CONTACTS = """
INSERT INTO conversations_conversationcontact (workspace_id, conversation_id, contact_id, position, person_id, role)
SELECT %(workspace)s, one.id, people.id, 0, people.person_id, people.role
FROM numbers
JOIN people ON people.place = numbers.n %% people.total
JOIN conversations_conversation AS one
    ON one.connection_id = %(connection)s AND one.external_id = 'held' || numbers.n
"""
_MESSAGES = """
INSERT INTO conversations_message (workspace_id, connection_id, conversation_id, external_id, origin, kind, internal,
    author_type, author_external_id, author_name, author_email, from_ai, contact_id, html, text, attachments, redacted,
    created_at)
SELECT %(workspace)s, %(connection)s, one.id, 'held' || numbers.n || '-' || part.n, 'part', 'comment', FALSE,
    'user', '', '', '', FALSE, people.id, '', 'Where does invoice ' || numbers.n || ' stand?', '[]', FALSE,
    1500000000 + numbers.n
FROM numbers
JOIN people ON people.place = numbers.n %% people.total
JOIN conversations_conversation AS one
    ON one.connection_id = %(connection)s AND one.external_id = 'held' || numbers.n
CROSS JOIN (SELECT 1 AS n UNION SELECT 2 UNION SELECT 3 UNION SELECT 4 UNION SELECT 5 UNION SELECT 6 UNION SELECT 7
    UNION SELECT 8) AS part
"""
