"""Connections to providers, and how far each sync has come."""

from integrations.models.connections import Connection, PermissionCheck
from integrations.models.notices import Notice
from integrations.models.runs import RunLine, SyncRun
from integrations.models.states import Beat, StreamState, SyncState
from integrations.models.totals import HeldTotal
from integrations.models.waiting import DeadLetter, Pending

__all__ = [
    "Beat",
    "Connection",
    "DeadLetter",
    "HeldTotal",
    "Notice",
    "Pending",
    "PermissionCheck",
    "RunLine",
    "StreamState",
    "SyncRun",
    "SyncState",
]
