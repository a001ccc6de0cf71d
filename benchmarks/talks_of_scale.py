"""Conversations of two years and all that hangs on them, for `rows_of_scale`."""

from itertools import product
from typing import Any

from django.db import connection
from inserting import add, execute, numbers, table

from sonora.conversations.models import Conversation, ConversationContact, ConversationTag, Message, MessageTag
from sonora.insights.models import Analysis, ConversationSentiment, Evidence, MessageReading

MESSAGES = 8  # of a conversation: the customer's and a teammate's in turn
CHUNK = 20_000  # conversations of one statement, so that what is written together lies together
LEADS = 3  # the rest of a person's number by ten when their first contact is a lead
NOBODYS = 9  # the rest of a company's number by ten when no customer is linked to it
OPENINGS = ("Hello, ", "Hi team, ", "Good morning, ", "Quick question: ", "Urgent: ", "", "Thanks, but ", "Again ")
THINGS = ("the invoice", "our export", "the refund", "sign-in", "the webhook", "the depot list", "a report", "the API")
PROBLEMS = (
    "fails since this morning", "shows the wrong currency", "works fine now", "is much slower than last week",
    "would help us if it had single sign-on", "never arrived", "is great, well done", "cannot be found by new users",
    "needs a dark mode", "was charged twice",
)  # fmt: skip
ENDS = (". Can you look?", ". Any news?", ".", ". Best, Ana", ", please help", ". We wait for your answer")

OWN = {"workspace_id": "%(workspace)s"}
SYNCED = {**OWN, "connection_id": "%(connection)s"}
# Of fifty conversations one is a large customer's; the others are spread over everybody.
PERSON = """CASE WHEN n %% 50 = 0 THEN ((n / 50) %% (%(people)s / %(customers)s)) * %(customers)s
    ELSE (n * 6007 + n / 97) %% %(people)s END"""
TALKS = f"""(SELECT id, id - %(talk0)s AS n, created_at, updated_at, assignee_id FROM {table(Conversation)}
    WHERE workspace_id = %(workspace)s AND id >= %(first)s AND id < %(end)s) AS talk"""
COMMON_TAG = """CASE WHEN n %% 5 = 0 THEN 0 WHEN n %% 20 = 1 THEN 1 WHEN n %% 100 = 2 THEN 2
    WHEN n %% 5000 = 3 THEN 3 ELSE 4 + (n * 104729) %% 400 END"""
FELT = """CASE WHEN (n * 7 + n / 13) %% 100 < 12 THEN 'negative' WHEN (n * 7 + n / 13) %% 100 < 15 THEN 'mixed'
    WHEN (n * 7 + n / 13) %% 100 < 35 THEN 'positive' WHEN (n * 7 + n / 13) %% 100 < 40 THEN 'none'
    ELSE 'neutral' END"""


def prepare() -> None:
    """What people say, in a table of this session's own."""
    execute("CREATE TEMPORARY TABLE said (n bigint PRIMARY KEY, text varchar(300))")
    texts = [
        f"{opening}{thing} {problem}{end}" for opening, thing, problem, end in product(OPENINGS, THINGS, PROBLEMS, ENDS)
    ]
    with connection.cursor() as cursor:
        cursor.executemany("INSERT INTO said (n, text) VALUES (%s, %s)", list(enumerate(texts)))
        cursor.execute("CREATE TEMPORARY TABLE parts (k bigint PRIMARY KEY)")
        cursor.executemany("INSERT INTO parts (k) VALUES (%s)", [(k,) for k in range(MESSAGES)])


def fill(names: dict[str, Any]) -> None:
    """The conversations of one workspace; *names* say how many, and the first keys of what they belong to."""
    _conversations(names)
    first = Conversation.objects.order_by("pk")[0].pk
    names = names | {"talk0": first}
    for start in range(first, first + names["conversations"], CHUNK):
        some = names | {"first": start, "end": start + CHUNK}
        _around(some)
        _messages(some)
        _read(some)


def _conversations(names: dict[str, Any]) -> None:
    add(
        Conversation,
        f"(SELECT n, {PERSON} AS p FROM {numbers('conversations')}) AS one JOIN said ON said.n = one.n * 31 %% 3840",
        names,
        **SYNCED,
        external_id="'held' || one.n",
        title="CASE WHEN one.n %% 3 = 0 THEN 'About ' || said.text ELSE '' END",
        preview="said.text",
        state="CASE WHEN one.n %% 50 = 0 THEN 'open' WHEN one.n %% 50 = 1 THEN 'snoozed' ELSE 'closed' END",
        open="one.n %% 50 < 2",
        untagged="one.n %% 1000 = 999",
        said_at="%(now)s - one.n * %(step)s",
        parts_held=f"{MESSAGES - 1}",
        parts_total=f"{MESSAGES - 1}",
        created_at="%(now)s - one.n * %(step)s - 86400",
        updated_at="%(now)s - one.n * %(step)s",
        fetched_at="%(now)s",
        company_id="%(company0)s + p %% %(customers)s",
        customer_id=f"CASE WHEN p %% %(customers)s %% 10 = {NOBODYS} THEN NULL "
        "ELSE %(customer0)s + p %% %(customers)s END",
        assignee_id="CASE one.n %% 4 WHEN 0 THEN NULL ELSE %(mate0)s + (one.n * 31) %% %(teammates)s END",
    )


