"""Is this company that customer, and why. Pure: no database, no request."""

from sonora.customers.matching.ids import KnownId, Verdict, by_external_id, key, keys, same_id

__all__ = ["KnownId", "Verdict", "by_external_id", "key", "keys", "same_id"]
