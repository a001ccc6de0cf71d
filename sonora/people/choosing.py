"""Saying by hand who is a champion, and how engaged somebody is; None: what the figures say holds again."""

from typing import Any

from django.db import transaction

from sonora.core import clock
from sonora.people.models import ChampionChoice, EngagementChoice, Person


def choose_champion(person: Person, is_champion: bool | None, *, by: str) -> None:  # noqa: FBT001 - what this is about
    """*by* (a name) says whether *person* is a champion."""
    _choose(ChampionChoice, person, {} if is_champion is None else {"is_champion": is_champion}, by=by)


def choose_engagement(person: Person, level: str | None, *, by: str) -> None:
    """*by* (a name) says how engaged *person* is: *level* is one of `Level`."""
    _choose(EngagementChoice, person, {} if level is None else {"level": level}, by=by)


def _choose(model: type[ChampionChoice | EngagementChoice], person: Person, said: dict[str, Any], *, by: str) -> None:
    """Without anything *said* what was said before is taken back."""
    with transaction.atomic():
        model.objects.filter(person=person).delete()
        if said:
            model.objects.create(workspace_id=person.workspace_id, person=person, by=by, at=clock.now(), **said)
