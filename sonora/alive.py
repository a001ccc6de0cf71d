"""Is this machine's worker working? `python -m sonora.alive` sends it a message of its own and awaits the answer."""

import os
import secrets
import socket
import sys
import time
from pathlib import Path

from celery import shared_task
from kombu import Producer

PATIENCE = 45.0  # seconds: longer than the slices that may be before it


@shared_task(name="sonora.alive.answer", ignore_result=True, expires=60)
def answer(question: str, path: str) -> None:
    """Write *question* to *path*, where the one who asked looks for it."""
    Path(path).write_text(question, encoding="ascii")


def ask(worker: str, *, patience: float = PATIENCE) -> bool:
    """Whether *worker* (`celery@host`) reads a message within *patience* seconds."""
    from django.conf import settings

    from sonora.celery import app

    question = secrets.token_hex(8)
    path = Path(settings.DATA_DIR) / f"alive-{worker}-{os.getpid()}"
    try:
        with app.connection_for_write(connect_timeout=2, transport_options={"max_retries": 0}) as connection:
            producer = Producer(connection)
            answer.apply_async((question, str(path)), producer=producer, queue=f"{worker}.dq2", retry=False)
        return _answered(path, question, until=time.monotonic() + patience)
    finally:
        path.unlink(missing_ok=True)


def _answered(path: Path, question: str, *, until: float) -> bool:
    while time.monotonic() < until:
        if path.exists() and path.read_text(encoding="ascii") == question:
            return True
        time.sleep(0.2)
    return False


if __name__ == "__main__":
    sys.exit(0 if ask(sys.argv[1] if len(sys.argv) > 1 else f"celery@{socket.gethostname()}") else 1)
