"""The databases see to it that a row shares its parent's workspace, and that the audit trail is only added to."""

from django.db import migrations

from sonora.core.triggers import AppendOnly, SameWorkspace

# child table, its column, parent table
PAIRS = [
    ("customers_externalid", "customer_id", "customers_customer"),
    ("customers_company", "connection_id", "integrations_connection"),
    ("customers_match", "company_id", "customers_company"),
    ("customers_match", "customer_id", "customers_customer"),
    ("customers_match", "external_id_id", "customers_externalid"),
    ("people_contact", "connection_id", "integrations_connection"),
    ("people_contact", "person_id", "people_person"),
    ("people_contactcompany", "contact_id", "people_contact"),
    ("people_contactcompany", "company_id", "customers_company"),
    ("conversations_teammate", "connection_id", "integrations_connection"),
    ("conversations_team", "connection_id", "integrations_connection"),
    ("conversations_tag", "connection_id", "integrations_connection"),
    ("conversations_conversation", "connection_id", "integrations_connection"),
    ("conversations_conversation", "assignee_id", "conversations_teammate"),
    ("conversations_conversation", "team_id", "conversations_team"),
    ("conversations_conversation", "company_id", "customers_company"),
    ("conversations_conversation", "customer_id", "customers_customer"),
    ("conversations_conversationcontact", "conversation_id", "conversations_conversation"),
    ("conversations_conversationcontact", "contact_id", "people_contact"),
    ("conversations_message", "connection_id", "integrations_connection"),
    ("conversations_message", "conversation_id", "conversations_conversation"),
    ("conversations_message", "contact_id", "people_contact"),
    ("conversations_message", "teammate_id", "conversations_teammate"),
    ("conversations_conversationtag", "tag_id", "conversations_tag"),
    ("conversations_conversationtag", "conversation_id", "conversations_conversation"),
    ("conversations_messagetag", "tag_id", "conversations_tag"),
    ("conversations_messagetag", "message_id", "conversations_message"),
    ("conversations_contacttag", "tag_id", "conversations_tag"),
    ("conversations_contacttag", "contact_id", "people_contact"),
    ("conversations_companytag", "tag_id", "conversations_tag"),
    ("conversations_companytag", "company_id", "customers_company"),
    ("integrations_permissioncheck", "connection_id", "integrations_connection"),
    ("integrations_syncrun", "connection_id", "integrations_connection"),
    ("integrations_streamstate", "connection_id", "integrations_connection"),
    ("integrations_syncstate", "connection_id", "integrations_connection"),
    ("integrations_pending", "connection_id", "integrations_connection"),
    ("integrations_deadletter", "connection_id", "integrations_connection"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("integrations", "0001_initial"),
        ("workspaces", "0001_initial"),
        ("customers", "0002_keys_and_imports"),
        ("people", "0002_contact_search"),
        ("conversations", "0002_message_search"),
    ]
    operations = [*(SameWorkspace(*pair) for pair in PAIRS), AppendOnly("workspaces_auditentry")]
