"""A road to a server that can be broken, swallow what travels on it, or grow slow."""

import contextlib
import socket
import struct
import threading
import time
from dataclasses import dataclass, field
from enum import Enum

LOT = 65536  # bytes
SLOW_LOT, SLOW_PAUSE = 512, 0.05  # bytes, seconds: 10 KB/s
ABORT = struct.pack("ii", 1, 0)  # SO_LINGER of 0 seconds: the peer gets a reset


class Mode(Enum):
    PASS = "pass"
    RESET = "reset"  # whoever connects is refused with a reset
    BLACK_HOLE = "black hole"  # whoever connects is accepted, and nothing ever arrives
    THROTTLE = "throttle"


@dataclass(eq=False, slots=True)
class _Road:
    near: socket.socket
    far: socket.socket | None
    forgotten: bool = False  # what is sent on it is lost, and nobody is told
    sockets: list[socket.socket] = field(init=False)

    def __post_init__(self) -> None:
        self.sockets = [self.near, *([self.far] if self.far else [])]

    def abort(self) -> None:
        for one in self.sockets:
            with contextlib.suppress(OSError):
                one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, ABORT)
                one.shutdown(socket.SHUT_RD)  # wakes the thread that reads
            one.close()


class Proxy:
    """Listens on 127.0.0.1 and forwards to *target*: the path of a unix socket, or a port of this machine."""

    def __init__(self, target: str | int) -> None:
        self._target = target
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._roads: set[_Road] = set()
        self._mode = Mode.PASS
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def let_pass(self) -> None:
        """New connections work again; those that were forgotten stay so."""
        self._mode = Mode.PASS

    def forget(self) -> None:
        """Nothing arrives any more on the connections that stand, as after a firewall forgot them; new ones work."""
        for road in list(self._roads):
            road.forgotten = True

    def swallow(self) -> None:
        """Nothing arrives, on the connections that stand and on new ones."""
        self._mode = Mode.BLACK_HOLE
        self.forget()

    def cut(self) -> None:
        """Reset the connections that stand; new ones work."""
        while self._roads:
            self._roads.pop().abort()

    def refuse(self) -> None:
        """Reset the connections that stand and whoever connects."""
        self._mode = Mode.RESET
        self.cut()

    def throttle(self) -> None:
        self._mode = Mode.THROTTLE

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.cut()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                self._open(near)

    def _open(self, near: socket.socket) -> None:
        road = _Road(near, self._dialled() if self._mode in {Mode.PASS, Mode.THROTTLE} else None)
        if road.far is None and self._mode is not Mode.BLACK_HOLE:
            road.abort()
            return
        self._roads.add(road)
        for source, target in ((road.near, road.far), (road.far, road.near)):
            if source is not None:
                threading.Thread(target=self._forward, args=(road, source, target), daemon=True).start()

    def _dialled(self) -> socket.socket | None:
        is_path = isinstance(self._target, str)
        far = socket.socket(socket.AF_UNIX if is_path else socket.AF_INET)
        try:
            far.connect(self._target if is_path else ("127.0.0.1", self._target))
        except OSError:
            far.close()
            return None
        return far

    def _forward(self, road: _Road, source: socket.socket, target: socket.socket | None) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(LOT):
                if target is not None and not road.forgotten:
                    self._send(target, data)
            if target is not None and not road.forgotten:
                target.shutdown(socket.SHUT_WR)

    def _send(self, target: socket.socket, data: bytes) -> None:
        if self._mode is not Mode.THROTTLE:
            target.sendall(data)
            return
        for start in range(0, len(data), SLOW_LOT):
            target.sendall(data[start : start + SLOW_LOT])
            time.sleep(SLOW_PAUSE)
