"""Which sentences make a message of which kind, and what that message says.

A feeling is three shares (negative, neutral, positive) of the people who would call it so: where people differ, so
do the shares.
"""

from dataclasses import dataclass

Feeling = tuple[float, float, float]

PLAIN: Feeling = (0.03, 0.94, 0.03)
ASKING: Feeling = (0.04, 0.84, 0.12)
LACKING: Feeling = (0.25, 0.72, 0.03)
TROUBLED: Feeling = (0.5, 0.5, 0.0)
CALMLY_TROUBLED: Feeling = (0.3, 0.7, 0.0)
CROSS: Feeling = (0.95, 0.05, 0.0)
RATHER_CROSS: Feeling = (0.78, 0.2, 0.02)
GLAD: Feeling = (0.0, 0.05, 0.95)
RATHER_GLAD: Feeling = (0.05, 0.3, 0.65)
POLITE: Feeling = (0.02, 0.6, 0.38)
MIDDLING: Feeling = (0.12, 0.76, 0.12)
TORN: Feeling = (0.42, 0.33, 0.25)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """*core* are sections drawn in this order, joined as sentences, or with *joint* where one is given."""

    core: tuple[str, ...]
    feeling: Feeling
    asks: bool = False
    weight: float = 1.0
    joint: str = ". "
    language: str = "en"


ASKS = [
    Kind(core=("short_ask",), feeling=ASKING, asks=True, weight=11),
    Kind(core=("praise", "short_ask"), feeling=RATHER_GLAD, asks=True, weight=2.5),
    Kind(core=("good_review", "short_ask"), feeling=RATHER_GLAD, asks=True, weight=2),
    Kind(core=("short_ask", "thank"), feeling=POLITE, asks=True, weight=1.5),
    Kind(core=("wide_ask",), feeling=ASKING, asks=True, weight=12),
    Kind(core=("wide_need",), feeling=LACKING, asks=True, weight=6),
    Kind(core=("wide_ask", "why"), feeling=ASKING, asks=True, weight=2),
    Kind(core=("badstory", "wide_ask"), feeling=RATHER_CROSS, asks=True, weight=1.5),
    Kind(core=("goodstory", "wide_ask"), feeling=RATHER_GLAD, asks=True, weight=2),
    Kind(core=("tech", "wide_ask"), feeling=ASKING, asks=True, weight=2),
    Kind(core=("wide_need", "wide_ask"), feeling=LACKING, asks=True, weight=1.5),
    Kind(core=("fact", "wide_need"), feeling=LACKING, asks=True, weight=1),
    Kind(core=("praise", "wide_ask"), feeling=RATHER_GLAD, asks=True, weight=2),
    Kind(core=("thread", "wide_ask"), feeling=ASKING, asks=True, weight=1.5),
    Kind(core=("ask",), feeling=ASKING, asks=True, weight=9),
    Kind(core=("ask", "why"), feeling=ASKING, asks=True, weight=4),
    Kind(core=("why", "ask"), feeling=ASKING, asks=True, weight=1),
    Kind(core=("need",), feeling=LACKING, asks=True, weight=6),
    Kind(core=("need", "why"), feeling=LACKING, asks=True, weight=2),
    Kind(core=("need", "ask"), feeling=LACKING, asks=True, weight=2),
    Kind(core=("praise", "ask"), feeling=RATHER_GLAD, asks=True, weight=3),
    Kind(core=("praise", "ask"), feeling=RATHER_GLAD, asks=True, weight=2, joint=", but "),
    Kind(core=("praise", "need"), feeling=(0.2, 0.4, 0.4), asks=True, weight=1.5, joint=", but "),
    Kind(core=("praise", "need"), feeling=(0.2, 0.4, 0.4), asks=True, weight=1),
    Kind(core=("good_review", "ask"), feeling=RATHER_GLAD, asks=True, weight=1.5),
    Kind(core=("good_review", "ask"), feeling=RATHER_GLAD, asks=True, weight=1.5, joint=" but "),
    Kind(core=("meh", "ask"), feeling=MIDDLING, asks=True, weight=1),
    Kind(core=("thank", "ask"), feeling=POLITE, asks=True, weight=1.5),
    Kind(core=("anger", "ask"), feeling=RATHER_CROSS, asks=True, weight=1.2),
    Kind(core=("need", "weight"), feeling=CROSS, asks=True, weight=1.2),
    Kind(core=("fault", "ask"), feeling=(0.45, 0.55, 0.0), asks=True, weight=1.5),
    Kind(core=("question", "ask"), feeling=ASKING, asks=True, weight=1),
    Kind(core=("action", "ask"), feeling=ASKING, asks=True, weight=0.7),
    Kind(core=("ask", "ask"), feeling=ASKING, asks=True, weight=1.2),
    Kind(core=("thread", "ask"), feeling=ASKING, asks=True, weight=2.5),
    Kind(core=("thread", "need"), feeling=LACKING, asks=True, weight=1.5),
    Kind(core=("fact", "ask"), feeling=ASKING, asks=True, weight=1),
]

