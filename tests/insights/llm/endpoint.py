"""An endpoint for chat completions on this machine, over a real socket, that can be told to misbehave."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = Callable[[list[dict[str, Any]]], object]  # texts with numbers → the content of the answer


class FakeEndpoint(ThreadingHTTPServer):
    """Answers what *answer* says; notes what it was *asked* and with which *keys*."""

    daemon_threads = True

    def __init__(self, answer: Answer) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answer = answer
        self.asked: list[dict[str, Any]] = []
        self.keys: list[str | None] = []
        self.status = 200
        self.raw: bytes | None = None  # instead of a completion
        self.drip = 0.0  # seconds between two bytes

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"

    @property
    def texts(self) -> list[list[str]]:
        """The texts of each question."""
        return [[one["text"] for one in json.loads(body["messages"][1]["content"])] for body in self.asked]


class _Handler(BaseHTTPRequestHandler):
    server: FakeEndpoint

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append(body)
        self.server.keys.append(self.headers["Authorization"])
        content = self.server.answer(json.loads(body["messages"][1]["content"]))
        self._send(self.server.raw if self.server.raw is not None else completion(content))

    def _send(self, answer: bytes) -> None:
        self.send_response(self.server.status)
        self.send_header("Content-Length", str(len(answer)))
        self.send_header("Location", "/elsewhere")
        self.end_headers()
        for at in range(0, len(answer), 1 if self.server.drip else len(answer)):
            self.wfile.write(answer[at : at + 1] if self.server.drip else answer)
            self.wfile.flush()
            time.sleep(self.server.drip)

    def log_message(self, *_: object) -> None:
        """Nothing on stderr."""

    def handle(self) -> None:
        try:
            super().handle()
        except ConnectionError:
            self.close_connection = True  # who asked has gone


def completion(content: object) -> bytes:
    text = content if isinstance(content, str) else json.dumps(content)
    return json.dumps({"id": "c1", "choices": [{"message": {"role": "assistant", "content": text}}]}).encode()


def reading(number: int, text: str, **fields: object) -> dict[str, object]:
    """A good answer about one text: it is praised, and nothing is asked for."""
    facts = {"sentiment": "positive", "score": 0.9, "confidence": 0.8, "sentence": text, "request": 0.1, "quote": None}
    return {"n": number, **facts, **fields}


def praises(texts: list[dict[str, Any]]) -> object:
    return {"readings": [reading(one["n"], one["text"]) for one in texts]}


@contextmanager
def endpoint(answer: Answer = praises) -> Iterator[FakeEndpoint]:
    server = FakeEndpoint(answer)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
