"""How long things take before they are given up: production's times, or short ones that a test can wait for."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Clocks:
    """`environment` sets them; the rest are seconds: how long a fault lasts, and how soon all must go on by itself."""

    environment: Mapping[str, str]
    lease: int
    outage: float  # how long a broker or a database is away or silent
    asleep: float  # how long a stopped worker sleeps: longer than its lease
    stopping: float  # how long a worker takes that is told to stop
    after_worker: float
    after_broker: float
    after_silence: float
    after_database: float


SHORT = Clocks(
    environment={"SYNC_LEASE_SECONDS": "3", "BROKER_SILENCE_SECONDS": "2"},
    lease=3,
    outage=3,
    asleep=5,
    stopping=40,  # the others are as generous: how busy the machine is, is no fault of ours
    after_worker=75,
    after_broker=75,
    after_silence=75,
    after_database=75,
)
PRODUCTION = Clocks(
    environment={},
    lease=60,
    outage=40,
    asleep=300,
    stopping=10,
    after_worker=90,
    after_broker=60,
    after_silence=120,
    after_database=60,
)
