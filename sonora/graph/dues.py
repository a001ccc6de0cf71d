# ruff: noqa: S608 - names of tables are our own
"""What makes the standing of people due, as triggers of SQLite and PostgreSQL.

A sync, an analysis, a merge, a split, an undoing and a member's word on champions or engagement all change it; so the
database itself notes whom that touches, in the same transaction. It only adds rows: nobody waits for another's.
A conversation changes its time with each message, so messages that come in are not looked at one by one.
"""

from sonora.core.row_rules import Rule

CONTACT = "people_contact"
LINK = "conversations_conversationcontact"


def _due(people: str) -> str:
    """Notes whom the query *people* finds, as workspace and person."""
    return f"INSERT INTO graph_due (workspace_id, person_id) {people}"


def _contact(key: str) -> str:
    return _due(
        f"SELECT one.workspace_id, one.person_id FROM {CONTACT} one WHERE one.id = {key} AND one.person_id IS NOT NULL"
    )


def _talk(key: str) -> str:
    return _due(
        f"SELECT one.workspace_id, one.person_id FROM {LINK} part JOIN {CONTACT} one ON one.id = part.contact_id "
        f"WHERE part.conversation_id = {key} AND one.person_id IS NOT NULL"
    )


def _person(row: str) -> str:
    return _due(f"SELECT {row}.workspace_id, {row}.person_id WHERE {row}.person_id IS NOT NULL")


_KEPT = "graph_personstanding"
_EVERYBODY = _due(f"SELECT one.workspace_id, one.person_id FROM {_KEPT} one WHERE one.workspace_id = NEW.workspace_id")

RULES = (
    Rule(
        name="standing_talk",
        table="conversations_conversation",
        event="UPDATE",
        of=("created_at", "updated_at", "fetched_at", "deleted_at"),
        does=(_talk("NEW.id"),),
    ),
    Rule(name="standing_part_added", table=LINK, event="INSERT", does=(_contact("NEW.contact_id"),)),
    Rule(name="standing_part_removed", table=LINK, event="DELETE", does=(_contact("OLD.contact_id"),)),
    Rule(
        name="standing_part_changed",
        table=LINK,
        event="UPDATE",
        of=("contact_id",),
        does=(_contact("OLD.contact_id"), _contact("NEW.contact_id")),
    ),
    Rule(
        name="standing_message",
        table="conversations_message",
        event="UPDATE",
        of=("contact_id", "created_at", "redacted"),
        does=(_contact("OLD.contact_id"), _contact("NEW.contact_id")),
    ),
    Rule(name="standing_contact_added", table=CONTACT, event="INSERT", does=(_person("NEW"),)),
    Rule(name="standing_contact_removed", table=CONTACT, event="DELETE", does=(_person("OLD"),)),
    Rule(
        name="standing_contact",
        table=CONTACT,
        event="UPDATE",
        of=("person_id", "has_bounced", "fetched_at", "deleted_at"),
        does=(_person("OLD"), _person("NEW")),
    ),
    Rule(
        name="standing_felt_added",
        table="insights_conversationsentiment",
        event="INSERT",
        does=(_talk("NEW.conversation_id"),),
    ),
    Rule(
        name="standing_felt_removed",
        table="insights_conversationsentiment",
        event="DELETE",
        does=(_talk("OLD.conversation_id"),),
    ),
    Rule(
        name="standing_felt",
        table="insights_conversationsentiment",
        event="UPDATE",
        of=("label",),
        does=(_talk("NEW.conversation_id"),),
    ),
    Rule(name="standing_said", table="people_championchoice", event="INSERT", does=(_person("NEW"),)),
    Rule(name="standing_unsaid", table="people_championchoice", event="DELETE", does=(_person("OLD"),)),
    Rule(
        name="standing_switch",
        table="integrations_connection",
        event="UPDATE",
        of=("analyse_sentiment",),
        does=(_EVERYBODY,),
    ),
    Rule(
        name="standing_workspace",
        table="workspaces_workspace",
        event="DELETE",
        does=("DELETE FROM graph_due WHERE workspace_id = OLD.id",),
    ),
)
ENGAGEMENT_RULES = (
    Rule(name="standing_rated", table="people_engagementchoice", event="INSERT", does=(_person("NEW"),)),
    Rule(name="standing_unrated", table="people_engagementchoice", event="DELETE", does=(_person("OLD"),)),
)
EVERYBODY_NOW = _due("SELECT one.workspace_id, one.id FROM people_person one WHERE one.merged_into_id IS NULL")
