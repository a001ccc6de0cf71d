"""The parts of a filter: each is one chip, and one name in an address."""

from dataclasses import dataclass

from sonora.conversations.models import Conversation
from sonora.filters.kinds import Choices, Flag, Ids, Kind, Span, Text, Words
from sonora.filters.tags import How
from sonora.graph.models import Rhythm
from sonora.insights.models import Sentiment
from sonora.people.models import Level

STATES = tuple(Conversation.State.values)
SENTIMENTS = tuple(Sentiment.values)
ROLES = ("user", "lead")
LEVELS = tuple(Level.values)
CHAMPION = ("yes", "no")
RHYTHMS = tuple(Rhythm.values)
TAGGED = {
    "tags": ("tag", "Tag"),
    "message_tags": ("message-tag", "Message tag"),
    "contact_tags": ("contact-tag", "Person tag"),
    "company_tags": ("company-tag", "Company tag"),
}
HOW = {How.ANY: ("{}", "{}"), How.ALL: ("{}-all", "{} all of"), How.NONE: ("{}-none", "{} none of")}


@dataclass(frozen=True, slots=True)
class Part:
    """*key* is the field of the filter, for tags followed by a dot and how they are meant.

    *name* stands for it in an address, *label* before its value for people to read.
    """

    key: str
    name: str
    label: str
    kind: Kind


def _of_tags(field: str) -> list[Part]:
    name, label = TAGGED[field]
    listed = [Part(f"{field}.{how}", HOW[how][0].format(name), HOW[how][1].format(label), Ids()) for how in HOW]
    return [*listed, Part(f"{field}.{How.UNTAGGED}", f"no-{name}", f"{label}", Flag())]


PARTS = (
    Part("text", "q", "Text", Text()),
    Part("states", "state", "State", Choices(STATES)),
    Part("sentiments", "sentiment", "Sentiment", Choices(SENTIMENTS)),
    *_of_tags("tags"),
    *_of_tags("message_tags"),
    *_of_tags("contact_tags"),
    *_of_tags("company_tags"),
    Part("customers", "customer", "Customer", Ids(nobody=True)),
    Part("tiers", "tier", "Tier", Words()),
    Part("people", "person", "Person", Ids()),
    Part("roles", "role", "Role", Choices(ROLES)),
    Part("engagements", "engagement", "Engagement", Choices(LEVELS)),
    Part("champions", "champion", "Champion", Choices(CHAMPION)),
    Part("rhythms", "rhythm", "Rhythm", Choices(RHYTHMS)),
    Part("silent", "silent", "Quiet or left since", Span()),
    Part("assignees", "assignee", "Assignee", Ids(nobody=True)),
    Part("requests", "request", "Feature request", Ids()),
    Part("updated", "updated", "Updated", Span()),
    Part("opened", "opened", "Opened", Span()),
)
SPANS = tuple(part.key for part in PARTS if isinstance(part.kind, Span))
BY_NAME = {part.name: part for part in PARTS}
BY_KEY = {part.key: part for part in PARTS}
