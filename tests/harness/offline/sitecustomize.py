"""Python runs this at its start if the folder is on PYTHONPATH: nothing reaches the network, every attempt is noted.

The attempt also fails, but a library may pass that over in silence; the note stays.
"""

import os
import socket
from pathlib import Path
from typing import Any, NoReturn

_connect, _connect_ex = socket.socket.connect, socket.socket.connect_ex


def _refuse(what: object) -> NoReturn:
    with Path(os.environ["NETWORK_ATTEMPTS"]).open("a", encoding="utf-8") as notes:
        notes.write(f"{what}\n")
    raise OSError(f"no network in this test: {what}")


def _guard(original: Any) -> Any:
    def connect(self: socket.socket, address: Any) -> Any:
        return original(self, address) if self.family == socket.AF_UNIX else _refuse(address)

    return connect


socket.socket.connect = _guard(_connect)  # type: ignore[method-assign]
socket.socket.connect_ex = _guard(_connect_ex)  # type: ignore[method-assign]
socket.getaddrinfo = lambda host, port, *rest, **more: _refuse((host, port))
