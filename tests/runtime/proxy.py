"""A road to a broker that can swallow what travels on it, as a firewall does that forgot a connection."""

import contextlib
import socket
import threading


class Proxy:
    """Listens on 127.0.0.1 and forwards to a unix socket at *path*."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"redis://127.0.0.1:{self._listener.getsockname()[1]}/0"
        self._swallowed = threading.Event()  # of the roads that stand now
        self._sockets: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def swallow(self) -> None:
        """From now on nothing arrives on the connections that stand, and nobody is told; new ones work."""
        self._swallowed.set()
        self._swallowed = threading.Event()

    def close(self) -> None:
        for one in [self._listener, *self._sockets]:
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                far = socket.socket(socket.AF_UNIX)
                far.connect(self._path)
                self._sockets += [near, far]
                for source, target in ((near, far), (far, near)):
                    arguments = (source, target, self._swallowed)
                    threading.Thread(target=_forward, args=arguments, daemon=True).start()


def _forward(source: socket.socket, target: socket.socket, swallowed: threading.Event) -> None:
    with contextlib.suppress(OSError):
        while data := source.recv(65536):
            if not swallowed.is_set():
                target.sendall(data)
        if not swallowed.is_set():
            target.shutdown(socket.SHUT_WR)
