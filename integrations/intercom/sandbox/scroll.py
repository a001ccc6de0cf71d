"""The companies' scroll: one at a time in a workspace, gone after a minute of silence."""

import uuid
from dataclasses import dataclass, field

from integrations.intercom.sandbox.errors import ApiError, not_found

PAGE = 100


@dataclass(slots=True)
class Scroll:
    """The one open scroll, if any; *expiry* in seconds."""

    expiry: float = 60.0
    _token: str = field(default="", init=False)
    _ids: list[str] = field(default_factory=list, init=False)
    _touched: float = field(default=0.0, init=False)

    def open(self, ids: list[str], *, now: float) -> tuple[str, list[str]]:
        """Start a walk over *ids*: its token and first page. Raises ApiError (400 scroll_exists) while one is open."""
        if self._token and now - self._touched <= self.expiry:
            raise ApiError(400, "scroll_exists", "scroll already exists for this workspace")
        self._token, self._ids = str(uuid.uuid4()), ids
        if not ids:  # seen live: an empty workspace gives a token that is not known a moment later
            token, self._token = self._token, ""
            return token, []
        return self._token, self._take(now)

    def next(self, token: str, *, now: float) -> list[str]:
        """The next page of the walk; empty at its end. Raises ApiError (404) when the token is unknown or expired."""
        if not self._token or token != self._token or now - self._touched > self.expiry:
            raise not_found("scroll parameter not found")
        page = self._take(now)
        if not page:
            self._token = ""
        return page

    def expire(self) -> None:
        """As if it had rested too long."""
        self._token = ""

    def _take(self, now: float) -> list[str]:
        page, self._ids = self._ids[:PAGE], self._ids[PAGE:]
        self._touched = now
        return page
