"""Who takes part in a conversation, and as what, is kept on the link to the contact: the database copies it there.

Contacts change whom they are by syncs, merges, splits and their undoing; nothing but `COPIED` follows that here.
"""

from sonora.core.parent_copies import CopyFromParent

COPIED = CopyFromParent(
    child="conversations_conversationcontact",
    link="contact_id",
    parent="people_contact",
    columns=("person_id", "role"),
)
