"""Everything that `scale.py` asks for: pages and fragments, filters, searches, questions, with the limit of each."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import canvas_of_scale
import served
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from integrations.models import SyncRun
from sonora.canvas.models import Block
from sonora.conversations.models import Conversation, Tag, Teammate
from sonora.customers.models import Company, Customer
from sonora.insights.models import Evidence, FeatureRequest
from sonora.people.models import Person
from sonora.screens.filters.place import OFFERED
from sonora.workspaces.models import Membership

PAGE, SEARCH, ANSWER, CANVAS = 300, 500, 1_000, 1_500  # milliseconds
INTERCOM = {"provider_name": "intercom"}
PLAIN = (
    "chat", "conversations", "people", "customers", "add-customer", "import-customers",
    "feature-requests", "feature-requests-to-check", "dismissed-feature-requests", "similar-feature-requests",
    "feature-request-names", "help-intercom", "audit", "integrations", "notices", "workspaces", "people-graph",
    "canvases", "add-block",
)  # fmt: skip
OF_INTERCOM = (
    "integration", "integration-progress", "matching", "matching-why", "matching-rules", "matching-history",
    "sync-runs", "unreadable-objects", "missing-objects", "resync-integration", "integration-settings",
    "troubleshooting", "disconnect-integration",
)  # fmt: skip
OF_ONE = {
    "conversation": "talk", "customer": "customer", "edit-customer": "customer", "merge-customer": "customer",
    "add-external-id": "customer", "customer-people": "customer", "person": "person", "person-timeline": "person",
    "person-identities": "person", "feature-request": "request", "choose-feature-request": "request",
    "canvas": "canvas", "canvas-filters": "canvas", "canvas-settings": "canvas",
}  # fmt: skip
CONVERSATIONS = {
    "a tag on a fifth": "tag={t0}",
    "a tag on a twentieth": "tag={t1}",
    "a tag on a hundredth": "tag={t2}",
    "a tag on one in 5,000": "tag={t3}",
    "tag, sentiment, dates": "tag={t1}&sentiment=negative&updated=last-90-days",
    "common tag, sentiment, dates": "tag={t0}&sentiment=negative&updated=last-90-days",
    "rare tag, sentiment, dates": "tag={t2}&sentiment=mixed&updated=this-year",
    "sentiment": "sentiment=negative",
    "sentiment, old dates": "sentiment=mixed&updated=..2025-06-30",
    "opened last month": "opened=last-month",
    "none of a tag, state": "tag-none={t0}&state=open",
    "all of two tags": "tag-all={t0}&tag-all={t405}",
    "no tag": "no-tag=yes",
    "customer, sentiment": "customer={customer}&sentiment=negative",
    "large customer": "customer={large}",
    "person": "person={person}",
    "tier, sentiment, dates": "tier=Enterprise&sentiment=negative&updated=last-30-days",
    "assignee none, state": "assignee=none&state=open",
    "role, tag": "role=lead&tag={t1}",
    "role": "role=lead",
    "person tag": "contact-tag={t1}",
    "company tag": "company-tag={t1}",
    "message tag": "message-tag={t1}",
    "request": "request={request}",
    "request, tag, sentiment": "request={request}&tag={t0}&sentiment=negative",
    "no customer": "customer=none",
    "engagement": "engagement=medium",
    "rhythm": "rhythm=quiet",
}
PEOPLE = {
    "sentiment": "sentiment=negative",
    "tag, sentiment, dates": "tag={t2}&sentiment=mixed&updated=last-90-days",
    "role": "role=lead",
    "person tag": "contact-tag={t1}",
    "customer": "customer={large}",
    "tier": "tier=Enterprise",
    "company unmatched": "work=unmatched",
    "engagement": "engagement=medium",
    "champions": "champion=yes",
    "quiet": "rhythm=quiet",
    "quiet since": "rhythm=quiet&silent=last-month",
}
TEXTS = {
    "a common word": "refund",
    "a rare word": "Order 4321",
    "a beginning": "ord",
    "two words": "dark mode",
    "a name": "person 77",
    "a common word, tag, sentiment": "refund&tag={t1}&sentiment=negative",
}
NARROW = "sentiment=negative&updated=last-30-days"
COUNTED = ("tags.any", "states", "sentiments", "customers", "tiers", "people", "roles", "assignees", "requests",
           "contact_tags.any", "engagements", "champions", "rhythms")  # fmt: skip
DRAFTS = ("Unhappy customers this month", "People per month", "Conversations by tag in the last 30 days")
QUESTIONS = (
    "Unhappy customers this month",
    "How many open conversations are tagged Billing?",
    "Which tags are most common in the last 30 days?",
    "Conversations per week over the last 6 months",
    "Sentiment by customer",
    "Who asked for “Billing of kind 0”?",
    "What changed for “Customer 0” in the last 30 days?",
    "Which customers tagged Billing are unhappy this month?",
    "Top requests by customers",
    "People per month",
    "Compare negative conversations this month with last month",
    "Conversations mentioning refund",
    "Which people are unhappy?",
    "Sentiment over time",
    "Sentiment over time of conversations tagged Billing",
    "Sentiment over time of Enterprise customers",
    "People by state",
    "People by teammate",
    "Conversations by teammate",
    "Who went quiet in the last 30 days?",
)


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that is asked for: *ask* does it, *counted* is the page of it whose questions to the database count."""

    title: str
    ask: served.Ask
    counted: served.Ask
    limit: int = PAGE


