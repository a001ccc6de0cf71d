"""The budget of requests: the rules of the limit, in this process or shared by all, and how a slice asks by them."""

from integrations.sync.budget.asking import ATTEMPTS, PATIENCE, Budget, MustWait
from integrations.sync.budget.opening import budget_for, budget_of_app
from integrations.sync.budget.rules import Terms

__all__ = ["ATTEMPTS", "PATIENCE", "Budget", "MustWait", "Terms", "budget_for", "budget_of_app"]
