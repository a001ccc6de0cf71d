"""What every mutation needs: the clock, finding objects, and storing a changed conversation."""

import copy
from typing import Any

from integrations.intercom.sandbox.state import State
from integrations.intercom.sandbox.world import made
from integrations.intercom.sandbox.world.model import Contact, Conversation, Json, World


class Desk:
    """Access to the workspace of one sandbox for those who change it."""

    def __init__(self, state: State) -> None:
        self.state = state

    @property
    def world(self) -> World:
        return self.state.world

    def at(self, wish: Json) -> int:
        """The moment of the change: `at` of *wish*, or now. Unix seconds."""
        return int(wish.get("at") or self.state.now())

    def visible_at(self) -> float:
        """When the search will see a change made now. Unix seconds."""
        return self.state.now() + self.state.behaviour.lag_seconds

    def conversation(self, ident: Any) -> Conversation:
        """The conversation with this id. Raises LookupError when there is none."""
        found = self.world.conversations.live.get(int(ident))
        if found is None:
            raise LookupError(f"no conversation {ident}")
        return found

    def contact(self, ident: str) -> Contact:
        """The contact with this id. Raises LookupError when there is none."""
        found = self.world.contacts.live.get(ident)
        if found is None:
            raise LookupError(f"no contact {ident}")
        return found

    def anyone(self) -> Contact:
        """Some contact, always the same one."""
        return next(iter(self.world.contacts.live.values()))

    def copy(self, wish: Json) -> Json:
        """The document of the conversation `id`, free to be changed."""
        return copy.deepcopy(self.world.document(self.conversation(wish["id"])))

    def store(self, document: Json) -> Json:
        """Put a changed conversation in the place of the old one."""
        outline = made.outline(document)
        self.world.conversations.put(outline.id, outline, visible_at=self.visible_at())
        return {"id": document["id"], "updated_at": document["updated_at"]}
