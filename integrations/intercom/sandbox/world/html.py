"""Turns → the HTML that a message's body is made of, and its attachments."""

import html as markup
from datetime import UTC, datetime

from integrations.intercom.sandbox.world.model import Json
from integrations.intercom.sandbox.world.scene import Scene
from integrations.intercom.sandbox.world.thread import Turn

CDN = "https://downloads.intercomcdn.example/i/o"
_SIGNED = "?expires=1790000000&signature=0f3c5e7d9b1a&req=not-a-real-signature"


def escape(text: str) -> str:
    """*text* as HTML."""
    return markup.escape(text, quote=False)


def body(turn: Turn, *, mail: bool, scene: Scene) -> str | None:
    """The body of *turn*; None for an event and for what was redacted."""
    if not turn.lines or turn.extra == "redacted":
        return None
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in turn.lines)
    if turn.extra == "image":
        paragraphs += (
            f'<div class="intercom-container"><img src="{CDN}/{_number(scene)}/screenshot.png{_SIGNED}"></div>'
        )
    if turn.extra == "signature" or (mail and turn.who == "contact"):
        paragraphs += _signature(scene)
    if turn.extra == "quoted":
        paragraphs += _quotation(scene)
    return paragraphs


def attachments(turn: Turn, scene: Scene) -> list[Json]:
    """The files of *turn*: none, or one."""
    if turn.extra != "file":
        return []
    name, kind, size = scene.rng.choice(_FILES)
    url = f"{CDN}/{_number(scene)}/{name}{_SIGNED}"
    return [{"type": "upload", "name": name, "url": url, "content_type": kind, "filesize": size}]


_FILES = (
    ("screenshot.png", "image/png", 184_220),
    ("export.csv", "text/csv", 20_114),
    ("log.txt", "text/plain", 9_120),
    ("questionnaire.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", 55_310),
    ("receipt.pdf", "application/pdf", 71_008),
)


def _signature(scene: Scene) -> str:
    fields = scene.contact.fields
    if not fields["name"]:
        return ""
    lines = [
        fields["name"],
        fields["custom_attributes"].get("job_title", ""),
        fields["location"]["city"],
        fields["phone"] or "",
    ]
    return "<p>--<br>" + "<br>".join(escape(line) for line in lines if line) + "</p>"


def _quotation(scene: Scene) -> str:
    day = datetime.fromtimestamp(scene.contact.updated_at, UTC).strftime("%d.%m.%Y %H:%M")
    heading = scene.voice.quoted.format(date=day, who=scene.admin["name"])
    earlier = scene.pick(scene.story.answers)
    return f'<p>{escape(heading)}</p><blockquote type="cite"><p>{escape(earlier)}</p></blockquote>'


def _number(scene: Scene) -> int:
    return 700_000_000 + scene.rng.randrange(99_999_999)
