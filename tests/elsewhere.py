"""Work that goes on beside a test, over a database connection of its own."""

import threading
import time
from collections.abc import Callable
from typing import Any

from django.db import connection as database

AWAITED = "SELECT 1 FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"


class Elsewhere(threading.Thread):
    """*work* in another thread, with a database connection of its own; `result` when it is done."""

    def __init__(self, work: Callable[[], Any]) -> None:
        super().__init__()
        self._work = work
        self.result: Any = None
        self.start()

    def run(self) -> None:
        try:
            self.result = self._work()
        finally:
            database.close()

    def ended(self) -> Any:
        self.join(60)
        assert not self.is_alive()
        return self.result

    def waits(self) -> bool:
        """Whether it waits for this thread's transaction, once it does or is done; on PostgreSQL."""
        while self.is_alive():
            with database.cursor() as cursor:
                cursor.execute(AWAITED)
                if cursor.fetchone():
                    return True
            time.sleep(0.01)
        return False
