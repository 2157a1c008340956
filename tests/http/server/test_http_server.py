"""Data that is not a request, or not a complete one."""

import asyncio
import socket
from collections.abc import Awaitable, Callable
from itertools import product
from pathlib import Path
from typing import TypeVar

import pytest

from ari_app.http.server import http_connection
from ari_app.http.server.http_listener import listen
from ari_app.http.server.password_check import ApiUsers
from ari_app.process.passed_sockets import CannotListen
from tests.http.agent_api import FakeBoard, empty_database, no_orphans, verify, world
from tests.http.own_app import own_app
from tests.rows import check_each, check_rows
from tests.wording.said import refused
from warmline.system import settings

QUERY = b"source=test&user=6666&pass=geheim99&agent_user=1000&function=external_hangup&value=1"
HEAD = b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
T = TypeVar("T")


def opened(run: Path, talk: Callable[[int], Awaitable[T]], board: FakeBoard | None = None) -> T:
    """Run the real server on a free port, and call `talk(port)`."""

    async def go() -> T:
        places = settings.load({"WARMLINE_RUN": str(run)})
        app = own_app(board or FakeBoard(world()), ApiUsers(verify), places, no_orphans)
        runner = await listen(app, "127.0.0.1", 0)
        try:
            return await talk(runner.addresses[0][1])
        finally:
            await runner.cleanup()

    return asyncio.run(go())


def send(run: Path, request: bytes, board: FakeBoard | None = None) -> str:
    async def talk(port: int) -> str:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(request)
        answer = await asyncio.wait_for(reader.read(), 5)
        writer.close()
        return answer.decode("latin-1")

    return opened(run, talk, board)


BAD = {
    "raw bytes in the address": b"GET /agc/api.php?" + QUERY + b"\xff\xfe" + HEAD + b"\r\n",
    "an address that is too long": b"GET /agc/api.php?" + QUERY + b"a" * 9000 + HEAD + b"\r\n",
    "no address": b"GET *" + HEAD + b"\r\n",
    "no HTTP": b"\x16\x03\x01 geheim99\r\n\r\n",
    "a broken chunk": b"POST /agc/api.php" + HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
    "a body that is too large": b"POST /agc/api.php" + HEAD + b"Content-Length: 70000\r\n\r\n" + b"a" * 70000,
    "another method": b"PUT /agc/api.php?" + QUERY + HEAD + b"\r\n",
    "another page": b"GET /agc/vicidial.php?" + QUERY + HEAD + b"\r\n",
}


