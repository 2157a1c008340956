"""A request that is repeated with its key: after a restart, and after an answer without a result."""

from typing import Any

import pytest

from ari_app.link.call_control import CallProcessAway
from tests.http.agent_api import FakeBoard, visit, world
from tests.http.json_site import JsonSite
from warmline.core.messages.commands import Kind

PAUSE = {"function": "external_pause", "value": "PAUSE"}
RESUME = {"function": "external_pause", "value": "RESUME"}
DIAL = {"function": "transfer_conference", "value": "DIAL_WITH_CUSTOMER", "phone_number": "8500"}
LEAVE = {"function": "transfer_conference", "value": "LEAVE_3WAY_CALL"}
KEYS = {"function": "send_dtmf", "value": "1P"}


def ask(site: JsonSite, key: str, query: dict[str, str]) -> str:
    fields = {"source": "test", "user": "6666", "pass": "1234", "agent_user": "1000", "idempotency_key": key}

    async def send() -> str:
        async with site.client.get("/agc/api.php", params=fields | query) as response:
            return (await response.text()).strip()

    return site.do(send())


def again(site: JsonSite, key: str, query: dict[str, str]) -> str:
    """Repeat a request after a restart, whose caches are empty."""
    site.stop()
    site.start()
    return ask(site, key, query)


def test_a_command_that_the_state_no_longer_allows_has_its_result(site: JsonSite) -> None:
    ask(site, "begin", PAUSE)
    assert ask(site, "end", RESUME).startswith("SUCCESS: ")
    assert again(site, "end", RESUME) == "SUCCESS: external_pause function set - RESUME|1000"
    assert again(site, "new", RESUME) == "ERROR: external_pause agent is not paused - RESUME|1000"
    assert len(site.board.given) == 2


def test_a_leave_that_was_done_is_done(site: JsonSite) -> None:
    site.customer()
    assert ask(site, "dial", DIAL).startswith("SUCCESS: ")
    assert ask(site, "keys", KEYS).startswith("SUCCESS: ")
    assert ask(site, "leave", LEAVE).startswith("SUCCESS: ")
    site.driver.ask(Kind.STATUS, status="SALE")
    commands = len(site.board.given)
    assert again(site, "leave", LEAVE).startswith("SUCCESS: transfer_conference function set - LEAVE_3WAY_CALL|1000")
    assert again(site, "keys", KEYS).startswith("SUCCESS: send_dtmf function set - 1P|1000")
    assert again(site, "new", LEAVE).startswith("ERROR: ")
    assert len(site.board.given) == commands


def test_a_key_of_another_request_is_refused_after_a_restart(site: JsonSite) -> None:
    ask(site, "begin", PAUSE)
    ask(site, "end", RESUME)
    assert again(site, "end", LEAVE).endswith("idempotency_key belongs to another request - LEAVE_3WAY_CALL|1000")


@pytest.mark.parametrize("problem", [CallProcessAway("away", "the call process is away"), TimeoutError()])
def test_a_request_without_a_result_may_be_repeated_with_its_key(problem: Exception) -> None:
    board = FakeBoard(world(), problem)
    query = {"source": "test", "user": "6666", "pass": "1234", "agent_user": "1000", "idempotency_key": "k"}

    async def talk(client: Any, _token: str) -> list[str]:
        answers = []
        for answer in (problem, ""):
            board.answer = answer
            async with client.get("/agc/api.php", params=query | DIAL) as response:
                answers.append(await response.text())
        return answers

    first, second = visit(board, talk)
    assert first.startswith("ERROR: ") and second.startswith("SUCCESS: ")
