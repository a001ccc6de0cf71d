"""When a conversation was opened, and by which connection, is kept on its sentiment: the database copies it there.

So the sentiment of a million conversations is counted over time without asking each of them. A provider never changes
either.
"""

from sonora.core.parent_copies import CopyFromParent

COPIED = CopyFromParent(
    child="insights_conversationsentiment",
    key="conversation_id",
    link="conversation_id",
    parent="conversations_conversation",
    columns=("created_at", "connection_id"),
    is_fixed=True,
)
