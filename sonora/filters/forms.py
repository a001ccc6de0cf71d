"""What the pickers' forms send, in the names of an address: a form can't choose the name of a box by another box."""

from collections.abc import Mapping, Sequence

from sonora.filters.kinds import YES
from sonora.filters.parts import SPANS, TAGGED
from sonora.filters.tags import How

Lists = Mapping[str, Sequence[str]]

FORM_NAMES = frozenset(
    [f"{name}-as" for name, _ in TAGGED.values()] + [f"{name}-{end}" for name in SPANS for end in ("from", "to")]
)


def in_an_address(sent: Lists) -> Lists:
    """*sent* with `tag-as` (how the tags are meant) and `updated-from`, `updated-to` (days) put in their places."""
    lists = {name: list(values) for name, values in sent.items()}
    for name, _ in TAGGED.values():
        _mean(lists, name)
    for name in SPANS:
        _span(lists, name)
    return lists


def _mean(lists: dict[str, list[str]], name: str) -> None:
    how = (lists.pop(f"{name}-as", []) or [""])[0]
    if how in {How.ALL, How.NONE}:
        lists.setdefault(f"{name}-{how}", []).extend(lists.pop(name, []))
    elif how == How.UNTAGGED:
        lists.pop(name, None)
        lists[f"no-{name}"] = [YES]


def _span(lists: dict[str, list[str]], name: str) -> None:
    ends = [(lists.pop(f"{name}-{end}", []) or [""])[0] for end in ("from", "to")]
    if any(ends):
        lists[name] = ["..".join(ends)]
