"""What is synced: sizes of a sandbox workspace, and the conditions under which it is read."""

from dataclasses import dataclass

UNLIMITED = 1_000_000  # requests in ten seconds: the limit decides nothing
DOCUMENTED_LIMIT = 1_667


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A workspace of so many objects. *parts*: of each conversation; None: as many as its story has."""

    conversations: int
    parts: int | None
    contacts: int
    companies: int
    admins: int = 5
    tags: int = 10

    def __str__(self) -> str:
        parts = f" × {self.parts} parts" if self.parts is not None else ""
        return f"{self.conversations:,} conversations{parts}, {self.contacts:,} contacts, {self.companies:,} companies"

    def flags(self) -> dict[str, int]:
        """The flags of the sandbox that make it."""
        sizes = {name: getattr(self, name) for name in ("conversations", "contacts", "companies", "admins", "tags")}
        return sizes if self.parts is None else {**sizes, "parts": self.parts}


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One table: a job under each latency (milliseconds), each way *runs* times; the best run counts."""

    title: str
    job: Job
    latencies: tuple[int, ...]
    databases: tuple[str, ...] = ("sqlite", "postgresql")
    runs: int = 3
    share: float = 1.0  # of the rate limit
    rate_limit: int = UNLIMITED
    sequential: bool = True
    worker: bool = False


JOBS = {
    "reference": Job(conversations=300, parts=6, contacts=200, companies=40),
    "thousand": Job(conversations=1_000, parts=8, contacts=564, companies=95),
    "scaled": Job(conversations=1_000, parts=8, contacts=200, companies=10),  # as many to each as with a million
    "five": Job(conversations=1_500, parts=6, contacts=1_000, companies=200),
    "slow": Job(conversations=3_000, parts=8, contacts=564, companies=95),
    "many": Job(conversations=20_000, parts=8, contacts=564, companies=95),
    "limit": Job(conversations=5_000, parts=8, contacts=564, companies=95),
}
QUICK = Job(conversations=60, parts=6, contacts=40, companies=10)

ALL = (
    Section(title="Reference job", job=JOBS["reference"], latencies=(20, 100), runs=2, worker=True),
    Section(title="A thousand conversations", job=JOBS["thousand"], latencies=(20,), runs=2),
    Section(title="Five times the reference job", job=JOBS["five"], latencies=(20,), runs=2, worker=True),
    Section(
        title="At the documented limit",
        job=JOBS["limit"],
        latencies=(100,),
        runs=1,
        rate_limit=DOCUMENTED_LIMIT,
        sequential=False,
    ),
    Section(
        title="A slow Intercom",
        job=JOBS["slow"],
        latencies=(300,),
        runs=1,
        share=0.8,
        rate_limit=DOCUMENTED_LIMIT,
        sequential=False,
        worker=True,
    ),
    Section(title="Memory: a thousand", job=JOBS["thousand"], latencies=(0,), runs=1, sequential=False),
    Section(title="Memory: twenty thousand", job=JOBS["many"], latencies=(0,), runs=1, sequential=False),
)
