"""Who may speak to the server of a review, and what becomes of all others."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from report_samples import SAMPLE
from reviewing import Served, desk_of, served

from contralint.errors import UsageError
from contralint.review.app import LARGEST
from contralint.review.connection import CONNECTIONS
from contralint.review.gate import KEY_HEADER, Hosts
from contralint.review.keys import Keys
from contralint.review.serving import Listening

DECISION = b'{"conflict": "3f2a91c0d4e5b678", "decision": "drop"}'


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def review() -> Iterator[Served]:
    with served(desk_of(SAMPLE)) as running:
        yield running
        assert running.complaints == []


def decided(review: Served) -> bool:
    return review.desk.book.path.exists()


def test_the_address_lets_in_and_leaves_the_token_behind(review: Served) -> None:
    entry = review.ask("GET", f"/?token={review.keys.token}", headers={"Host": review.host})
    assert (entry.status, entry.headers["refresh"]) == (200, "0; url=/")
    cookie = entry.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "samesite=strict" in cookie.lower()
    assert review.keys.token not in cookie
    page = review.ask("GET", "/", headers={"Host": review.host, "Cookie": cookie.partition(";")[0]})
    assert page.status == 200
    assert review.keys.token not in page.text


@pytest.mark.parametrize("token", ["", "x", "a" * 43, "%ED%A0%80", "%C3%A4"])
def test_other_tokens_let_nobody_in(review: Served, token: str) -> None:
    answer = review.ask("GET", f"/?token={token}", headers={"Host": review.host})
    assert (answer.status, "set-cookie" in answer.headers) == (403, False)


def test_a_ticket_lets_in_once() -> None:
    keys = Keys()
    ticket = keys.ticket()
    assert [keys.admits(ticket), keys.admits(ticket), keys.admits(keys.token), keys.admits(keys.token)] == [
        True,
        False,
        True,
        True,
    ]


@pytest.mark.parametrize("path", ["/", "/page.js", "/conflict/3f2a91c0d4e5b678", "/nowhere"])
def test_nothing_is_told_without_the_cookie(review: Served, path: str) -> None:
    for cookie in ({}, {"Cookie": f"contralint-{review.port}={review.keys.token}"}, {"Cookie": "\xff=;;,"}):
        answer = review.ask("GET", path, headers={"Host": review.host, **cookie})
        assert answer.status == 403
        assert "embodiment" not in answer.text


@pytest.mark.parametrize("host", ["evil.example:{port}", "127.0.0.1", "127.0.0.1:1", "[::1]:{port}.evil.example", ""])
def test_names_that_were_bent_to_lead_here_are_refused(review: Served, host: str) -> None:
    answer = review.ask("GET", "/", headers={**review.credentials, "Host": host.format(port=review.port)})
    assert answer.status == 421


def test_a_request_has_one_host(review: Served) -> None:
    with socket.create_connection(("127.0.0.1", review.port)) as client:
        host = review.host.encode()
        client.sendall(b"GET / HTTP/1.1\r\nHost: " + host + b"\r\nHost: evil.example\r\n\r\n")
        assert client.recv(4096).split()[1] in (b"400", b"421")


@pytest.mark.parametrize("port", [8000, 443])
def test_names_of_the_server(port: int) -> None:
    local, open_to_all = Hosts(port), Hosts(port, {"localhost", "desk"}, addresses=True)
    assert all(local.knows(f"{name}:{port}") for name in ("127.0.0.1", "localhost", "LOCALHOST", "[::1]"))
    assert not local.knows(f"10.0.0.1:{port}")
    assert all(open_to_all.knows(f"{name}:{port}") for name in ("desk", "10.0.0.1", "[fe80::1]"))
    assert not open_to_all.knows(f"evil.example:{port}")


@pytest.mark.parametrize(
    "wrong",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": None},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Cookie": None},
        {KEY_HEADER: None},
        {KEY_HEADER: "x"},
    ],
)
def test_only_the_page_itself_decides(review: Served, wrong: dict[str, str | None]) -> None:
    given = {name: value for name, value in {**review.credentials, **wrong}.items() if value is not None}
    for path in ("/decide", "/undo"):
        answer = review.ask("POST", path, DECISION, given)
        assert answer.status == 403
    assert not decided(review)
    assert review.ask("POST", "/decide", DECISION, review.credentials).status == 200
    assert decided(review)


def test_another_page_cannot_look(review: Served) -> None:
    for wrong in ({"Origin": "http://evil.example"}, {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}):
        answer = review.ask("GET", "/", headers={**review.credentials, **wrong})
        assert answer.status == 403
        assert "access-control-allow-origin" not in answer.headers


def test_a_form_of_another_kind_is_not_taken(review: Served) -> None:
    answer = review.ask("POST", "/decide", DECISION, {**review.credentials, "Content-Type": "text/plain"})
    assert (answer.status, answer.json) == (409, {"error": "only JSON is taken"})


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT"])
def test_other_methods_are_refused(review: Served, method: str) -> None:
    assert review.ask(method, "/", headers=review.credentials).status in (400, 405)


@pytest.mark.parametrize("path", ["/", "/page.js", "/page.css", "/nowhere", "/?token=x"])
def test_every_answer_is_marked(review: Served, path: str) -> None:
    for headers in (review.credentials, {"Host": review.host}, {"Host": "evil.example"}):
        answer = review.ask("GET", path, headers=headers)
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert (answer.headers["cache-control"] == "no-store") == (answer.status != 200 or "page" not in path)
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "server" not in answer.headers


def test_bodies_are_limited_whatever_their_header_says(review: Served) -> None:
    large = b" " * (LARGEST + 1)
    assert review.ask("POST", "/decide", large, review.credentials).status == 413
    chunked = {**review.credentials, "Transfer-Encoding": "chunked"}
    with socket.create_connection(("127.0.0.1", review.port)) as client:
        lines = [f"{name}: {value}" for name, value in chunked.items()]
        client.sendall("\r\n".join(["POST /decide HTTP/1.1", *lines, "", ""]).encode())
        taken = 0
        with contextlib.suppress(ConnectionError):
            while taken < 20 * LARGEST:
                taken += client.send(b"10000\r\n" + b" " * 0x10000 + b"\r\n")
        assert taken < 20 * LARGEST
    assert not decided(review)
    assert review.get("/").status == 200


@pytest.mark.parametrize(
    "sent",
    [
        b"GET / HTTP/1.1\r\nX: ",
        b"",
        b"POST /decide HTTP/1.1\r\nHost: {host}\r\nContent-Length: 100\r\n\r\n{",
        b"\x16\x03\x01\x02\x00\x01\x00\x01",
    ],
    ids=["half a header", "nothing", "half a body", "not HTTP"],
)
def test_slow_clients_are_hung_up_on(sent: bytes) -> None:
    with served(desk_of(SAMPLE), patience=0.3) as review:
        with socket.create_connection(("127.0.0.1", review.port)) as client:
            client.settimeout(30)
            client.sendall(sent.replace(b"{host}", review.host.encode()))
            with contextlib.suppress(ConnectionError):
                while client.recv(4096):
                    pass
        assert review.get("/").status == 200


@pytest.mark.parametrize("line", [b"X: " + b"x" * 200_000, b"X: y\r\n" * 20_000], ids=["one header", "many headers"])
def test_headers_are_limited(line: bytes, review: Served) -> None:
    with socket.create_connection(("127.0.0.1", review.port)) as client:
        client.settimeout(30)
        answer = b""
        with contextlib.suppress(ConnectionError):
            client.sendall(b"GET / HTTP/1.1\r\nHost: " + review.host.encode() + b"\r\n" + line)
            answer = client.recv(4096)
    assert answer == b"" or answer.split()[1] in (b"400", b"431")
    assert review.get("/").status == 200


def test_more_connections_than_a_reviewer_needs_shut_nobody_out_for_long() -> None:
    with served(desk_of(SAMPLE), patience=2) as review:
        idle = [socket.create_connection(("127.0.0.1", review.port)) for _ in range(CONNECTIONS * 2)]
        assert review.get("/").status == 503
        for client in idle:
            client.settimeout(30)
            with client:
                assert client.recv(1) == b""
        assert review.get("/").status == 200


def test_many_clients_at_once_are_all_answered(review: Served) -> None:
    statuses: list[int] = []

    def look() -> None:
        statuses.extend(review.get("/").status for _ in range(5))

    threads = [threading.Thread(target=look) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [200] * 100


def test_each_project_has_a_port_of_its_own_and_a_taken_one_is_left() -> None:
    def listening() -> Listening:
        return Listening.at("127.0.0.1", None, Path("some/decisions.jsonl"))

    with listening() as other:
        with listening() as first:
            usual = other.port
            assert first.port != usual
        with pytest.raises(UsageError, match=f"cannot listen at 127.0.0.1, port {usual}"):
            Listening.at("127.0.0.1", usual, Path("some/decisions.jsonl"))
    with listening() as again:
        assert again.port == usual
