"""The control interface under /_sandbox: what the sandbox can be told, and what it tells about itself."""

from dataclasses import asdict, fields
from typing import Any

import msgspec

from integrations.intercom.sandbox.answers import Answer, ok
from integrations.intercom.sandbox.mutations import Mutations
from integrations.intercom.sandbox.state import Behaviour, State
from integrations.intercom.sandbox.truth import objects
from integrations.intercom.sandbox.world.model import Json

_REFUSALS = (ValueError, KeyError, TypeError, LookupError)


class Control:
    """Answers for the control interface. It changes *state*; it never asks for a token: it listens on loopback."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._mutations = Mutations(state)

    def answer(self, method: str, path: str, content: bytes) -> Answer:
        """The answer to one control request; *path* is what follows /_sandbox."""
        handler = self._handlers().get((method, path.rstrip("/")))
        if handler is None:
            known = sorted(f"{verb} /_sandbox{name}" for verb, name in self._handlers())
            return _refusal(404, f"No such control. There are: {', '.join(known)}")
        try:
            wish = msgspec.json.decode(content) if content else {}
            answer: Answer = handler(wish)
        except (msgspec.DecodeError, *_REFUSALS) as error:
            return _refusal(400, f"{type(error).__name__}: {error}")
        return answer

    def mutate_all(self, wishes: list[Json]) -> list[Json]:
        """Carry out mutations in order; each answers with what it changed."""
        return [self._mutations.apply(wish) for wish in wishes]

    def _handlers(self) -> dict[tuple[str, str], Any]:
        return {
            ("GET", ""): self._status,
            ("GET", "/settings"): self._settings,
            ("POST", "/settings"): self._change_settings,
            ("POST", "/fail"): self._fail,
            ("POST", "/after"): self._after,
            ("POST", "/mutate"): self._mutate,
            ("POST", "/clear"): self._clear,
            ("GET", "/requests"): self._requests,
            ("POST", "/reset-log"): self._reset_log,
            ("GET", "/objects"): self._objects,
        }

    def _status(self, _: Json) -> Answer:
        world = self._state.world
        return ok(
            {
                "app": world.app,
                "clock_start": self._state.options.clock_start,
                "seed": self._state.options.seed,
                "conversations": len(world.conversations.live),
                "contacts": len(world.contacts.live),
                "companies": len(world.companies),
                "rules": [asdict(rule) for rule in self._state.trouble.rules],
            }
        )

    def _settings(self, _: Json) -> Answer:
        return ok(asdict(self._state.behaviour))

    def _change_settings(self, wish: Json) -> Answer:
        known = {field.name for field in fields(Behaviour)}
        unknown = sorted(set(wish) - known)
        if unknown:
            raise ValueError(f"unknown: {', '.join(unknown)}; known: {', '.join(sorted(known))}")
        for name, value in wish.items():
            setattr(self._state.behaviour, name, value)
        self._state.settle()
        return ok(asdict(self._state.behaviour))

    def _fail(self, wish: Json) -> Answer:
        return ok(asdict(self._state.trouble.add(wish)))

    def _after(self, wish: Json) -> Answer:
        """Mutate when the k-th matching request comes: *request* is k, counted from now, the first being 1."""
        rule = {
            "kind": "mutate",
            "path": wish.get("path", "*"),
            "method": wish.get("method", "*"),
            "skip": int(wish["request"]) - 1,
            "mutations": wish["mutations"],
            "when": wish.get("when", "before"),
        }
        return ok(asdict(self._state.trouble.add(rule)))

    def _mutate(self, wish: Any) -> Answer:
        wishes = wish if isinstance(wish, list) else [wish]
        return ok(self.mutate_all(wishes))

    def _clear(self, _: Json) -> Answer:
        """Forget all rules and go back to the behaviour of the start."""
        options = self._state.options
        self._state.trouble.rules.clear()
        self._state.behaviour = Behaviour(
            latency_ms=options.latency_ms,
            region=options.region,
            rate_limit=options.rate_limit,
            version_max=options.version_max,
        )
        self._state.settle()
        return ok(asdict(self._state.behaviour))

    def _requests(self, _: Json) -> Answer:
        return ok(self._state.log.summary())

    def _reset_log(self, _: Json) -> Answer:
        self._state.log.reset()
        return ok({})

    def _objects(self, _: Json) -> Answer:
        lines = b"\n".join(msgspec.json.encode(line) for line in objects(self._state.world)) + b"\n"
        return Answer(200, lines, content_type=b"application/jsonl")


def _refusal(status: int, message: str) -> Answer:
    return Answer(status, msgspec.json.encode({"error": message}))
