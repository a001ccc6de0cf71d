"""Changes to the workspace while it runs: what customers and teammates do next."""

import math

from integrations.intercom.sandbox.conversation_mutations import ConversationMutations
from integrations.intercom.sandbox.people_mutations import PeopleMutations, TagMutations
from integrations.intercom.sandbox.state import State
from integrations.intercom.sandbox.world.model import Json


class Mutations:
    """Carries out wishes `{"op": …, …}`; all are stamped with the server's time, or with `at` (Unix seconds)."""

    def __init__(self, state: State) -> None:
        self._world = state.world
        self._doers = {"catch_up": self._catch_up} | {
            name: doer
            for desk in (ConversationMutations(state), TagMutations(state), PeopleMutations(state))
            for name, doer in desk.doers().items()
        }

    def apply(self, wish: Json) -> Json:
        """Do what *wish* asks for and say what it touched. Raises ValueError or LookupError when that cannot be."""
        doer = self._doers.get(wish.get("op", ""))
        if doer is None:
            raise ValueError(f"op must be one of {', '.join(sorted(self._doers))}")
        result: Json = doer(wish)
        self._world.revision += 1
        return result

    def _catch_up(self, _: Json) -> Json:
        """Let the search see everything, however late it is."""
        for index in (self._world.conversations, self._world.contacts):
            index.catch_up(math.inf)
        return {}
