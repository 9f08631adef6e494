"""No test reaches a network: within its process nothing but loopback is looked up, connected to or sent to.

As a script, runs a command with a network of its own that has nothing else, where the system has such: what the command
starts cannot leave it either.
"""

from __future__ import annotations

import ipaddress
import os
import socket
import struct
import subprocess
import sys
from collections.abc import Sequence

_HOST_FIRST = ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr")
_ADDRESS_SECOND = ("socket.connect", "socket.sendto", "socket.sendmsg")
# As root, or as anybody where the system lets them have networks of their own.
_APART = (["unshare", "--net"], ["unshare", "--user", "--map-current-user", "--keep-caps", "--net"])
_SIOCSIFFLAGS, _IFF_UP = 0x8914, 1


class NetworkError(OSError):
    """A test that would leave this machine."""


def is_loopback(address: object) -> bool:
    """Whether a host, or the address of a socket, is on this machine."""
    host = address[0] if isinstance(address, tuple) and address else address
    if isinstance(host, bytes):
        host = host.decode("utf-8", "replace")
    if not isinstance(host, str) or host in ("", "localhost") or host.startswith(("/", "\0")):
        return True  # any of this machine's, or a socket in its file system
    try:
        there = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return there.is_loopback or there.is_unspecified  # the latter are all addresses of this machine


def refuse_others(event: str, arguments: tuple[object, ...]) -> None:
    """An audit hook that lets nothing but loopback pass."""
    if not event.startswith("socket."):
        return
    at = 0 if event in _HOST_FIRST else 1 if event in _ADDRESS_SECOND else None
    if at is not None and not is_loopback(arguments[at]):
        raise NetworkError(f"tests reach nothing but loopback, not {arguments[at]!r}")


def bring_up() -> None:
    """Starts loopback in a network that is new, where it is down."""
    import fcntl

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        fcntl.ioctl(control, _SIOCSIFFLAGS, struct.pack("16sh", b"lo", _IFF_UP))


def apart() -> Sequence[str]:
    """The command that gives another one a network of its own; none where the system does not let it."""
    for command in _APART:
        try:
            subprocess.run([*command, sys.executable, __file__], check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError):
            continue
        return command
    return []


def main(arguments: list[str]) -> None:
    """Runs a command apart; within, where it starts with two dashes."""
    if not arguments or arguments[0] == "--":
        bring_up()
        if arguments:
            os.execvp(arguments[1], arguments[1:])
    elif prefix := apart():
        os.execvp(prefix[0], [*prefix, sys.executable, __file__, "--", *arguments])
    else:
        sys.stderr.write("no network of its own to be had here: what tests start is not kept from others\n")
        os.execvp(arguments[0], arguments)


if __name__ == "__main__":
    main(sys.argv[1:])