def test_an_invalid_request_is_refused_with_one_log_line(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    def check(case: str) -> None:
        caplog.set_level("INFO")
        status = send(tmp_path, BAD[case]).split(" ")[1]
        assert 400 <= int(status) < 500
        assert "Traceback" not in caplog.text
        assert "geheim99" not in caplog.text

    check_each(check, BAD)


def test_expect_100_continue_is_answered(tmp_path: Path) -> None:
    answer = send(tmp_path, b"POST /agc/api.php" + HEAD + b"Expect: 100-continue\r\nContent-Length: 1\r\n\r\nx")
    assert [line for line in answer.splitlines() if line.startswith("HTTP/")] == [
        "HTTP/1.1 100 Continue",
        "HTTP/1.1 200 OK",
    ]


PACKED = {
    "not packed": b"Content-Length: 5\r\nContent-Encoding: gzip\r\n\r\nhello",
    "unknown": b"Content-Length: 5\r\nContent-Encoding: nope\r\n\r\nhello",
    "unknown form": b"Content-Length: 5\r\nContent-Type: \xff/x; boundary=\xfe\r\n\r\nhello",
    "form without an end": b"Content-Length: 3\r\nContent-Type: multipart/form-data; boundary=x\r\n\r\n--x",
}


def test_a_form_that_says_nothing_is_an_empty_one(tmp_path: Path) -> None:
    def check(case: str) -> None:
        answer = send(tmp_path, b"POST /agc/api.php" + HEAD + PACKED[case])
        assert answer.endswith("\r\n\r\nERROR: Invalid Source - \n")

    check_each(check, PACKED)


def test_a_port_that_is_taken_is_named(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        async def talk(_port: int) -> None:
            app = own_app(
                FakeBoard(world()), ApiUsers(verify), settings.load({"WARMLINE_RUN": str(tmp_path)}), no_orphans
            )
            await listen(app, "127.0.0.1", port)

        with refused(CannotListen, "api_not_listening", host="127.0.0.1", port=port):
            opened(tmp_path, talk)


def test_the_answer_has_the_contracts_headers(tmp_path: Path) -> None:
    head = send(tmp_path, b"GET /agc/api.php?function=version" + HEAD + b"\r\n").split("\r\n\r\n")[0]
    assert "HTTP/1.1 200 OK" in head
    for header in (
        "Content-Type: text/html; charset=utf-8",
        "Cache-Control: no-cache, must-revalidate",
        "Pragma: no-cache",
    ):
        assert header in head


def test_slashes_too_many_lead_to_the_agent_api(tmp_path: Path) -> None:
    def check(path: bytes, method: bytes) -> None:
        answer = send(tmp_path, method + b" " + path + b"?function=version" + HEAD + b"\r\n")
        assert answer.startswith("HTTP/1.1 200 OK\r\n") and "\r\n\r\nVERSION: " in answer

    check_rows(
        check, product([b"//agc/api.php", b"/agc//api.php", b"/agc/api.php/", b"///agc///api.php//"], [b"GET", b"POST"])
    )


def test_a_look_at_the_head_carries_nothing_out(tmp_path: Path) -> None:
    board = FakeBoard(world())
    query = b"source=test&user=6666&pass=1234&agent_user=1000&function=external_hangup&value=1"
    head, body = send(tmp_path, b"HEAD //agc/api.php?" + query + HEAD + b"\r\n", board).split("\r\n\r\n")
    assert head.startswith("HTTP/1.1 200 OK\r\n") and "Content-Type: text/html; charset=utf-8" in head
    assert (body, board.asked) == ("", [])
    send(tmp_path, b"GET /agc/api.php?" + query + HEAD + b"\r\n", board)
    assert len(board.asked) == 1


def test_markup_that_an_answer_repeats_is_nobodys_in_a_browser(tmp_path: Path) -> None:
    markup = b"source=test&user=6666&pass=1234&function=audio_playback&stage=%3Cimg%20src=x%3E"
    head, _, page = send(tmp_path, b"GET /agc/api.php?" + markup + HEAD + b"\r\n").partition("\r\n\r\n")
    assert page == "ERROR: audio_playback not valid - |<img src=x>|\n"
    assert "X-Content-Type-Options: nosniff\r\n" in f"{head}\r\n"
    assert "Content-Security-Policy: sandbox; default-src 'none'\r\n" in f"{head}\r\n"
    assert "Server: Warmline\r\n" in head, "and no version"


def test_the_link_that_closes_the_window_is_a_script(tmp_path: Path) -> None:
    asked = b"source=test&user=6666&pass=1234&function=audio_playback&close_window_link=1"
    head, _, page = send(tmp_path, b"GET /agc/api.php?" + asked + HEAD + b"\r\n").partition("\r\n\r\n")
    assert "Content-Security-Policy: sandbox allow-scripts\r\n" in f"{head}\r\n" and "window.close" in page


def test_a_page_of_another_site_is_refused_before_the_password(tmp_path: Path) -> None:
    sent = b"GET /agc/api.php?" + QUERY + HEAD + b"Sec-Fetch-Site: cross-site\r\n\r\n"
    answer = send(tmp_path, sent)
    assert answer.split(" ")[1] == "403" and "another site" in answer
    assert send(tmp_path, sent.replace(b"cross-site", b"same-origin")).split(" ")[1] == "200"


def test_an_event_stream_does_not_delay_the_end_of_the_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_connection, "LAST_REQUESTS", 60.0)

    async def go() -> None:
        places = settings.load({"WARMLINE_RUN": str(tmp_path), "WARMLINE_DB": empty_database()})
        runner = await listen(own_app(FakeBoard(world()), ApiUsers(verify), places, no_orphans), "127.0.0.1", 0)
        token = (tmp_path / "token").read_text().strip()
        reader, writer = await asyncio.open_connection(*runner.addresses[0])
        writer.write(f"GET /api/v1/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n\r\n".encode())
        await reader.readuntil(b"id: ")
        async with asyncio.timeout(10):
            await runner.cleanup()
            assert (await reader.read()).startswith(b"0-0"), "then the stream ends"
        writer.close()

    asyncio.run(go())
