"""Refuse every network call of this process, loopback and local sockets excepted.

An audit hook (PEP 578) sees each call of the socket module, also those that libraries make,
and cannot be taken out again; so it works in a test session and in a child process alike.
"""

from __future__ import annotations

import ipaddress
import sys

__all__ = ["NetworkCallError", "attempts", "block_network"]

# Event → position of the address or host among its arguments.
_ADDRESSES = {"socket.connect": 1, "socket.sendto": 1, "socket.sendmsg": 1}
_HOSTS = {
    "socket.getaddrinfo": 0,
    "socket.gethostbyname": 0,
    "socket.gethostbyaddr": 0,
    "urllib.Request": 0,
}
_LOCAL_NAMES = {"", "localhost", "ip6-localhost"}

attempts: list[str] = []
_blocked = False


class NetworkCallError(RuntimeError):
    """Something tried to reach another machine."""


def block_network() -> None:
    """Block from now on; calling it twice does no harm."""
    global _blocked
    if not _blocked:
        _blocked = True
        sys.addaudithook(_refuse)


def _refuse(event: str, args: tuple[object, ...]) -> None:
    if event in _ADDRESSES:
        target = args[_ADDRESSES[event]]
        # A path or bytes is a local socket; None is a socket that was connected before.
        host = target[0] if isinstance(target, tuple) and target else None
    elif event in _HOSTS:
        host = args[_HOSTS[event]]
    else:
        return
    if host is None or _is_local(_as_text(host)):
        return
    attempts.append(f"{event} {_as_text(host)}")
    raise NetworkCallError(f"A network call was made at run time: {attempts[-1]}.")


def _as_text(host: object) -> str:
    return host.decode("ascii", "replace") if isinstance(host, bytes) else str(host)


def _is_local(host: str) -> bool:
    if host in _LOCAL_NAMES or host.startswith(("http://127.0.0.1", "http://localhost")):
        return True
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False
