"""The people that a workspace talks with, and what somebody said of who they are."""

from sonora.people.models.decisions import ChampionChoice, EngagementChoice, Level, PersonDecision
from sonora.people.models.people import (
    Contact,
    ContactCompany,
    ContactCompanyQuerySet,
    ContactQuerySet,
    Person,
    PersonQuerySet,
)

__all__ = [
    "ChampionChoice",
    "Contact",
    "ContactCompany",
    "ContactCompanyQuerySet",
    "ContactQuerySet",
    "EngagementChoice",
    "Level",
    "Person",
    "PersonDecision",
    "PersonQuerySet",
]
