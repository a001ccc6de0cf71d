"""What must never happen in a window: requests to elsewhere, errors of scripts, answers without the strict policy."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Request, Response, WebError

TOLD_ON_THE_PAGE = {403, 404, 422}  # the browser also notes these as errors; the page itself says what is wrong


@dataclass
class Watch:
    """Everything noticed in one window of the site *origin*; `complaints` fail the test."""

    origin: str
    complaints: list[str] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)

    def request(self, request: Request) -> None:
        self.requests.append(request)
        if not request.url.startswith((f"{self.origin}/", "data:", "about:")):
            self.complaints.append(f"A request left the site: {request.url}")

    def response(self, response: Response) -> None:
        if not response.url.startswith(self.origin) or urlsplit(response.url).path.startswith("/static/"):
            return
        policy = response.headers.get("content-security-policy", "")
        if "default-src 'none'" not in policy or "unsafe" in policy or "*" in policy:
            self.complaints.append(f"{response.url} came with the policy {policy!r}")

    def console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not any(f"status of {status}" in message.text for status in TOLD_ON_THE_PAGE):
            self.complaints.append(f"The console says: {message.text} ({message.location.get('url')})")

    def error(self, error: WebError) -> None:
        self.complaints.append(f"A script failed: {error.error}")
