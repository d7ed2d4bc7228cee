"""No test may reach for the network: the interpreter itself is asked, so no library gets round."""

from __future__ import annotations

import socket
import sys

# Processes of one machine talk through sockets of the file system.
_LOCAL = getattr(socket, "AF_UNIX", None)
_ASKING = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.sendto"}


class NetworkError(AssertionError):
    """Somebody reached for the network."""


def refuse_network(event: str, arguments: tuple[object, ...]) -> None:
    if event == "socket.__new__" and arguments[1] != _LOCAL:
        raise NetworkError(f"a socket of family {arguments[1]}")
    if event in _ASKING:
        raise NetworkError(event)


def close_network() -> None:
    """Refuse sockets from now on, in this process, for good."""
    sys.addaudithook(refuse_network)