FAULTS = [
    Kind(core=("short_no",), feeling=(0.4, 0.57, 0.03), weight=6),
    Kind(core=("fault",), feeling=TROUBLED, weight=5),
    Kind(core=("fault", "calm"), feeling=CALMLY_TROUBLED, weight=4),
    Kind(core=("fault", "weight"), feeling=CROSS, weight=5),
    Kind(core=("weight", "fault"), feeling=CROSS, weight=2),
    Kind(core=("fault", "weight", "weight"), feeling=CROSS, weight=1.5),
    Kind(core=("faultwish",), feeling=(0.6, 0.38, 0.02), weight=5),
    Kind(core=("fault", "faultwish"), feeling=RATHER_CROSS, weight=3),
    Kind(core=("faultwish", "weight"), feeling=CROSS, weight=1),
    Kind(core=("praise", "faultwish"), feeling=TORN, weight=2, joint=", but "),
    Kind(core=("good_review", "faultwish"), feeling=TORN, weight=1.5, joint=" but "),
    Kind(core=("praise", "fault"), feeling=TORN, weight=2, joint=", but "),
    Kind(core=("thread", "fault"), feeling=CALMLY_TROUBLED, weight=2),
    Kind(core=("thread", "thread", "fault"), feeling=CALMLY_TROUBLED, weight=1),
]

PLAINS = [
    Kind(core=("tech",), feeling=PLAIN, weight=8),
    Kind(core=("tech", "tech"), feeling=PLAIN, weight=1),
    Kind(core=("tech", "question"), feeling=PLAIN, weight=1.5),
    Kind(core=("existing",), feeling=PLAIN, weight=5),
    Kind(core=("question",), feeling=PLAIN, weight=9),
    Kind(core=("action",), feeling=PLAIN, weight=7),
    Kind(core=("action", "fact"), feeling=PLAIN, weight=1.5),
    Kind(core=("fact",), feeling=PLAIN, weight=5),
    Kind(core=("fact", "question"), feeling=PLAIN, weight=2),
    Kind(core=("question", "question"), feeling=PLAIN, weight=1),
    Kind(core=("greeting",), feeling=(0.0, 0.9, 0.1), weight=1.5),
    Kind(core=("news",), feeling=PLAIN, weight=3),
    Kind(core=("thread",), feeling=PLAIN, weight=2),
    Kind(core=("thread", "question"), feeling=PLAIN, weight=1.5),
    Kind(core=("action", "weight"), feeling=CROSS, weight=1),
    Kind(core=("anger", "action"), feeling=CROSS, weight=1),
    Kind(core=("question", "weight"), feeling=CROSS, weight=0.7),
    Kind(core=("thank", "question"), feeling=POLITE, weight=1.5),
    Kind(core=("thank", "action"), feeling=POLITE, weight=1),
    Kind(core=("praise", "question"), feeling=RATHER_GLAD, weight=1.5),
]

