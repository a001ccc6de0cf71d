"""Who wrote the message that words stand in is kept with the words: the database copies it there."""

from sonora.core.parent_copies import CopyFromParent

COPIED = CopyFromParent(
    child="insights_evidence", link="message_id", parent="conversations_message", columns=("contact_id",)
)
