"""A sandbox from Python: start it, talk to its control interface, stop it. For tests, benchmarks and the demo."""

import json
import os
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.error import HTTPError
from urllib.request import ProxyHandler, Request, build_opener

from integrations.intercom.sandbox.options import DEFAULT_TOKEN, TOKEN_VARIABLE

ROOT = Path(__file__).resolve().parents[3]
STOP_SECONDS = 10.0


class SandboxError(Exception):
    """The sandbox did not start, or refused a control request."""


class Sandbox:
    """A sandbox in a process of its own, on a free port unless `port` is given.

    Keyword arguments are the flags of the command line with underscores: `Sandbox(conversations=50, latency_ms=20)`.
    """

    def __init__(self, *, token: str = DEFAULT_TOKEN, **flags: object) -> None:
        self.token = token
        self.url = ""
        self._flags = flags
        self._process: subprocess.Popen[str] | None = None
        self._opener = build_opener(ProxyHandler({}))

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def pid(self) -> int:
        """The process id. Raises SandboxError when it does not run."""
        if self._process is None:
            raise SandboxError("The sandbox is not running")
        return self._process.pid

    def start(self) -> Self:
        """Start the process and wait for its address. Raises SandboxError when it ends before it is ready."""
        command = [sys.executable, "-m", "integrations.intercom.sandbox"]
        for name, value in self._flags.items():
            command += [f"--{name.replace('_', '-')}", str(value)]
        environment = os.environ | {TOKEN_VARIABLE: self.token}
        self._process = subprocess.Popen(  # noqa: S603  our own module, with arguments of our own
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
        )
        assert self._process.stdout is not None  # noqa: S101  asked for in the line above
        line = self._process.stdout.readline()
        if not line:
            raise SandboxError(f"The sandbox ended with exit code {self._process.wait()} before it was ready")
        self.url = line.rpartition(" ")[2].strip()
        return self

    def stop(self) -> int:
        """Stop the process and return its exit code."""
        process, self._process = self._process, None
        if process is None:
            return 0
        process.terminate()
        try:
            code = process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            code = process.wait()
        if process.stdout:
            process.stdout.close()
        return code

    def settings(self, **values: object) -> dict[str, Any]:
        """Switch behaviour (`lag_seconds=30`, `revoked="token_revoked"` …); without arguments only read it."""
        return dict(self._ask("POST", "/settings", values) if values else self._ask("GET", "/settings"))

    def fail(
        self, path: str = "*", *, kind: str = "status", times: int | None = 1, skip: int = 0, **details: object
    ) -> None:
        """Misbehave as *kind* for *times* requests (None: for ever) that match *path*, after *skip* of them."""
        self._ask("POST", "/fail", {"path": path, "kind": kind, "times": times, "skip": skip, **details})

    def mutate(self, op: str, **details: object) -> dict[str, Any]:
        """Change the workspace; the answer says what was touched."""
        result: dict[str, Any] = self._ask("POST", "/mutate", {"op": op, **details})[0]
        return result

    def after(self, request: int, *mutations: dict[str, Any], path: str = "*", when: str = "before") -> None:
        """Mutate when the *request*-th (counted from now, from 1) request that matches *path* comes."""
        self._ask("POST", "/after", {"request": request, "path": path, "mutations": list(mutations), "when": when})

    def clear(self) -> None:
        """Forget every rule and go back to the behaviour of the start. What was mutated stays."""
        self._ask("POST", "/clear", {})

    def requests(self) -> list[dict[str, Any]]:
        """The requests so far, in order: method, path, query, endpoint, status, body, at."""
        entries: list[dict[str, Any]] = self.log()["requests"]
        return entries

    def counts(self) -> dict[str, int]:
        """The number of requests by endpoint, such as `GET /conversations/*`."""
        counts: dict[str, int] = self.log()["counts"]
        return counts

    def log(self) -> dict[str, Any]:
        """total, max_in_flight, counts and requests."""
        return dict(self._ask("GET", "/requests"))

    def reset_log(self) -> None:
        """Forget the requests so far."""
        self._ask("POST", "/reset-log", {})

    def status(self) -> dict[str, Any]:
        """The app, the sizes, and the rules in force."""
        return dict(self._ask("GET", ""))

    def objects(self) -> list[dict[str, Any]]:
        """Everything in the workspace, in the form of Sonora's export; messages also carry their HTML as `body`."""
        return [json.loads(line) for line in self._read("GET", "/objects").splitlines() if line]

    def _ask(self, method: str, path: str, wish: object = None) -> Any:
        return json.loads(self._read(method, path, wish))

    def _read(self, method: str, path: str, wish: object = None) -> str:
        content = None if wish is None else json.dumps(wish).encode()
        request = Request(f"{self.url}/_sandbox{path}", data=content, method=method)  # noqa: S310  our own loopback address
        try:
            with self._opener.open(request, timeout=60) as response:
                text: str = response.read().decode()
                return text
        except HTTPError as error:
            with error:
                raise SandboxError(error.read().decode()) from None
