"""Customers, the ids other systems give them, and which Intercom company is which customer."""

from sonora.customers.models.companies import Company, CompanyQuerySet, CompanyTotal
from sonora.customers.models.customers import Customer, CustomerImport, ExternalId
from sonora.customers.models.decisions import Change, Decision, MatchingRules, Rejection
from sonora.customers.models.matches import Match, MatchQuerySet
from sonora.customers.models.merges import Merge

__all__ = [
    "Change",
    "Company",
    "CompanyQuerySet",
    "CompanyTotal",
    "Customer",
    "CustomerImport",
    "Decision",
    "ExternalId",
    "Match",
    "MatchQuerySet",
    "MatchingRules",
    "Merge",
    "Rejection",
]
