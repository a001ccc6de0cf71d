"""A language model that proposes queries, on this machine, over a real socket."""

import json
from collections.abc import Callable
from typing import Any

from tests.insights.llm.endpoint import FakeEndpoint

NOTHING: dict[str, Any] = {
    "intent": "list",
    "metric": "conversations",
    **dict.fromkeys(["group_by", "order", "limit", "against", "updated", "opened"]),
    **{name: [] for name in ("states", "sentiments", "tags_any", "tags_all", "tags_none", "customers", "people")},
    **{name: [] for name in ("teammates", "segments", "requests", "unread")},
    "untagged": False,
    "text": "",
}
Said = dict[str, Any]


def proposes(**fields: Any) -> Callable[[Any], Said]:
    """Answers every question with this query."""
    return lambda _: {**NOTHING, **fields}


def told(server: FakeEndpoint) -> Said:
    """What the last question told the model."""
    data: Said = json.loads(server.asked[-1]["messages"][1]["content"])
    return data


def reference(server: FakeEndpoint, kind: str, name: str) -> str:
    """By which reference the model was told of the thing called *name*."""
    return next(one for one, label in told(server)["names"][kind].items() if label == name)
