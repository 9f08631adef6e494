"""What keeps the tests off the network."""

from __future__ import annotations

import socket
import subprocess
import sys

import loopback
import pytest
from loopback import NetworkError, is_loopback

OUTSIDE = "192.0.2.1"  # reserved for documentation


@pytest.mark.parametrize("address", ["localhost", "127.0.0.2", ("::1", 80, 0, 0), b"127.0.0.1", None, "", "/tmp/x", 5])
def test_this_machine_is_reached(address: object) -> None:
    assert is_loopback(address)


@pytest.mark.parametrize("address", ["example.org", (OUTSIDE, 80), ("fe80::1%eth0", 80), b"example.org", "0x7f000001"])
def test_no_other_is(address: object) -> None:
    assert not is_loopback(address)


def test_every_way_out_is_shut() -> None:
    with pytest.raises(NetworkError, match=OUTSIDE):
        socket.create_connection((OUTSIDE, 80), timeout=1)
    with pytest.raises(NetworkError, match=r"example\.org"):
        socket.getaddrinfo("example.org", 80)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as datagrams, pytest.raises(NetworkError, match=OUTSIDE):
        datagrams.sendto(b"x", (OUTSIDE, 53))


@pytest.mark.skipif(not loopback.apart(), reason="no network of its own to be had here")
def test_what_a_command_starts_has_loopback_alone() -> None:
    code = "import socket; socket.create_server(('127.0.0.1', 0)); print(*(name for _, name in socket.if_nameindex()))"
    within = [sys.executable, "-c", f"import subprocess, sys; subprocess.run([sys.executable, '-c', {code!r}])"]
    run = subprocess.run([sys.executable, loopback.__file__, *within], capture_output=True, text=True, check=True)
    assert "lo" in run.stdout.split()
    assert not [name for name in run.stdout.split() if name.startswith(("eth", "en", "wl"))]
