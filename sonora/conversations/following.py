"""Matches, with the conversations that follow them: in one transaction, so that neither is seen without the other."""

from collections.abc import Callable, Collection

from django.db import transaction

from sonora.conversations.attribution import attribute
from sonora.customers import matches, merging, naming
from sonora.customers.decisions import Done
from sonora.customers.models import Merge
from sonora.workspaces.scoping import scope


def follow(workspace_id: int, act: Callable[[], Done]) -> Done:
    """Carry out *act*, a decision about companies or its undoing, and give their conversations to whom they belong now.

    What *act* raises passes, and nothing is changed then. Names are looked at when it is committed: that takes longer,
    so those of more than `matches.AT_ONCE` companies are left to the next sync (`names_later`).
    """
    with scope(workspace=workspace_id), transaction.atomic():
        done = act()
        _given(workspace_id, done.moved)
    done.names_later = len(done.free) > matches.AT_ONCE
    if done.free and not done.names_later:
        done.moved |= match_names(workspace_id, done.free)
    return done


def match(workspace_id: int, companies: Collection[int] | None = None) -> set[int]:
    """Match *companies* (primary keys; None: all) by their ids, then by their names, conversations included.

    Returns the companies whose customer changed. Each chunk is a transaction of its own: what a crash leaves undone is
    done by the next call.
    """
    return match_ids(workspace_id, companies) | match_names(workspace_id, companies)


def match_ids(workspace_id: int, companies: Collection[int] | None = None) -> set[int]:
    """Match *companies* (None: all) by their ids alone, after which all their names are due; otherwise as `match`."""
    moved: set[int] = set()
    with scope(workspace=workspace_id):
        for some in matches.chunks(matches.present(companies)):
            with transaction.atomic():
                moved |= _given(workspace_id, matches.match_by_external_id(workspace_id, some))
    return moved


def match_names(workspace_id: int, companies: Collection[int] | None = None) -> set[int]:
    """Match those of *companies* (None: all) whose name is still to be looked at; otherwise as `match`."""
    moved: set[int] = set()
    with scope(workspace=workspace_id):
        for looks in naming.look(companies):
            moved |= note(workspace_id, looks)
    return moved


def note(workspace_id: int, looks: list[naming.Look]) -> set[int]:
    """Write down what names say, conversations included; returns the companies whose customer changed."""
    with transaction.atomic():
        return _given(workspace_id, naming.note(looks))


def _given(workspace_id: int, moved: set[int]) -> set[int]:
    if moved:
        attribute(workspace_id, companies=moved)
    return moved


def merge(workspace_id: int, kept: int, gone: int, *, by: str) -> Merge:
    """Make one customer of two (primary keys), conversations included; raises `decisions.Refused`."""
    with scope(workspace=workspace_id), transaction.atomic():
        merged, done = merging.merge(kept, gone, by=by)
        _given(workspace_id, done.moved)
    return merged


def split(workspace_id: int, merge_pk: int, *, by: str) -> Merge:
    """Undo a merge, conversations included; raises `decisions.Refused`."""
    with scope(workspace=workspace_id), transaction.atomic():
        merged, done = merging.undo(merge_pk, by=by)
        _given(workspace_id, done.moved)
    return merged
