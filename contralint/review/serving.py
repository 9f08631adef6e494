"""The server: where it listens, and until when."""

from __future__ import annotations

import errno
import gc
import os
import socket
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

import uvicorn

from contralint.errors import UsageError
from contralint.review.app import application
from contralint.review.connection import CONNECTIONS, Connection
from contralint.review.desk import Desk
from contralint.review.gate import Hosts
from contralint.review.keys import Keys

_FIRST, _PORTS = 20_000, 10_000  # below those that systems give out by themselves
_HEADERS = 64 * 1024  # bytes: browsers send along the cookies of all servers of a machine
_GOODBYE = 2  # seconds for answers that are under way at the end


@dataclass(frozen=True)
class Listening:
    """A place to listen at, which is given back where a `with` ends.

    Attributes:
        socket: Already bound.
        host: As it was named.
    """

    socket: socket.socket
    host: str

    @classmethod
    def at(cls, host: str, port: int | None, about: Path) -> Listening:
        """Binds a port.

        Args:
            host: A name or number of this machine.
            port: None takes the same one each time, where it is free: a browser keeps drafts by address.
            about: The file that tells one review from another.

        Raises:
            UsageError: There is no such host here, or the port is taken.
        """
        usual = _FIRST + zlib.crc32(os.fsencode(about.resolve())) % _PORTS
        try:
            if port is not None:
                return cls(_bound(host, port), host)
            try:
                return cls(_bound(host, usual), host)
            except OSError as error:
                if error.errno != errno.EADDRINUSE:
                    raise
                return cls(_bound(host, 0), host)
        except OSError as error:
            where = host if port is None else f"{host}, port {port}"
            raise UsageError(f"cannot listen at {where}: {error.strerror or error}") from None

    def __enter__(self) -> Listening:
        """The place itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Lets go of the port."""
        self.socket.close()

    @property
    def port(self) -> int:
        """The port."""
        return int(self.socket.getsockname()[1])

    @property
    def is_local(self) -> bool:
        """Whether this machine alone can reach it."""
        return ip_address(self.socket.getsockname()[0]).is_loopback

    @property
    def hosts(self) -> Hosts:
        """The names that requests may use."""
        names = {*Hosts(self.port).names, _bracketed(self.host).lower()}
        if self.is_local:
            return Hosts(self.port, names)
        return Hosts(self.port, names | {socket.gethostname().lower()}, addresses=True)

    def address(self, token: str) -> str:
        """What a browser is to open."""
        everywhere = ip_address(self.socket.getsockname()[0]).is_unspecified
        return f"http://{socket.gethostname() if everywhere else _bracketed(self.host)}:{self.port}/?token={token}"


def _bound(host: str, port: int) -> socket.socket:
    family, kind, _, _, at = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    made = socket.socket(family, kind)
    try:
        if os.name == "posix":  # elsewhere it would let others share the port
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind(at)
        made.listen()  # from now on nobody else can take it, and who comes early waits
    except OSError:
        made.close()
        raise
    return made


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def serve(desk: Desk, listening: Listening, keys: Keys, complain: Callable[[Exception], None]) -> None:
    """Serves until the process is interrupted, which raises KeyboardInterrupt once all is answered.

    Args:
        desk: What is reviewed.
        listening: Where.
        keys: The secrets of this run.
        complain: Is told of errors of our own, after which the server goes on.
    """
    gc.freeze()  # what a scan leaves stays to the end, and need not be looked through at each answer
    server(desk, listening, keys, complain).run([listening.socket])


def server(
    desk: Desk, listening: Listening, keys: Keys, complain: Callable[[Exception], None], patience: float | None = None
) -> uvicorn.Server:
    """The server, not yet running; `patience` takes the place of the seconds that an exchange may take."""
    connection = Connection if patience is None else type("Connection", (Connection,), {"patience": patience})
    return uvicorn.Server(
        uvicorn.Config(
            application(desk, keys, listening.hosts, complain),
            http=connection,
            loop="asyncio",
            ws="none",
            lifespan="off",
            log_config=None,
            log_level="critical",
            access_log=False,
            proxy_headers=False,
            server_header=False,
            date_header=False,
            limit_concurrency=CONNECTIONS,
            h11_max_incomplete_event_size=_HEADERS,
            timeout_graceful_shutdown=_GOODBYE,
        )
    )
