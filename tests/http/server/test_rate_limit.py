"""A client that sends too many requests must wait, and no other client is affected."""

import asyncio
from collections import Counter
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer
from hypothesis import given
from hypothesis import strategies as st

from ari_app.http import routes
from ari_app.http.server import bearer_tokens, request_heads
from ari_app.http.server.limits import rate_limit
from ari_app.http.server.limits.rate_limit import RateLimit
from ari_app.http.server.password_check import ApiUsers
from tests.http.agent_api import FakeBoard, empty_database, no_orphans, verify, world
from tests.http.json_site import JsonSite
from tests.http.own_app import own_app
from tests.http.server.test_password_check import HANGUP, Clock
from warmline.store.configuration import config
from warmline.store.configuration import tokens as stored_tokens
from warmline.store.configuration.tokens import ApiToken
from warmline.system import settings


@given(st.lists(st.floats(0, 0.2), min_size=1, max_size=300))
def test_a_client_within_the_rate_never_waits_and_none_exceeds_it(pauses: list[float]) -> None:
    clock = Clock()
    patient, hasty = RateLimit(10, clock=clock), RateLimit(10, clock=clock)
    taken = 0
    for pause in pauses:
        clock.now += 0.1 + pause
        assert patient.wait("6666", "a") == 0
        taken += sum(hasty.wait("6666", "a") == 0 for _ in range(3))
        assert taken <= 10 * (rate_limit.BURST + clock.now) + 1


def test_clients_have_separate_rates_by_user_and_address() -> None:
    asked = RateLimit(1, clock=Clock())
    while not asked.wait("6666", "a"):
        pass
    assert [asked.wait(*who) for who in (("6666", "b"), ("7002", "a"), ("", "a"))] == [0, 0, 0]


def test_a_flood_of_requests_is_none_of_lines(caplog: pytest.LogCaptureFixture) -> None:
    clock = Clock()
    asked = RateLimit(1, clock=clock)
    for clock.now in (0.0, 0.5, 1.0):
        for _ in range(100):
            asked.wait("6666", "192.0.2.7")
    assert [one.getMessage() for one in caplog.records] == [
        "6666 from 192.0.2.7 sends too many requests (api_rate)"
    ] * 2


async def text(client: "TestClient[Any, Any]", asked: dict[str, str]) -> str:
    """Return the agent API's answer."""
    async with client.get("/agc/api.php", params=asked | {"value": "1"}) as answer:
        assert answer.status == 200
        return await answer.text()


def test_a_toolbar_that_asks_in_a_circle_is_told_in_the_agent_apis_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "warmline.api")
    monkeypatch.setattr(routes, "RateLimit", partial(RateLimit, clock=Clock()))
    places = settings.load({"WARMLINE_RUN": str(tmp_path), "WARMLINE_DB": empty_database(), "WARMLINE_API_RATE": "1"})
    refused: Counter[str] = Counter()
    app = own_app(
        FakeBoard(world()), ApiUsers(verify), places, no_orphans, too_often=lambda door: refused.update([door])
    )

    async def talk() -> list[str]:
        async with TestClient(TestServer(app)) as client:
            others = HANGUP | {"user": "7002", "function": "external_pause"}
            return [await text(client, asked) for asked in (*[HANGUP] * 6, others)]

    *first, late, anothers = asyncio.run(talk())
    assert first == ["SUCCESS: external_hangup function set - 1|1000\n"] * 5
    assert late == "ERROR: too many requests, wait a second - 6666|external_hangup\n"
    assert "too many" not in anothers
    assert refused == {"agent": 1}
    lines = [one.getMessage() for one in caplog.records if "6666" in one.getMessage()]
    assert len(lines) == 6 and lines[-1] == "6666 from 127.0.0.1 sends too many requests (api_rate)"


@pytest.fixture
def slow(site: JsonSite) -> JsonSite:
    """One request per second; the clock is stopped."""
    site.api.askers.rate.a_second = 1
    site.api.askers.rate._clock = Clock()
    return site


def test_a_program_that_asks_in_a_circle_is_told_when_to_come_again(slow: JsonSite) -> None:
    token = "t" * 43
    config.create(slow.database, "api-token", "crm", {"scopes": "calls:read", "token": token}, who="test")
    asked = [slow.ask("GET", "/calls", token=token) for _ in range(6)]
    assert [one.status for one in asked] == [200] * 5 + [429]
    assert (asked[-1].body["detail"], asked[-1].headers["Retry-After"]) == (
        "too many requests (setting api_rate)",
        "1",
    )
    assert slow.ask("GET", "/calls").status == 200, "a program of this machine asks as often as it likes"


def test_tokens_are_in_memory_and_read_again_when_the_configuration_changes(
    slow: JsonSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[object] = []
    real = stored_tokens.read_all

    def read_all(path: str | Path) -> dict[str, ApiToken]:
        read.append(path)
        return real(path)

    monkeypatch.setattr(stored_tokens, "read_all", read_all)
    good, wrong = "t" * 43, "x" * 43
    config.create(slow.database, "api-token", "crm", {"scopes": "calls:read", "token": good}, who="test")
    told = [slow.ask("GET", "/calls", token=wrong).status for _ in range(20)]
    assert told == [401] * 5 + [429] * 15
    assert slow.ask("GET", "/calls", token=good).status == 200, "a known token waits for none of them"
    assert len(read) == 1
    config.delete(slow.database, "api-token", "crm", who="test")
    slow.forget()
    assert slow.ask("GET", "/calls", token=good).status == 429, "with the unknown ones"
    assert len(read) == 2


def test_an_address_is_counted_before_its_requests_are_read(slow: JsonSite) -> None:
    askers, good = slow.api.askers, "t" * 43
    config.create(slow.database, "api-token", "crm", {"scopes": "calls:read", "token": good}, who="test")
    assert slow.ask("GET", "/calls", token=good).status == 200
    askers._by_address._clock = Clock()
    most = int(bearer_tokens.OF_ADDRESS * 200 * bearer_tokens.BURST_OF_ADDRESS)
    taken = sum(not askers.admit("2001:db8::1", 1) for _ in range(2 * most))
    assert taken == pytest.approx(most, abs=1)
    assert askers.admit("2001:db8::2", 1) > 0, "the same machine"
    assert not askers.admit("2001:db8:0:1::1", 1)
    assert [askers.knows(token) for token in (good, slow.token, "x" * 43, "")] == [True, True, False, False]


def test_a_request_that_takes_long_to_parse_counts_as_many() -> None:
    """A unit is about 0.15 ms of a processor: no form and no query of a stranger is cheaper for its size."""

    def cost(head: bytes) -> int:
        judgement = request_heads.judged(head + b"\r\n\r\n")
        assert isinstance(judgement, request_heads.RequestHead)
        return judgement.cost

    assert cost(b"GET /healthz HTTP/1.1\r\nHost: x") == 1
    assert cost(b"GET /agc/api.php?" + b"a" * 4096 + b" HTTP/1.1\r\nHost: x") == 13
    assert cost(b"POST /agc/api.php HTTP/1.1\r\nContent-Length: 16384") == 17
    limit = RateLimit(100, clock=Clock())
    assert [bool(limit.wait("", "a", 17)) for _ in range(31)] == [False] * 29 + [True] * 2, "500 units in 5 s"
