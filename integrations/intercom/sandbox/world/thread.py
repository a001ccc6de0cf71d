"""The turns of a conversation, in order: who says or does what."""

from dataclasses import dataclass

from integrations.intercom.sandbox.world import voices
from integrations.intercom.sandbox.world.scene import Scene


@dataclass(slots=True, kw_only=True)
class Turn:
    """One part to be: *who* (contact, other, admin, colleague, operator, fin, nobody), *kind* (part_type), paragraphs.

    *extra* asks for something around the words: quoted, signature, image, file or redacted.
    """

    who: str
    kind: str = "comment"
    lines: tuple[str, ...] = ()
    title: str | None = None
    extra: str = ""


Turns = tuple[Turn, list[Turn]]


def thread(scene: Scene, state: str) -> Turns:
    """A story from its first message to the end that *state* asks for."""
    rng, story = scene.rng, scene.story
    title = scene.pick(story.subjects)
    begun = Turn(who="contact", lines=_first_message(scene), title=title, extra=rng.choice(_AROUND))
    turns = _welcome(scene)
    if state == "open" and rng.random() < 0.3:  # nobody has answered yet
        return begun, turns
    turns += [Turn(who="nobody", kind="default_assignment")] if rng.random() < 0.4 else []
    turns += _answer(scene)
    turns += _middle(scene)
    return begun, turns + _ending(scene, state)


def outreach(scene: Scene) -> Turns:
    """A teammate writes first."""
    you = scene.first_name("contact")
    begun = Turn(who="admin", lines=(scene.pick(voices.OUTREACH, you=you),), title=None)
    reply = Turn(who="contact", lines=(scene.pick(voices.OUTREACH_REPLIES),))
    thanks = Turn(who="admin", lines=("Thank you for telling me. I will take it from here.",))
    return begun, [reply, thanks]


def chatter(scene: Scene, count: int) -> Turns:
    """A migration that was done together, message by message: more parts than an answer holds."""
    begun = Turn(
        who="contact",
        lines=("We start the import of all our depots now and report here batch by batch.",),
        title="Import of all depots",
    )
    turns = [
        Turn(
            who=("contact", "admin")[place % 2],
            lines=(scene.fill(voices.CHATTER[place * 5 % len(voices.CHATTER)], n=str(place + 1)),),
        )
        for place in range(count)
    ]
    return begun, turns


def fixed(scene: Scene, count: int) -> Turns:
    """Exactly *count* parts, to and fro, for measuring."""
    begun = Turn(who="contact", lines=_first_message(scene), title=scene.pick(scene.story.subjects))
    lines = (scene.story.answers, scene.story.follow_ups)
    turns = [Turn(who=("admin", "contact")[place % 2], lines=(scene.pick(lines[place % 2]),)) for place in range(count)]
    return begun, turns


_AROUND = ("", "", "", "", "signature", "signature", "image", "file", "quoted")


def _first_message(scene: Scene) -> tuple[str, ...]:
    rng, story = scene.rng, scene.story
    main = scene.pick(story.openers)
    if rng.random() < 0.75:
        main = f"{main} {scene.pick(story.details)}"
    ask = scene.pick(story.asks) if rng.random() < 0.7 else ""
    hello = scene.pick(scene.voice.hello)
    return tuple(line for line in (hello, main, ask, _bye(scene, "contact")) if line)


def _welcome(scene: Scene) -> list[Turn]:
    rng, turns = scene.rng, []
    if rng.random() < 0.35:
        turns.append(Turn(who="operator", lines=(rng.choice(voices.WELCOMES),)))
    if rng.random() < 0.4 and scene.story.key in _FOR_A_BOT:
        turns.append(Turn(who="fin", lines=(rng.choice(voices.FIN_ANSWERS),)))
        turns.append(Turn(who="contact", lines=(rng.choice(voices.FIN_REPLIES),)))
    if rng.random() < 0.08:
        turns.append(Turn(who="fin", kind="language_detection_details"))
    return turns


_FOR_A_BOT = frozenset({"how_to", "onboarding", "integration"})


def _answer(scene: Scene) -> list[Turn]:
    rng, story = scene.rng, scene.story
    turns = []
    if story.notes and rng.random() < 0.45:
        turns.append(Turn(who="colleague", kind="note", lines=(scene.pick(story.notes),)))
    hello = scene.pick(scene.voice.team_hello, you=scene.first_name("contact"))
    answer = scene.pick(story.answers)
    if hello.endswith(":"):
        answer = answer[0].upper() + answer[1:]
    lines = tuple(line for line in (hello, answer, _bye(scene, "admin")) if line)
    kind = "assignment" if rng.random() < 0.2 else "comment"  # an answer and an assignment in one
    turns.append(Turn(who="admin", kind=kind, lines=lines))
    return turns


def _middle(scene: Scene) -> list[Turn]:
    rng, story = scene.rng, scene.story
    turns: list[Turn] = []
    rounds = min(rng.choices((0, 1, 2, 3), (1, 5, 3, 1))[0], len(story.follow_ups), len(story.resolutions))
    for place in range(rounds):
        asked, answered = scene.exchange(last=place == rounds - 1)
        speaker = "other" if scene.others and rng.random() < 0.5 else "contact"
        turns.append(Turn(who=speaker, lines=(asked,), extra=rng.choice(("", "", "quoted", "signature", "file"))))
        if rng.random() < 0.06:
            turns.append(Turn(who="contact", lines=(rng.choice(scene.voice.out_of_office),)))
        if rng.random() < 0.12:
            turns.append(Turn(who="admin", kind=rng.choice(_EVENTS)))
        turns.append(Turn(who="admin" if rng.random() < 0.8 else "colleague", lines=(answered,)))
    if turns and rng.random() < 0.03:
        turns[0].extra = "redacted"
    return turns


_EVENTS = (
    "conversation_attribute_updated_by_admin",
    "participant_added",
    "assignment",
    "ticket_state_updated_by_admin",
)


def _ending(scene: Scene, state: str) -> list[Turn]:
    rng, story = scene.rng, scene.story
    if state == "snoozed":
        return [Turn(who="admin", kind="snoozed")]
    if state == "open":
        return [Turn(who="contact", lines=(scene.pick(story.follow_ups),))] if scene.left(story.follow_ups) else []
    turns = [Turn(who="contact", lines=(scene.pick(story.endings),))] if rng.random() < 0.8 else []
    if rng.random() < 0.1 and scene.left(story.follow_ups):
        turns += [
            Turn(who="admin", kind="close"),
            Turn(who="contact", kind="open", lines=(scene.pick(story.follow_ups),)),
        ]
    return [*turns, Turn(who="admin" if rng.random() < 0.85 else "fin", kind="close")]


def _bye(scene: Scene, who: str) -> str:
    lines = scene.voice.bye if who == "contact" else scene.voice.team_bye
    name = scene.author(who)["name"]
    if not name:
        return ""
    return scene.pick(lines, me=name.split(" ")[0])
