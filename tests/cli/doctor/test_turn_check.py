"""The doctor's check of TURN servers, against servers of the test."""

import socket
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from cli.client.stun_request import COOKIE
from cli.doctor.checks.browser_phone_check import turn_servers
from cli.doctor.facts.check_facts import CheckFacts
from warmline.system.settings import DEFAULTS, Settings
from warmline.text import turn_url
from warmline.text.turn_url import TurnUrlInvalid


def codes(tmp_path: Path, **settings: str) -> list[str]:
    known = Settings(**{**DEFAULTS, **settings})
    return [one.code for one in turn_servers(CheckFacts(known, tmp_path / "warmline.toml"))]


@pytest.fixture
def server() -> Iterator[int]:
    """Answer one Binding request over UDP; yield the port."""
    with closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as own:
        own.bind(("127.0.0.1", 0))

        def answer() -> None:
            asked, page = own.recvfrom(2048)
            assert asked[4:8] == COOKIE
            own.sendto(b"\x01\x01\x00\x00" + asked[4:20], page)

        thread = threading.Thread(target=answer)
        thread.start()
        yield int(own.getsockname()[1])
        thread.join()


def test_a_server_that_answers_is_good(tmp_path: Path, server: int) -> None:
    urls = f"turn:127.0.0.1:{server}?transport=udp"
    assert codes(tmp_path, turn_urls=urls, turn_secret="s") == ["turn_good"]  # noqa: S106 - of a test


def test_missing_turn_settings_are_named(tmp_path: Path) -> None:
    assert codes(tmp_path) == ["turn_off"]
    assert codes(tmp_path, turn_urls="http://127.0.0.1") == ["turn_url_invalid"]
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))  # and does not listen
        urls = f"turn:127.0.0.1:{taken.getsockname()[1]}?transport=tcp"
        assert codes(tmp_path, turn_urls=urls) == ["turn_secret_missing", "turn_silent"]


def test_addresses_are_those_of_browsers() -> None:
    first, second, third = turn_url.read("turn:a.example, turn:[::1]:99?transport=tcp,turns:b.example")
    assert first[1:] == ("a.example", 3478, "udp", False)
    assert second[1:] == ("::1", 99, "tcp", False)
    assert third[1:] == ("b.example", 5349, "tcp", True)
    assert turn_url.read("") == ()


@pytest.mark.parametrize(
    "wrong", ["stun:a", "turn:", "turn:a:0", "turn:a:65536", "turn:a b", "turns:a?transport=udp", ","]
)
def test_others_are_refused(wrong: str) -> None:
    with pytest.raises(TurnUrlInvalid) as refused:
        turn_url.read(wrong)
    assert refused.value.code == "turn_url_invalid"
