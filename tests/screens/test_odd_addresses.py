"""What nobody types and somebody sends: every address of the screens answers it as one that means nothing.

The names are those of the filters and those that the code reads out of an address, so a new one is asked for by itself.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.http import HttpResponseBase
from django.test import Client

from sonora.filters.parts import PARTS
from sonora.workspaces.models import User
from tests.factories.cast import Cast
from tests.screens.test_tenancy import LISTS, OBJECTS, address

Browser = Callable[[User | None], Client]

READ = re.compile(r"""(?:\bGET|query)\.get(?:list)?\(\s*"([a-z_]+)"|"([a-z_]+)" in request\.GET""")
SCREENS = Path(__file__).resolve().parents[2] / "sonora"
READABLE = {"intent": "list", "metric": "conversations"}  # without these a question reads nothing else
ODD = (
    "1\0",
    str(2**63),  # no key is so large
    "-1",
    "2026-02-30..0000-00-00",
    "last-99999999999-days",
    "💥 \u202e٣² %00 nan '\"((*<!-- " * 300,
)


def names() -> Iterator[str]:
    """The names of values that an address may carry."""
    yield from (part.name for part in PARTS)
    for file in SCREENS.rglob("*.py"):
        for found in READ.finditer(file.read_text(encoding="utf-8")):
            yield found[1] or found[2]


NAMES = sorted(set(names()))


def status(client: Client, url: str, query: dict[str, str | list[str]] | str) -> int:
    """The status of the whole answer, also of one that is sent piece by piece. What fails is raised."""
    response: HttpResponseBase = client.get(f"{url}?{query}") if isinstance(query, str) else client.get(url, query)
    b"".join(response)
    return response.status_code


def test_the_names_are_those_that_addresses_carry():
    assert {"q", "tag", "customer", "after", "before", "intent", "limit", "find", "marker", "at", "all"} <= set(NAMES)


@pytest.mark.parametrize("name", sorted({*OBJECTS, *LISTS, "sign-in"}))
def test_no_value_in_an_address_breaks_a_page(cast: Cast, as_user: Browser, name: str):
    client, url = as_user(cast.ada), address(name, cast.a)
    for value in ODD:
        asked: dict[str, str | list[str]] = {one: [value, value] for one in NAMES}
        assert status(client, url, asked | READABLE) in {200, 302, 404}, value[:40]
    no_text = "&".join(f"{one}=%ff%fe&{one}=%ed%a0%80&{one}" for one in NAMES)
    assert status(client, url, no_text) in {200, 302, 404}
