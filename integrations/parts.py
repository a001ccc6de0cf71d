"""The messages of conversations: how many the provider counts, how many are held, how many it no longer gives.

Intercom gives the newest 500 parts of a conversation. What is held stays held, so only what was never seen is lost.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from integrations.letters import Letter
from integrations.models import DeadLetter
from integrations.sync.dead import MESSAGES, PART
from integrations.tally import Tally
from sonora.conversations.models import Conversation


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """Parts, the opening messages left out. `unreadable` came and could not be stored; `not_retrievable` did not come.

    `cut` is the number of conversations of which the provider gives less than it counts.
    """

    said: int
    held: int
    unreadable: int
    not_retrievable: int
    cut: int


def of_conversation(conversation: Conversation) -> Parts:
    """The ledger of one conversation."""
    letters = DeadLetter.objects.filter(
        connection_id=conversation.connection_id,
        stream=MESSAGES,
        external_id__startswith=conversation.external_id + PART,
    )
    said, here = conversation.parts_total or 0, conversation.parts_held
    missing = max(0, said - here)
    unreadable = min(missing, letters.count()) if missing else 0
    lost = missing - unreadable
    return Parts(said=max(said, here), held=here, unreadable=unreadable, not_retrievable=lost, cut=1 if lost else 0)


def of_all(tally: Tally, letters: Collection[Letter]) -> Parts:
    """The sum over all conversations that are held: *tally* is theirs, *letters* those of their connection."""
    unreadable, whole = _explained(letters)
    return Parts(
        said=tally.parts + tally.parts_lacking,
        held=tally.parts,
        unreadable=unreadable,
        not_retrievable=tally.parts_lacking - unreadable,
        cut=tally.short - whole,
    )


def _explained(letters: Collection[Letter]) -> tuple[int, int]:
    """How many missing parts came and could not be read, and how many conversations lack nothing else."""
    lacks = {one.conversation: one.lacks for one in letters if one.lacks}
    number = Counter(one.conversation for one in letters)
    taken = [(min(lack, number[one]), lack) for one, lack in lacks.items()]
    return sum(some for some, _ in taken), sum(some == every for some, every in taken)
