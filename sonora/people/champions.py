"""Saying by hand who is a champion."""

from django.db import transaction

from sonora.core import clock
from sonora.people.models import ChampionChoice, Person


def choose(person: Person, is_champion: bool | None, *, by: str) -> None:  # noqa: FBT001 - the value is what this is about
    """*by* (a name) says whether *person* is a champion; None: what the figures say holds again."""
    with transaction.atomic():
        ChampionChoice.objects.filter(person=person).delete()
        if is_champion is not None:
            ChampionChoice.objects.create(
                workspace_id=person.workspace_id, person=person, is_champion=is_champion, by=by, at=clock.now()
            )