@dataclass(slots=True)
class Everything:
    """All that is asked of the workspace whose scope is open, by *client*, who is signed in there."""

    client: Any
    known: dict[str, int] = field(default_factory=dict)
    blocks: list[Block] = field(default_factory=list)

    def __post_init__(self) -> None:
        canvas, self.blocks = canvas_of_scale.canvas(Membership.objects.get())
        first = Tag.objects.order_by("pk").values_list("pk", flat=True)[0]
        customers = Customer.objects.order_by("pk").values_list("pk", flat=True)
        persons = Person.objects.order_by("pk").values_list("pk", flat=True)
        self.known = {f"t{n}": first + n for n in (0, 1, 2, 3, 405)} | {
            "large": customers[0],
            "customer": customers[7],
            "person": persons[7],
            "talker": persons[0],
            "teammate": Teammate.objects.order_by("pk").values_list("pk", flat=True)[3],
            "request": FeatureRequest.objects.order_by("-mentions").values_list("pk", flat=True)[0],
            "talk": Evidence.objects.order_by("pk").values_list("conversation", flat=True)[0],
            "newest": Conversation.objects.order_by("-updated_at").values_list("pk", flat=True)[0],
            "run": SyncRun.objects.order_by("-pk").values_list("pk", flat=True)[0],
            "company": Company.objects.order_by("pk").values_list("pk", flat=True)[7],
            "canvas": canvas.pk,
        }

    def __iter__(self) -> Iterator[Asked]:
        yield from self._pages()
        yield from self._canvas()
        for title, query in CONVERSATIONS.items():
            yield self._of(f"conversations: {title}", f"{reverse('conversations')}?{query}")
        for title, query in PEOPLE.items():
            yield self._of(f"people: {title}", f"{reverse('people')}?{query}")
        yield from self._pickers()
        for title, text in TEXTS.items():
            yield self._of(f"search conversations: {title}", f"{reverse('conversations')}?q={text}", limit=SEARCH)
            yield self._panel(f"search everything: {title}", f"{reverse('search')}?q={text.partition('&')[0]}")
        yield self._of("search people: a name", f"{reverse('people')}?q=person+77", limit=SEARCH)
        for question in QUESTIONS:
            yield self._question(question)

    def not_asked(self) -> set[str]:
        """Names of addresses that are none of these: acts, files, and pages that nobody entered here."""
        asked = {
            *PLAIN,
            *OF_INTERCOM,
            *OF_ONE,
            "sync-run",
            "matching-company",
            "filter-options",
            "search",
            "turn",
            "ask",
            "chat-rows",
            "block",
            "edit-block",
            "preview-block",
        }
        return set(_names(get_resolver().url_patterns)) - asked

    def _pages(self) -> Iterator[Asked]:
        for name in PLAIN:
            yield self._of(name, reverse(name))
        for name in OF_INTERCOM:
            yield self._of(name, reverse(name, kwargs=INTERCOM))
        for name, known in OF_ONE.items():
            yield self._of(name, reverse(name, args=[self.known[known]]))
        yield self._of("sync-run", reverse("sync-run", kwargs=INTERCOM | {"pk": self.known["run"]}))
        yield self._of("matching-company", reverse("matching-company", kwargs=INTERCOM | {"pk": self.known["company"]}))
        yield self._of("customer: large", reverse("customer", args=[self.known["large"]]))
        yield self._of("conversation: newest", reverse("conversation", args=[self.known["newest"]]))
        for name in ("customer-people", "person", "person-timeline", "person-identities"):
            whose = self.known["large" if name == "customer-people" else "talker"]
            yield self._of(f"{name}: large", reverse(name, args=[whose]))
        for name in ("conversations", "people", "feature-requests"):
            headers = {"HX-Request": "true", "HX-Target": "results"}
            ask = served.asking(self.client, reverse(name), **headers)
            yield Asked(f"{name}: results alone", ask, ask)
        for metric in ("customers", "people", "requests"):
            yield self._of(f"chat-rows: {metric}", f"{reverse('chat-rows')}?intent=list&metric={metric}&{NARROW}")

    def _canvas(self) -> Iterator[Asked]:
        """Each block of the canvas alone, the canvas with all of them, and blocks that are being made."""
        page, canvas = reverse("canvas", args=[self.known["canvas"]]), self.known["canvas"]
        asks = [served.asking(self.client, page)]
        for block in self.blocks:
            asks.append(served.asking(self.client, reverse("block", args=[canvas, block.pk]), **{"HX-Request": "true"}))
            yield Asked(f"block, {block.kind}: {block.title}", asks[-1], asks[-1])

        def whole() -> None:
            for ask in asks:
                ask()

        yield Asked("canvas with its eight blocks", whole, asks[0], CANVAS)
        yield self._of("edit-block", reverse("edit-block", args=[canvas, self.blocks[0].pk]))
        for prompt in DRAFTS:
            query = urlencode({"prompt": prompt})
            yield self._of(f"add-block: {prompt}", f"{reverse('add-block')}?{query}")
            yield self._of(f"preview-block: {prompt}", f"{reverse('preview-block')}?{query}")

    def _pickers(self) -> Iterator[Asked]:
        for listing in OFFERED:
            for part in COUNTED:
                path = f"{reverse('filter-options')}?listing={listing}&part={part}"
                yield self._of(f"picker of {listing}: {part}", path)
                yield self._of(f"picker of {listing}: {part}, narrowed", f"{path}&{NARROW}")

    def _panel(self, title: str, address: str) -> Asked:
        ask = served.asking(self.client, address, **{"HX-Request": "true", "HX-Target": "sitesearch-results"})
        return Asked(title, ask, ask, SEARCH)

    def _question(self, question: str) -> Asked:
        def post() -> str:
            answer = self.client.post(reverse("ask"), {"question": question})
            if answer.status_code != 302:
                raise SystemExit(f"{question}: {answer.status_code}")
            return str(answer.headers["Location"])

        answers: list[str] = []

        def ask() -> None:
            answers.append(post())
            served.asking(self.client, answers[-1])()

        def read() -> None:
            served.asking(self.client, answers[-1])()

        return Asked(f"chat: {question}", ask, read, ANSWER)

    def _of(self, title: str, address: str, *, limit: int = PAGE) -> Asked:
        ask = served.asking(self.client, address.format(**self.known))
        return Asked(title, ask, ask, limit)


def _names(patterns: list[Any]) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _names(pattern.url_patterns)
        elif isinstance(pattern, URLPattern):
            yield str(pattern.name)
