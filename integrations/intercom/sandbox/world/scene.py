"""Who speaks in one conversation, in which language, and with which words filled in."""

import random
from dataclasses import dataclass

from integrations.intercom.sandbox.world.cast import Cast
from integrations.intercom.sandbox.world.model import Contact, Conversation, Json
from integrations.intercom.sandbox.world.slots import slots
from integrations.intercom.sandbox.world.stories import BY_KEY
from integrations.intercom.sandbox.world.stories.story import Story
from integrations.intercom.sandbox.world.voices import VOICES, Voice

OPERATOR = {"type": "bot", "id": "4100001", "name": "Operator", "email": "operator+nw7dspch@intercom.example"}
FIN = {"type": "bot", "id": "4100002", "name": "Fin", "email": "operator+nw7dspch@intercom.example"}
GONE_ADMIN = {"type": "admin", "id": "990000077", "name": "Jonas Beck", "email": "jonas.beck@northwind.example"}


@dataclass(slots=True, kw_only=True)
class Scene:
    """One conversation's people and words."""

    rng: random.Random
    story: Story
    voice: Voice
    words: dict[str, str]
    contact: Contact
    others: list[Contact]
    admin: Json
    colleague: Json
    language: str
    said: set[str]
    matter: int  # which of the story's openers it is about

    @classmethod
    def of(cls, rng: random.Random, cast: Cast, outline: Conversation) -> "Scene":
        """The scene of *outline*, with chance from *rng*."""
        contact, *others = [cast.contacts[ident] for ident in outline.contact_ids]
        admins = list(cast.admins.values())
        admin = cast.admins.get(str(outline.admin_id)) or rng.choice(admins)
        colleague = rng.choice(admins) if outline.number % 23 else GONE_ADMIN
        company = cast.companies.get(outline.company_id or "")
        words = slots(
            rng,
            story=outline.story,
            language=outline.language,
            city=contact.fields["location"]["city"],
            teammate=admin["name"].split(" ")[0],
            country=company.country if company else "us",
        )
        return cls(
            rng=rng,
            story=BY_KEY[outline.story],
            voice=VOICES[outline.language],
            words=words,
            contact=contact,
            others=others,
            admin=admin,
            colleague=colleague,
            language=outline.language,
            said=set(),
            matter=rng.randrange(len(BY_KEY[outline.story].openers)),
        )

    @property
    def admin_id(self) -> int:
        return int(self.admin["id"])

    def fill(self, sentence: str, **more: str) -> str:
        """*sentence* with its slots filled."""
        return sentence.format_map(self.words | more)

    def pick(self, lines: tuple[str, ...], **more: str) -> str:
        """One of *lines*, filled: the opener's own where each opener has one, else one that was not said yet."""
        if len(lines) == len(self.story.openers) and lines is not self.story.details:
            return self.fill(lines[self.matter], **more)
        chosen = self.rng.choice([line for line in lines if line not in self.said] or lines)
        self.said.add(chosen)
        return self.fill(chosen, **more)

    def exchange(self, *, last: bool) -> tuple[str, str]:
        """What the customer says next, and the team's answer; *last* when the answer is the solution."""
        story = self.story
        asked = self.rng.choice([line for line in story.follow_ups if line not in self.said])
        self.said.add(asked)
        if story.progress and not last:
            return self.fill(asked), self.pick(story.progress)
        if len(story.resolutions) != len(story.follow_ups):
            return self.fill(asked), self.pick(story.resolutions)
        return self.fill(asked), self.fill(story.resolutions[story.follow_ups.index(asked)])

    def left(self, lines: tuple[str, ...]) -> bool:
        """Whether one of *lines* was not said yet: nobody says the same thing twice."""
        return any(line not in self.said for line in lines)

    def author(self, who: str) -> Json:
        """The author object of one of contact, other, admin, colleague, operator, fin."""
        if who in {"operator", "fin"}:
            return OPERATOR if who == "operator" else FIN
        if who in {"admin", "colleague"}:
            person = self.admin if who == "admin" else self.colleague
            return {key: person[key] for key in ("type", "id", "name", "email")}
        contact = self.others[0] if who == "other" and self.others else self.contact
        fields = contact.fields
        return {"type": fields["role"], "id": contact.id, "name": fields["name"], "email": fields["email"]}

    def first_name(self, who: str) -> str:
        """What to call someone; "there" for a person without a name."""
        return (self.author(who)["name"] or "there").split(" ")[0]
