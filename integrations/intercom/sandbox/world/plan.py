"""What happens when, with whom: the outline of every conversation, cheap enough for a hundred thousand of them."""

import random
from typing import Any

from integrations.intercom.sandbox.options import Options
from integrations.intercom.sandbox.world.cast import Cast
from integrations.intercom.sandbox.world.ids import randomness
from integrations.intercom.sandbox.world.model import Contact, Conversation
from integrations.intercom.sandbox.world.stories import BY_KEY, OUTAGE, STORIES

DAY, HOUR = 86_400, 3600
SPAN = 205 * DAY  # how far back conversations go
OUTAGES = (23.35, 96.2)  # days before the start; they struck in the morning and lasted hours
IN_AN_OUTAGE = 0.06  # share of all conversations
OWN_LANGUAGE = 0.85  # of people with another language, those who write in it
FIRST_ID, ID_STEP = 215_470_000_000_000, 1_000_003
LONG, GROUP, WITHOUT_SOURCE = 11, 7, 4  # places in the workspace of what is there at least once
OPEN_BY_AGE = ((3, 0.85), (14, 0.6), (45, 0.3), (10_000, 0.06))  # up to so many days old: the share that is not closed
FIRST_TEAM = 5_017_001


def plan(options: Options, cast: Cast) -> list[Conversation]:
    """The outlines of all conversations of the workspace."""
    return [_outline(options, cast, number) for number in range(options.conversations)]


def planned_deletions(options: Options) -> list[dict[str, Any]]:
    """Conversations that were deleted before the start: their ids belong to none that is there."""
    rng = randomness(options.seed, "deletions")
    count = min(40, options.conversations // 40)
    return [
        {
            "type": "conversation",
            "id": str(conversation_id(rng.randrange(options.conversations)) + 500_000),
            "metrics_retained": rng.random() < 0.5,
            "deleted_at": options.clock_start - rng.randint(DAY, 60 * DAY),
        }
        for _ in range(count)
    ]


def conversation_id(number: int) -> int:
    """The id of the conversation at this place of the workspace."""
    return FIRST_ID + number * ID_STEP + number * 7919 % 99_991


def _outline(options: Options, cast: Cast, number: int) -> Conversation:
    rng = randomness(options.seed, "conversation", number)
    created, outage = _beginning(rng, options, number)
    contact = cast.by_creation[int(rng.random() * cast.known_at(created))]
    language = contact.language if contact.language in STORIES and rng.random() < OWN_LANGUAGE else "en"
    story = OUTAGE.key if outage and language == "en" else _story(rng, cast, contact, language)
    state = _state(rng, options.clock_start - created)
    updated = _end(rng, created, options.clock_start, state)
    assigned = state == "closed" or rng.random() < 0.7
    return Conversation(
        id=conversation_id(number),
        number=number,
        created_at=created,
        updated_at=updated,
        state=state,
        snoozed_until=options.clock_start + rng.randint(1, 12) * DAY if state == "snoozed" else None,
        contact_ids=_people(rng, cast, contact, number),
        admin_id=rng.choice(cast.admin_ids) if assigned and rng.random() < 0.92 and cast.admin_ids else 0,
        team_id=FIRST_TEAM + BY_KEY[story].team if assigned else 0,
        tag_ids=_tags(rng, cast, story, language),
        company_id=contact.company_ids[0] if contact.company_ids else None,
        priority=BY_KEY[story].priority if rng.random() < 0.7 else "none",
        story=story,
        language=language,
    )


def _beginning(rng: random.Random, options: Options, number: int) -> tuple[int, bool]:
    """(created_at, whether an outage is going on). Ids rise with time, all but those of an outage's rush."""
    if options.conversations >= 50 and rng.random() < IN_AN_OUTAGE:
        began = options.clock_start - int(OUTAGES[number % len(OUTAGES)] * DAY)
        return began + int(rng.betavariate(1.3, 3) * 7 * HOUR), True
    share = (number + rng.random()) / options.conversations
    created = options.clock_start - SPAN + int(share * (SPAN - 240))
    hour = created // HOUR % 24
    if not 6 <= hour <= 19 and rng.random() < 0.8:  # most people write in the daytime
        created -= rng.randint(6, 12) * HOUR
    return created, False


def _story(rng: random.Random, cast: Cast, contact: Contact, language: str) -> str:
    stories = STORIES[language]
    company = cast.companies.get(contact.company_ids[0]) if contact.company_ids else None
    health = company.health if company else "calm"
    weights = [story.weight * _LIKELY.get((health, story.mood), 1.0) for story in stories]
    return rng.choices(stories, weights)[0].key


_LIKELY = {("at risk", "bad"): 2.5, ("at risk", "good"): 0.1, ("happy", "good"): 2.5, ("happy", "bad"): 0.5}


def _state(rng: random.Random, age: int) -> str:
    share = next(share for days, share in OPEN_BY_AGE if age < days * DAY)
    if rng.random() >= share:
        return "closed"
    return "snoozed" if rng.random() < 0.2 else "open"


def _end(rng: random.Random, created: int, now: int, state: str) -> int:
    """When it changed last: hours to days after it began, never later than a minute before the start."""
    lasted = int(rng.expovariate(1 / (30 * HOUR))) + rng.randint(120, 3 * HOUR)
    if state == "closed" and rng.random() < 0.03:
        lasted += rng.randint(10, 60) * DAY  # reopened much later
    return max(created, min(created + lasted, now - 60 - rng.randint(0, 2 * HOUR)))


def _people(rng: random.Random, cast: Cast, contact: Contact, number: int) -> tuple[str, ...]:
    if number != GROUP and rng.random() > 0.02:
        return (contact.id,)
    others = [cast.by_creation[int(rng.random() * len(cast.by_creation))].id for _ in range(2)]
    return tuple(dict.fromkeys((contact.id, *others)))


def _tags(rng: random.Random, cast: Cast, story: str, language: str) -> tuple[str, ...]:
    wanted = [name for name in BY_KEY[story].tags if rng.random() < 0.75]
    if language in _LANGUAGE_TAGS and rng.random() < 0.5:
        wanted.append(_LANGUAGE_TAGS[language])
    found = [cast.tag_by_name[name] for name in wanted if name in cast.tag_by_name]
    twins = [ident for ident, name in cast.tags.items() if name in wanted and ident not in found]
    if twins and rng.random() < 0.3:  # the same name twice: some use one tag, some the other
        found = [*found[1:], twins[0]]
    return tuple(dict.fromkeys(found))


_LANGUAGE_TAGS = {"de": "German", "fr": "French", "es": "Spanish"}
