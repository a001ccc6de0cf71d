"""Logging: one JSON object a line on standard error, without secrets, for our code and for every library."""

import json
import logging
import logging.config
import sys
from collections.abc import MutableMapping
from typing import Any, TextIO

import structlog
from structlog.stdlib import ProcessorFormatter

from sonora.core.redaction import redacted

QUIET = {
    "django.db.backends": "WARNING",  # at DEBUG it logs every statement with its values
    "django.server": "WARNING",
    "httpx": "WARNING",  # at INFO it logs every request with its URL
    "httpcore": "WARNING",
    "asyncio": "WARNING",
}


def configure(*, debug: bool) -> None:
    """Send all logging of this process through redaction to standard error; *debug* lets our own DEBUG lines pass."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(allow={"status_code"}),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
        structlog.processors.format_exc_info,  # the traceback as text, without the values of local variables
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.stdlib.PositionalArgumentsFormatter(),
            *shared,
            ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
    )
    logging.config.dictConfig(_stdlib(shared, own_level="DEBUG" if debug else "INFO"))
    logging.captureWarnings(capture=not debug)


def redact(_logger: Any, _name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """A structlog processor: the last before the line is rendered."""
    own = {name: value for name, value in event.items() if name.startswith("_")}  # structlog's own notes
    return {**own, **redacted({name: value for name, value in event.items() if name not in own})}


class StandardError(logging.StreamHandler[TextIO]):
    """Writes to what sys.stderr is at that moment; a line that cannot be written is never shown raw."""

    @property
    def stream(self) -> TextIO:
        return sys.stderr

    @stream.setter
    def stream(self, value: TextIO) -> None:
        """StreamHandler sets it at its start; it stays what sys.stderr is."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        kind = sys.exc_info()[0]
        line = {"event": "A log line could not be written.", "logger": record.name, "level": "error"}
        sys.stderr.write(json.dumps({**line, "error": kind.__name__ if kind else ""}) + "\n")


def _stdlib(shared: list[structlog.typing.Processor], *, own_level: str) -> dict[str, Any]:
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {
                "()": ProcessorFormatter,
                "foreign_pre_chain": shared,
                "processors": [
                    redact,
                    ProcessorFormatter.remove_processors_meta,
                    structlog.processors.JSONRenderer(_line),
                ],
            },
        },
        "handlers": {"stderr": {"()": StandardError, "formatter": "json"}},
        "root": {"handlers": ["stderr"], "level": "INFO"},
        "loggers": {
            **{name: {"level": level} for name, level in QUIET.items()},
            "sonora": {"level": own_level},
            "integrations": {"level": own_level},
        },
    }


def _line(event: dict[str, Any], **_: Any) -> str:
    # ASCII only: no newline, escape sequence or direction mark of a customer reaches a terminal.
    return json.dumps(event, ensure_ascii=True, default=str).replace("\x7f", "\\u007f")
