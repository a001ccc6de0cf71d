"""What a provider can do to us, as a tree. The class says what the sync does next; `user_message` what the user does.

ProviderError
├─ CredentialRejected     stop until the token changes
├─ PermissionMissing      that stream off, the others go on
│  └─ PlanRestricted      the same; the plan does not include it
├─ RateLimited            nothing to this app before `retry_at`
├─ ProviderUnavailable    try again later, from the frontier (network, 5xx)
│  ├─ BadResponse         the same; what came was not an answer (HTML, truncated, too large, a redirect)
│  └─ SpanUnreadable      the same; but only the searches of a span of time fail, so all else goes on
├─ PeerUntrusted          who answers cannot prove to be the provider: try again seldom, never at once
├─ NotFound               that object is not there (any more)
│  └─ Merged              it lives on as `survivor`
├─ VersionRefused         stop: this API version is not offered any more
├─ RequestRefused         our request was wrong: that stream stops, the others go on
└─ UnreadableObject       one object has a shape that cannot be stored: a dead letter, the page goes on
"""

from integrations.records import Rate

TIMEOUT = "timeout"  # code of a ProviderUnavailable: no answer in time
OWN_LIMIT = "own_limit"  # code of a RateLimited that the provider never spoke: what is left of its limit is not ours


class ProviderError(Exception):
    """Anything a provider does to us. Carries no token, no header and no body.

    `status` is the HTTP status or None, `code` the provider's own code or "", `request_id` the provider's or "",
    `rate` what the answer said of the rate limit, `at` its Date header in Unix seconds.
    """

    user_message = "Something went wrong while talking to Intercom. Check again in a moment."

    def __init__(
        self,
        detail: str = "",
        *,
        status: int | None = None,
        code: str = "",
        request_id: str = "",
        rate: Rate | None = None,
        at: int | None = None,
    ) -> None:
        super().__init__(detail or code or type(self).__name__)
        self.detail = detail
        self.status = status
        self.code = code
        self.request_id = request_id
        self.rate = rate
        self.at = at


class CredentialRejected(ProviderError):
    """A 401. `code` tells a dead token (`unauthorized`, `token_revoked`, …); a missing scope is PermissionMissing."""

    user_message = (
        "Intercom doesn't accept this token. It was rotated, or the app was deleted. "
        "Generate a new token and reconnect."
    )


class PermissionMissing(ProviderError):
    user_message = (
        "This token can't read everything. Turn on the missing permission in Intercom, then paste the new token."
    )


class PlanRestricted(PermissionMissing):
    user_message = "Your Intercom plan doesn't include this data."


class RateLimited(ProviderError):
    """`retry_at` is in Unix seconds of the provider's clock, or None when the answer did not say."""

    user_message = "Intercom asked us to slow down. Sonora continues by itself."

    def __init__(self, detail: str = "", *, retry_at: int | None = None, **facts: object) -> None:
        super().__init__(detail, **facts)  # type: ignore[arg-type]
        self.retry_at = retry_at


class ProviderUnavailable(ProviderError):
    user_message = "We couldn't reach Intercom. Check again in a moment."


class BadResponse(ProviderUnavailable):
    user_message = "Intercom answered with something that isn't its API. Check again in a moment."


class SpanUnreadable(ProviderUnavailable):
    """A search that always fails, for however short a time, while other questions are answered.

    `lo` … `hi` (Unix seconds, both included; `lo` None: everything up to `hi`) is what could not be told.
    """

    def __init__(self, *, lo: int | None, hi: int | None, user_message: str, **facts: object) -> None:
        super().__init__(**facts)  # type: ignore[arg-type]
        self.lo = lo
        self.hi = hi
        self.user_message = user_message


class PeerUntrusted(ProviderError):
    """A certificate that is expired, signed by nobody we know, or somebody else's. Nothing was sent."""

    user_message = (
        "The certificate of Intercom's address can't be trusted. Ask whoever runs your network what stands between "
        "Sonora and Intercom."
    )


class NotFound(ProviderError):
    user_message = "Intercom doesn't have this object any more."


class Merged(NotFound):
    """`survivor` is the id of the object it was merged into, or an empty string."""

    user_message = "Intercom merged this contact into another one."

    def __init__(self, detail: str = "", *, survivor: str = "", **facts: object) -> None:
        super().__init__(detail, **facts)  # type: ignore[arg-type]
        self.survivor = survivor


class VersionRefused(ProviderError):
    user_message = "Intercom no longer offers this API version. Sonora needs an update."


class RequestRefused(ProviderError):
    user_message = "Intercom didn't understand a request of Sonora's. Sonora needs an update."


class UnreadableObject(ProviderError):
    """`external_id` is the object's id if it could be told, `raw` the bytes, kept for a dead letter alone."""

    user_message = "One object from Intercom could not be read. Sonora tries again next time."

    def __init__(self, detail: str = "", *, external_id: str = "", raw: bytes = b"", **facts: object) -> None:
        super().__init__(detail, **facts)  # type: ignore[arg-type]
        self.external_id = external_id
        self.raw = raw