def _around(names: dict[str, Any]) -> None:
    talk = {"conversation_id": "id"}
    add(
        ConversationContact,
        TALKS,
        names,
        **OWN,
        **talk,
        contact_id=f"%(contact0)s + {PERSON}",
        person_id=f"%(person0)s + {PERSON}",
        role=f"CASE WHEN ({PERSON}) %% 10 = {LEADS} THEN 'lead' ELSE 'user' END",
    )
    add(ConversationTag, f"{TALKS} WHERE n %% 1000 <> 999", names, **OWN, **talk, tag_id=f"%(tag0)s + {COMMON_TAG}")
    add(
        ConversationTag,
        f"{TALKS} WHERE n %% 1000 <> 999",
        names,
        **OWN,
        **talk,
        tag_id="%(tag0)s + 404 + (n * 7907) %% 96",
    )
    read = {"sentiment_by": "'x'", "requests_by": "'x'"}
    add(Analysis, TALKS, names, **SYNCED, **talk, changed_at="updated_at", **read)


def _messages(names: dict[str, Any]) -> None:
    theirs = "parts.k %% 2 = 0"
    add(
        Message,
        f"{TALKS} CROSS JOIN parts JOIN {table(ConversationContact)} AS link ON link.conversation_id = talk.id "
        "JOIN said ON said.n = (talk.n * 31 + parts.k * 577) %% 3840",
        names,
        **SYNCED,
        conversation_id="talk.id",
        external_id="CAST(parts.k AS varchar(9))",
        origin="CASE parts.k WHEN 0 THEN 'source' ELSE 'part' END",
        kind="'comment'",
        internal="parts.k = 5 AND talk.n %% 10 = 0",
        author_type=f"CASE WHEN {theirs} THEN 'user' ELSE 'admin' END",
        contact_id=f"CASE WHEN {theirs} THEN link.contact_id END",
        teammate_id=f"CASE WHEN {theirs} THEN NULL ELSE talk.assignee_id END",
        text="said.text || CASE parts.k WHEN 0 THEN ' Order ' || talk.n ELSE '' END",
        created_at="talk.created_at + parts.k * 3600",
    )
    add(MessageTag, f"({_customers_messages()}) AS said WHERE n %% 100 = 5 AND k = '0'", names, **OWN,
        message_id="said.id", tag_id="%(tag0)s + (n / 100) %% %(tags)s")  # fmt: skip


def _read(names: dict[str, Any]) -> None:
    felt = {"reader": "'x'", "analysed_at": "%(now)s", "score": "0", "confidence": "1"}
    theirs = _customers_messages()
    add(MessageReading, f"({theirs}) AS said", names, **OWN, **felt, message_id="id",
        label="CASE id %% 5 WHEN 0 THEN 'negative' WHEN 1 THEN 'positive' ELSE 'neutral' END")  # fmt: skip
    first = f"({theirs}) AS said WHERE k = '0'"
    add(ConversationSentiment, first, names, **OWN, **felt, conversation_id="conversation_id", label=FELT, found=FELT,
        messages="4", message_id="id", sentence="text", at="updated_at", created_at="created_at",
        connection_id="%(connection)s")  # fmt: skip
    asked = {"message_id": "id", "conversation_id": "conversation_id", "contact_id": "contact_id"}
    add(Evidence, f"{first} AND n %% 20 = 3", names, **OWN, **asked, quote="text",
        request_id="%(request0)s + CASE WHEN n %% 60 = 3 THEN (n / 60) %% 20 ELSE (n / 20) %% %(requests)s END",
        probability="0.9", state="'certain'", noted_at="%(now)s")  # fmt: skip


def _customers_messages() -> str:
    return (
        "SELECT one.id, one.conversation_id, one.contact_id, one.external_id AS k, one.text, talk.n, talk.updated_at, "
        f"talk.created_at FROM {TALKS} JOIN {table(Message)} AS one ON one.conversation_id = talk.id "
        "WHERE one.author_type = 'user'"
    )
