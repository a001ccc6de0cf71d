"""Who works for a company is kept on the link of their contact to it: the database copies it there.

So the people of many companies are read in one index, beginning with the companies. A contact has companies only once
it was read, and loses them when it goes.
"""

from sonora.core.parent_copies import CopyFromParent

COPIED = CopyFromParent(
    child="people_contactcompany",
    link="contact_id",
    parent="people_contact",
    columns=("person_id", "deleted_at"),
)
