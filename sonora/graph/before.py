"""What was known of silent people when they wrote last: of the 90 days of 24 hours that ended with that message.

A conversation counts there in which they wrote in those days. It asks the database one question, and one more where
somebody was glad enough to have been a champion: most of whoever is silent did not.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sonora.conversations.models import Message
from sonora.core.among import among
from sonora.graph import answers, replies
from sonora.graph.champion import SURE, is_glad
from sonora.graph.facts import Facts
from sonora.graph.replies import Exchange, Line
from sonora.graph.silence import DAY, silence
from sonora.insights import showing
from sonora.insights.trends import COUNTED, Mix

SHORT, LONG, YEAR = 30 * DAY, 90 * DAY, 365 * DAY  # seconds


@dataclass(slots=True, kw_only=True)
class _Past:
    """Up to *at*, their last message: when they wrote, and in which conversations."""

    at: int
    times: list[int] = field(default_factory=list)
    talks: dict[int, str] = field(default_factory=dict)  # and how each felt

    def holds(self, at: int) -> bool:
        return self.at - LONG <= at <= self.at


def facts(now_known: Mapping[int, Facts], *, now: int) -> dict[int, Facts]:
    """By person, out of what is *now_known* of each: of those who wrote in the year before *now* and may matter."""
    pasts = _pasts({person: one.wrote_at for person, one in now_known.items() if one.wrote_at and _may(one, now)})
    glad = {
        person: (past, known)
        for person, past in pasts.items()
        if is_glad(known := _known(past, requests=now_known[person].requests))
    }
    return _with_answers(glad) if glad else {}


def _may(known: Facts, now: int) -> bool:
    """Whether somebody is silent, not for too long, and talked enough before."""
    is_late = (known.wrote_at or 0) >= now - YEAR
    return is_late and known.conversations >= SURE and silence(known, now=now).state != "active"


def _pasts(ended: Mapping[int, int]) -> dict[int, _Past]:
    """Of each the days before their last message, which was at *ended*."""
    if not ended:
        return {}
    pasts = {person: _Past(at=at) for person, at in ended.items()}
    held = {"conversation__fetched_at__isnull": False, "conversation__deleted_at__isnull": True}
    own = Message.objects.all().by_customers().filter(contact__person__in=pasts, **held)
    own = own.filter(created_at__range=(min(ended.values()) - LONG, max(ended.values()))).order_by()
    felt = own.annotate(felt=showing.label("conversation__"))
    for person, talk, at, label in felt.values_list("contact__person", "conversation_id", "created_at", "felt"):
        past = pasts[person or 0]
        if past.holds(at or 0):
            past.times.append(at or 0)
            past.talks[talk] = label
    return pasts


def _known(past: _Past, *, requests: int) -> Facts:
    mix = Mix(**Counter(label for label in past.talks.values() if label in COUNTED))
    return Facts(
        conversations_90=len(past.talks),
        messages_30=sum(at >= past.at - SHORT for at in past.times),
        messages_90=len(past.times),
        wrote_at=past.at,
        requests=requests,
        felt=mix.label,
        felt_number=mix.number,
    )


def _with_answers(glad: Mapping[int, tuple[_Past, Facts]]) -> dict[int, Facts]:
    said = _said({talk for past, _ in glad.values() for talk in past.talks})
    return {person: _answered(known, person, past, said) for person, (past, known) in glad.items()}


def _said(talks: Collection[int]) -> dict[int, list[Line]]:
    found: dict[int, list[Line]] = defaultdict(list)
    for line in answers.lines(Message.objects.filter(among("conversation", talks))):
        found[line.conversation].append(line)
    return found


def _answered(known: Facts, person: int, past: _Past, said: Mapping[int, Sequence[Line]]) -> Facts:
    lines = [line for talk in sorted(past.talks) for line in said.get(talk, ()) if past.holds(line.at)]
    exchange = replies.exchanges(lines).get(person, Exchange())
    return replace(known, theirs=replies.pace(exchange.theirs), teammates=exchange.by_teammate)
