"""Runs the application on loopback until it is told to stop."""

import contextlib
import gc
import os
import socket
import sys
from types import FrameType

import uvicorn

from integrations.intercom.sandbox.app import App
from integrations.intercom.sandbox.options import Options
from integrations.intercom.sandbox.state import start

HOST = "127.0.0.1"


def serve(options: Options) -> int:
    """Serve a workspace until SIGTERM or SIGINT; prints one line with the address when ready. Returns the exit code."""
    listener = socket.create_server((HOST, options.port), backlog=512)
    # asyncio turns Nagle's algorithm off only for sockets that name their protocol; an answer in two packets would wait
    # 40 ms for an acknowledgement. Accepted connections inherit this.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    application = App(start(options))
    gc.freeze()  # the workspace stays; looking through it again and again would cost a tenth of the time
    server = _Server(_config(application), address=f"http://{HOST}:{listener.getsockname()[1]}")
    with contextlib.suppress(KeyboardInterrupt):
        server.run(sockets=[listener])
    return 0


def _config(app: App) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        http="httptools",
        ws="none",
        lifespan="off",
        log_config=None,
        log_level="critical",
        access_log=False,
        server_header=False,
        date_header=False,
        timeout_keep_alive=75,
        timeout_graceful_shutdown=1,
    )


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, *, address: str) -> None:
        super().__init__(config)
        self._address = address

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        sys.stdout.write(f"Intercom sandbox: {self._address}\n")
        sys.stdout.flush()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """End the process at once: nothing here is worth waiting for, and tests start and stop hundreds."""
        del sig, frame
        os._exit(0)
