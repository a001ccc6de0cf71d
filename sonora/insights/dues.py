# ruff: noqa: S608 - names of tables are our own
"""What makes the figures of a request due, as triggers of SQLite and PostgreSQL.

Whose conversation it is, who wrote a message and what a customer is worth change in many places (syncs, matches,
merges, imports, undoing); so the database itself notes which requests that touches, in the same transaction. It only
adds rows: nobody waits for another's transaction. `insights.counting` counts them anew before anything is shown.
"""

from sonora.core.row_rules import Follow, Rule

EVIDENCE = "insights_evidence"


def _due(requests: str, *, words: bool = False) -> str:
    """Notes the requests that the query *requests* finds (*words*: what they say may have changed)."""
    return f"INSERT INTO insights_due (request_id, words) SELECT found.request_id, {words} FROM ({requests}) found"


_OF_CONVERSATION = f"SELECT request_id FROM {EVIDENCE} WHERE conversation_id = NEW.id"
_OF_MESSAGE = f"SELECT request_id FROM {EVIDENCE} WHERE message_id = NEW.id"
_OF_CONTACT = (
    f"SELECT asked.request_id FROM {EVIDENCE} asked JOIN conversations_message said ON said.id = asked.message_id "
    "WHERE said.contact_id = NEW.id"
)
_OF_CUSTOMER = (
    f"SELECT asked.request_id FROM {EVIDENCE} asked "
    "JOIN conversations_conversation talk ON talk.id = asked.conversation_id WHERE talk.customer_id = NEW.id"
)
_OLD, _NEW = "SELECT OLD.request_id AS request_id", "SELECT NEW.request_id AS request_id"
_REDACTED = f"SELECT id FROM {EVIDENCE} WHERE message_id = NEW.id AND NEW.redacted"

RULES = (
    Rule(
        name="due_conversation",
        table="conversations_conversation",
        event="UPDATE",
        of=("customer_id", "deleted_at"),
        does=(_due(_OF_CONVERSATION),),
    ),
    Rule(
        name="due_message",
        table="conversations_message",
        event="UPDATE",
        of=("contact_id", "created_at"),
        does=(_due(_OF_MESSAGE),),
    ),
    Rule(
        name="due_redaction",  # the quote goes with the words, whether or not anything is analysed at the time
        table="conversations_message",
        event="UPDATE",
        of=("redacted",),
        does=(
            f"DELETE FROM insights_requestchange WHERE evidence_id IN ({_REDACTED})",
            f"DELETE FROM {EVIDENCE} WHERE id IN ({_REDACTED})",
        ),
    ),
    Rule(
        name="due_contact",
        table="people_contact",
        event="UPDATE",
        of=("person_id",),
        does=(_due(_OF_CONTACT),),
    ),
    Rule(
        name="due_customer",
        table="customers_customer",
        event="UPDATE",
        of=("arr",),
        does=(_due(_OF_CUSTOMER),),
    ),
    Rule(
        name="due_evidence_added",
        table=EVIDENCE,
        event="INSERT",
        does=(_due(_NEW, words=True),),
    ),
    Rule(
        name="due_evidence_removed",
        table=EVIDENCE,
        event="DELETE",
        does=(_due(_OLD, words=True),),
    ),
    Rule(
        name="due_evidence_changed",
        table=EVIDENCE,
        event="UPDATE",
        of=("request_id", "state", "quote", "vector"),
        does=(_due(_OLD, words=True), _due(_NEW, words=True)),
    ),
)


class MarkDue(Follow):
    """Installs the triggers of `RULES`; reversible."""

    def __init__(self) -> None:
        super().__init__(RULES)

    def describe(self) -> str:
        return "Note which requests are to be counted anew"
