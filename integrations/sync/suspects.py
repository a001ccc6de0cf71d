"""Too many gone at once to believe: a wrong region, a token that sees less or a fault at the provider look just so.

Nothing is deleted then; how many it would be is kept for people to see, and one of them may say that they are gone
indeed.
"""

from integrations.sync.slice import Slice
from sonora.core import clock

MOST, SHARE = 20, 0.02  # more than this, and than this share of what is held, is a fault and not deletions
APPROVED_FOR = 2 * 86_400  # seconds that a person's word lets them go


def too_many(work: Slice, stream: str, gone: int, *, held: int) -> bool:
    """Whether *gone* of *held* objects are too many to let go, inside a transaction; keeps what people should see."""
    held_back = gone > max(MOST, SHARE * held) and not is_approved(work, stream)
    known = work.state.suspects.get(stream)
    if held_back and known != gone:
        work.lease.save(suspects={**work.state.suspects, stream: gone})
        if known is None:
            work.issue(f"Intercom says that {gone} {stream} are gone. That is too many to believe: they are kept.")
    if not held_back and known is not None:
        work.lease.save(suspects={one: n for one, n in work.state.suspects.items() if one != stream})
    return held_back


def is_approved(work: Slice, stream: str) -> bool:
    """Whether a person said lately that what is missing of *stream* is gone indeed."""
    approved = work.state.suspects_approved.get(stream)
    return approved is not None and clock.now() - approved["at"] < APPROVED_FOR
