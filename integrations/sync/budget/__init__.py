"""The budget of requests: the rules of the limit, in one process or shared by all, and the turns of a slice."""

from integrations.sync.budget.turns import ATTEMPTS, PATIENCE, Budget, MustWait

__all__ = ["ATTEMPTS", "PATIENCE", "Budget", "MustWait"]
