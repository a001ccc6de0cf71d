"""The address of a conversation, as people copy it from Intercom: which conversation it is, and of which workspace."""

import re

from integrations.checks import NotUsable
from integrations.records import ConversationName

LONGEST = 2_000  # characters of what is pasted
_ID = re.compile(r"[0-9]{1,20}")
_HOST = re.compile(r"app\.(?:eu\.|au\.)?intercom\.(?:com|io)")
_PLACES = (  # the inbox of today, the one before, and links in mails of Intercom
    re.compile(r"/a/inbox/([A-Za-z0-9_-]{1,64})/.*?/?conversation/([0-9]{1,20})(?![0-9])"),
    re.compile(r"/a/apps/([A-Za-z0-9_-]{1,64})/.*?/?conversations?/([0-9]{1,20})(?![0-9])"),
)
NOT_A_LINK = "Paste the address of a conversation in Intercom, or its number."


def parse(typed: str) -> ConversationName:
    """What *typed* names: an address of Intercom's inbox, or the bare number of a conversation. Raises NotUsable."""
    text = typed.strip().strip("<>\"'")[:LONGEST]
    if _ID.fullmatch(text):
        return ConversationName(external_id=text)
    host, _, path = text.partition("://")[2].partition("/") if "://" in text else text.partition("/")
    if not _HOST.fullmatch(host.lower()):
        raise NotUsable(NOT_A_LINK)
    for place in _PLACES:
        if found := place.match(f"/{path}"):
            return ConversationName(app_id=found[1], external_id=found[2])
    raise NotUsable(NOT_A_LINK)
