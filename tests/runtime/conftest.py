from tests.valkey import Valkey, until, valkey

__all__ = ["Valkey", "until", "valkey"]
