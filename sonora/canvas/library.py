"""Blocks and canvases to begin with. Each block is a description like any other: it says nothing nobody could type."""

from dataclasses import dataclass

from sonora.canvas.blocks import Content
from sonora.canvas.describing import described
from sonora.canvas.kinds import Kind
from sonora.filters.viewer import Viewer


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """*about* says in a line what the block tells."""

    key: str
    title: str
    kind: Kind
    prompt: str
    about: str

    def content(self, viewer: Viewer) -> Content:
        """The block itself. Raises ValueError when its description says nothing, which a test rules out."""
        query = described(self.prompt, viewer).query
        if query is None:
            raise ValueError(f"{self.prompt!r} says nothing.")
        return Content(title=self.title, kind=self.kind, query=query, prompt=self.prompt)


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A whole canvas to begin with: the keys of its blocks, in rows of twelve columns."""

    key: str
    title: str
    about: str
    blocks: tuple[str, ...]

    @property
    def names(self) -> list[str]:
        """What its blocks are called."""
        return [BY_KEY[key].title for key in self.blocks]


BLOCKS = (  # in rows of twelve columns
    Ready(
        key="unhappy",
        title="Unhappy customers",
        kind=Kind.METRIC,
        prompt="How many unhappy customers in the last 30 days?",
        about="Customers with a negative conversation in the last 30 days",
    ),
    Ready(
        key="volume",
        title="Conversations per week",
        kind=Kind.LINE,
        prompt="Conversations per week over the last 3 months",
        about="How many were opened in each week of the last 3 months",
    ),
    Ready(
        key="tags",
        title="Conversations by tag",
        kind=Kind.BARS,
        prompt="Conversations by tag in the last 30 days",
        about="Which tags come up most",
    ),
    Ready(
        key="week",
        title="This week in a paragraph",
        kind=Kind.TEXT,
        prompt="What changed this week?",
        about="How much there was this week, with the latest words of customers",
    ),
    Ready(
        key="leaderboard",
        title="Feature requests",
        kind=Kind.BARS,
        prompt="Top 10 requests by customers",
        about="What is asked for, by the number of customers who do",
    ),
    Ready(
        key="sentiment",
        title="Sentiment by customer",
        kind=Kind.TABLE,
        prompt="Sentiment by customer in the last 30 days",
        about="How the conversations of each customer felt",
    ),
    Ready(
        key="quiet",
        title="People gone quiet",
        kind=Kind.LIST,
        prompt="Who went quiet in the last 30 days?",
        about="Who fell silent in the last 30 days, by their own rhythm",
    ),
    Ready(
        key="open",
        title="Open conversations",
        kind=Kind.LIST,
        prompt="Open conversations",
        about="What waits for an answer, the last updated first",
    ),
)
FIRST = ("unhappy", "volume", "tags", "leaderboard", "quiet")  # what a first canvas begins with
WATCHED = ("leaderboard", "unhappy", "tags", "quiet")  # what is offered to whoever has nothing to describe yet
BY_KEY = {one.key: one for one in BLOCKS}
TEMPLATES = (
    Template(
        key="support",
        title="Support week",
        about="What came in, what it was about, and what still waits for an answer",
        blocks=("tags", "week", "open"),
    ),
    Template(
        key="health",
        title="Customer health",
        about="Who is unhappy, how each customer feels, and who has gone quiet",
        blocks=("unhappy", "volume", "tags", "sentiment", "quiet"),
    ),
    Template(
        key="product",
        title="What customers ask for",
        about="The most wanted features, beside what conversations are about and how they felt",
        blocks=("leaderboard", "week", "tags", "sentiment"),
    ),
)