FEELINGS = [
    Kind(core=("badstory",), feeling=(0.92, 0.08, 0.0), weight=11),
    Kind(core=("badstory", "badstory"), feeling=CROSS, weight=2),
    Kind(core=("badstory", "question"), feeling=RATHER_CROSS, weight=1),
    Kind(core=("badstory", "action"), feeling=RATHER_CROSS, weight=1),
    Kind(core=("fault", "badstory"), feeling=CROSS, weight=2),
    Kind(core=("goodstory",), feeling=(0.0, 0.08, 0.92), weight=8),
    Kind(core=("goodstory", "goodstory"), feeling=GLAD, weight=1),
    Kind(core=("goodstory", "question"), feeling=RATHER_GLAD, weight=0.8),
    Kind(core=("bad_review", "badstory"), feeling=CROSS, weight=1.5),
    Kind(core=("good_review", "goodstory"), feeling=GLAD, weight=1.5),
    Kind(core=("praise",), feeling=GLAD, weight=6),
    Kind(core=("praise", "praise"), feeling=GLAD, weight=2),
    Kind(core=("thank",), feeling=GLAD, weight=5),
    Kind(core=("thank", "praise"), feeling=GLAD, weight=1.5),
    Kind(core=("fact", "thank"), feeling=RATHER_GLAD, weight=1),
    Kind(core=("good_review",), feeling=GLAD, weight=2),
    Kind(core=("good_review", "good_review"), feeling=GLAD, weight=2, joint=", "),
    Kind(core=("praise", "good_review"), feeling=GLAD, weight=2),
    Kind(core=("life",), feeling=GLAD, weight=2.5),
    Kind(core=("grief",), feeling=CROSS, weight=2.5),
    Kind(core=("anger",), feeling=CROSS, weight=6),
    Kind(core=("anger", "anger"), feeling=CROSS, weight=2),
    Kind(core=("anger", "fault"), feeling=CROSS, weight=2),
    Kind(core=("weight",), feeling=CROSS, weight=3),
    Kind(core=("bad_review",), feeling=CROSS, weight=2),
    Kind(core=("bad_review", "bad_review"), feeling=CROSS, weight=2, joint=", "),
    Kind(core=("irony",), feeling=CROSS, weight=5),
    Kind(core=("irony", "fault"), feeling=CROSS, weight=1.5),
    Kind(core=("litotes",), feeling=(0.03, 0.2, 0.77), weight=2),
    Kind(core=("litotes", "praise"), feeling=GLAD, weight=0.7),
    Kind(core=("faint",), feeling=(0.72, 0.26, 0.02), weight=2),
    Kind(core=("meh",), feeling=MIDDLING, weight=3.5),
    Kind(core=("praise", "blame"), feeling=TORN, weight=2.5, joint=", "),
    Kind(core=("good_review", "blame"), feeling=TORN, weight=2, joint=", "),
    Kind(core=("bad_review", "credit"), feeling=(0.6, 0.3, 0.1), weight=1.5, joint=", "),
    Kind(core=("anger", "credit"), feeling=(0.7, 0.2, 0.1), weight=1, joint=", "),
    Kind(core=("meh", "blame"), feeling=(0.45, 0.53, 0.02), weight=1.5, joint=", "),
    Kind(core=("fault", "thank"), feeling=(0.2, 0.5, 0.3), weight=1),
]

TONGUES = [
    kind
    for language in ("de", "es", "fr", "pt", "nl")
    for kind in (
        Kind(core=(f"{language}_ask",), feeling=ASKING, asks=True, weight=0.8, language=language),
        Kind(core=(f"{language}_bad",), feeling=CROSS, weight=0.5, language=language),
        Kind(core=(f"{language}_good",), feeling=GLAD, weight=0.5, language=language),
        Kind(core=(f"{language}_plain",), feeling=PLAIN, weight=0.9, language=language),
    )
]

KINDS = [*ASKS, *FAULTS, *PLAINS, *FEELINGS, *TONGUES]
