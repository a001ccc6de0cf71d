"""From what was read in messages to the words under requests: added, kept, replaced, removed.

Doing it again changes nothing. What a person decided about words stays as long as the customer still says them; words
that were removed or deleted at the provider go, whoever decided what, and are as decided once they come back. New words
join the group that they are most like, and where that was merged or dismissed by a person, they go where the person
said.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sonora.conversations.models import Message
from sonora.core import clock
from sonora.insights import encoding, groups, keeping, naming, vectors, versions
from sonora.insights.models import Evidence, FeatureRequest
from sonora.insights.readings import Batch

CERTAIN = 0.85  # of the calibrated probability (ml/RESULTS.md); what asks with less is for a person to check
LONGEST_QUOTE = 2_000  # characters
WRITTEN = ("quote", "probability", "state", "request", "vector", "encoder")


@dataclass(frozen=True, slots=True)
class Asked:
    """What one message asks for."""

    message: Message
    quote: str
    probability: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a batch asks for, by message, with vectors of the quotes that need one. *alike*: as the encoder's."""

    asked: Mapping[int, Asked]
    texts: Mapping[int, str]  # what customers said, by message
    conversations: Mapping[int, int]  # message → conversation
    vectors: Mapping[int, bytes]
    encoder: str
    alike: float


def find(batch: Batch) -> Found:
    """What the messages of *batch* ask for; where the time goes, so outside any transaction. Writes nothing."""
    names = naming.names()
    encoder = encoding.encoder(names)
    messages = [message for some in batch.messages.values() for message in some]
    asked = {one.message.pk: one for one in _asked(messages, batch)}
    version = f"{encoder.version}+{names.version}"
    held = Evidence.objects.filter(message__in=asked).values_list("message", "quote", "encoder")
    known = {message for message, quote, by in held if (quote, by) == (asked[message].quote, version)}
    wanted = [pk for pk in asked if pk not in known]
    made = encoder.vectors([names.plain(asked[pk].quote) for pk in wanted]) if wanted else ()
    return Found(
        asked=asked,
        texts={message.pk: message.text for message in messages},
        conversations={message.pk: message.conversation_id for message in messages},
        vectors={pk: vectors.pack(vector) for pk, vector in zip(wanted, made, strict=True)},
        encoder=version,
        alike=encoder.alike,
    )


def _asked(messages: Iterable[Message], batch: Batch) -> Iterable[Asked]:
    for message in messages:
        reading = batch.readings.get(message.pk)
        if reading and reading.quote and reading.request is not None:
            yield Asked(message, reading.quote[:LONGEST_QUOTE], reading.request)


def save(found: Found, conversations: Collection[int], *, workspace_id: int) -> None:
    """Let the evidence of *conversations* (primary keys) be what was found; in a transaction."""
    held = list(Evidence.objects.filter(conversation__in=conversations).order_by("pk"))
    there = {one.message_id for one in held}
    kept = [one for one in held if _stays(one, found)]
    Evidence.objects.filter(pk__in={one.pk for one in held} - {one.pk for one in kept}).delete()
    other = [one for one in kept if one.message_id in found.asked and _differs(one, found)]
    mine = set(conversations)
    new = [pk for pk in found.asked if pk not in there and found.conversations[pk] in mine]
    if other or new:
        added = [_new(found, pk, workspace_id) for pk in new]
        keeping.hold_again(added)
        _write(found, other, added, workspace_id)


def _stays(one: Evidence, found: Found) -> bool:
    """Whether the customer still asks, or still says the words about which a person decided."""
    if one.message_id in found.asked:
        return True
    text = found.texts.get(one.message_id)
    is_decided = bool(one.decided_by or one.moved_by)
    return is_decided and text is not None and _plain(one.quote) in _plain(text)


def _plain(text: str) -> str:
    return " ".join(text.split())


def _differs(one: Evidence, found: Found) -> bool:
    asked = found.asked[one.message_id]
    return (one.quote, one.probability) != (asked.quote, asked.probability) or one.message_id in found.vectors


def _new(found: Found, message: int, workspace_id: int) -> Evidence:
    return Evidence(
        workspace_id=workspace_id,
        message=found.asked[message].message,
        conversation_id=found.conversations[message],
        noted_at=clock.now(),
    )


def _write(found: Found, other: Sequence[Evidence], new: Sequence[Evidence], workspace_id: int) -> None:
    places = _Places(found, workspace_id)
    for one in [*other, *new]:
        says_else = one.quote != found.asked[one.message_id].quote
        _fill(one, found)
        if says_else and not one.moved_by:
            one.request_id = places.of(one)
    Evidence.objects.bulk_update(other, WRITTEN, batch_size=100)
    Evidence.objects.bulk_create(new, batch_size=100)


def _fill(one: Evidence, found: Found) -> None:
    asked = found.asked[one.message_id]
    one.quote, one.probability = asked.quote, asked.probability
    if one.message_id in found.vectors:
        one.vector, one.encoder = found.vectors[one.message_id], found.encoder
    if not one.decided_by:
        one.state = Evidence.State.CERTAIN if asked.probability >= CERTAIN else Evidence.State.TO_CHECK


class _Places:
    """Where words belong. The workspace's version is held, so nobody else makes a group of the same at the time."""

    def __init__(self, found: Found, workspace_id: int) -> None:
        self._workspace = workspace_id
        self._alike = found.alike
        self._version = versions.advance(workspace_id)
        self._groups: groups.Groups | None = None

    def of(self, one: Evidence) -> int:
        """The request that *one* asks for; a new one where none is like it."""
        vector = vectors.unpack([one.vector])[0]
        if self._groups is None:
            self._groups = groups.of(self._workspace, width=len(vector), version=self._version)
        best = self._groups.best(vector)
        if best and best[1] >= self._alike and FeatureRequest.objects.filter(pk=best[0]).exists():
            return best[0]
        request = FeatureRequest.objects.create(
            workspace_id=self._workspace, vector=one.vector, version=self._version, created_at=one.noted_at
        )
        self._groups.put(request.pk, request.pk, vector)
        return request.pk
