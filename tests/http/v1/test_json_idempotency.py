"""The same Idempotency-Key: the same receipt, and the command is given once."""

import asyncio

import pytest

from ari_app.link.call_control import CommandReply, CommandTimeout
from tests.http.json_site import JsonSite
from warmline.core.messages.commands import Command
from warmline.core.model.call_states import State

DIAL = {"kind": "DIAL_WITH_CUSTOMER", "number": "8500"}


def transfer(site: JsonSite, call: str, body: dict[str, str] = DIAL, key: str = "k") -> tuple[int, str]:
    told = site.ask("POST", f"/calls/{call}/transfers", body, Idempotency_Key=key)
    return told.status, told.body["id"] if told.status == 201 else told.body.get("receipt", told.body["detail"])


def test_without_a_key_each_request_is_a_new_one(site: JsonSite) -> None:
    assert {site.ask("POST", "/agents/1000/pause").body["id"] for _ in range(2)} == set(site.board.given)
    assert len(site.board.given) == 2


@pytest.mark.parametrize("restarted", [False, True])
def test_also_after_the_call_is_over(site: JsonSite, restarted: bool) -> None:
    call = site.customer()
    first = transfer(site, call)
    site.driver.wait(1)
    left = transfer(site, call, {"kind": "LEAVE_3WAY_CALL"}, "k2")
    site.ask("POST", f"/calls/{call}/hangup")
    site.driver.wait(1)
    if restarted:
        site.stop()
        site.driver.die()
        site.driver.closed.clear()
        site.driver.come_back()
        site.start()
    given = len(site.board.given)
    assert transfer(site, call) == first
    assert transfer(site, call, {"kind": "LEAVE_3WAY_CALL"}, "k2") == left
    assert len(site.board.given) == given


def test_a_receipt_is_found_by_its_key(site: JsonSite) -> None:
    call = site.customer()
    transfer(site, call)
    assert site.ask("GET", "/receipts/key:k").body["kind"] == "DIAL_WITH_CUSTOMER", "it is in progress"
    site.driver.wait(1)
    transfer(site, call, {"kind": "LEAVE_3WAY_CALL"}, "k2")
    found = site.ask("GET", "/receipts/key:k2").body
    assert (found["kind"], found["outcome"]) == ("LEAVE_3WAY_CALL", "completed")
    assert site.ask("GET", "/receipts/key:unknown").status == 404
    assert site.ask("GET", "/receipts/key:").status == 404


@pytest.mark.parametrize("restarted", [False, True])
def test_a_refused_command_stays_refused(site: JsonSite, restarted: bool) -> None:
    call = site.customer()
    first = transfer(site, call, {"kind": "LEAVE_3WAY_CALL"})
    assert first[0] == 409
    transfer(site, call, key="other")
    site.driver.wait(1)
    assert site.driver.call().state is State.THREE_WAY
    if restarted:
        site.stop()
        site.start()
    assert transfer(site, call, {"kind": "LEAVE_3WAY_CALL"}) == first
    told = site.ask("POST", f"/calls/{call}/transfers", {"kind": "LEAVE_3WAY_CALL"}, Idempotency_Key="k")
    assert told.body["code"] == "third_party_missing", "the code is found again by the stored sentence"
    assert site.driver.call().state is State.THREE_WAY


def test_a_dial_that_was_busy_was_begun(site: JsonSite) -> None:
    """A repeated request gets the receipt with its outcome, not a refusal."""
    call = site.customer()
    status, receipt = transfer(site, call, {"kind": "DIAL_WITH_CUSTOMER", "number": "8502"})
    site.driver.wait(1)
    for restarted in (False, True):
        if restarted:
            site.stop()
            site.start()
        again = site.ask("POST", f"/calls/{call}/transfers", DIAL | {"number": "8502"}, Idempotency_Key="k")
        assert (again.status, again.body["id"], again.body["outcome"]) == (status, receipt, "busy")
        assert transfer(site, call, DIAL | {"number": "5551234"})[0] == 422, "another command with the same key"
    assert len(site.board.given) == 1


def test_two_at_once(site: JsonSite, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second one comes while the first one has no answer."""
    arrived, going_on = asyncio.Event(), asyncio.Event()
    keys: list[str] = []
    real = site.board.ask

    async def slow(command: Command, *asked: str) -> CommandReply:
        keys.append(asked[2])
        arrived.set()
        await going_on.wait()
        return await real(command, *asked)

    async def both() -> list[str]:
        monkeypatch.setattr(site.board, "ask", slow)
        two = [asyncio.create_task(site.asking("POST", "/agents/1000/pause", Idempotency_Key="k")) for _ in range(2)]
        await arrived.wait()
        going_on.set()
        return [(await one).body["id"] for one in two]

    first, second = site.do(both())
    assert first == second
    assert keys == ["k"]


def test_after_a_time_out_the_receipt_tells(site: JsonSite, monkeypatch: pytest.MonkeyPatch) -> None:
    real = site.board.ask

    async def late(command: Command, *asked: str) -> CommandReply:
        raise CommandTimeout((await real(command, *asked)).receipt)

    monkeypatch.setattr(site.board, "ask", late)  # done, but too late for the client
    first = site.ask("POST", "/agents/1000/pause", Idempotency_Key="k")
    assert first.status == 503
    again = site.ask("POST", "/agents/1000/pause", Idempotency_Key="k")
    assert (again.status, again.body["id"]) == (201, first.body["receipt"])
    assert len(site.board.given) == 1


@pytest.mark.parametrize("key", ["x" * 256, "é", "a\tb"])
def test_a_key_that_cannot_be_used(site: JsonSite, key: str) -> None:
    told = site.ask("POST", "/agents/1000/pause", Idempotency_Key=key)
    assert (told.status, told.body["errors"][0]["field"]) == (422, "Idempotency-Key")
    assert site.board.given == []


AGENT = "/agents/1000"
PROMISE = {"status": "CALLBK", "callback": {"at": "2026-12-24T18:05", "comments": "after six"}}
OTHERS = {
    "pause code": (f"{AGENT}/pause", {"pause_code": "LUNCH"}, {"pause_code": "TEA"}),
    "caller id": (f"{AGENT}/transfers", DIAL, DIAL | {"caller_id": "CUSTOMER"}),
    "group alias": (f"{AGENT}/transfers", DIAL, DIAL | {"group_alias": "MAIN"}),
    "without prefix": (f"{AGENT}/transfers", DIAL, DIAL | {"dial_override": True}),
    "other time": (f"{AGENT}/disposition", PROMISE, {"status": "CALLBK", "callback": {"at": "2026-12-24T19:05"}}),
    "no callback": (f"{AGENT}/disposition", PROMISE, {"status": "CALLBK"}),
    "more keys": (f"{AGENT}/dtmf", {"digits": "1"}, {"digits": "11"}),
    "to the third": (f"{AGENT}/dtmf", {"digits": "1"}, {"digits": "1", "to": "CUSTOMER"}),
}


@pytest.mark.parametrize("case", OTHERS)
def test_all_that_is_said_makes_a_command_another(site: JsonSite, case: str) -> None:
    path, first, other = OTHERS[case]
    site.customer()
    given = site.ask("POST", path, first, Idempotency_Key="k")
    site.driver.wait(1)
    for restarted in (False, True):
        if restarted:
            site.stop()
            site.start()
            site.driver.closed.clear()
        again = site.ask("POST", path, first, Idempotency_Key="k")
        assert (given.status, again.status, again.body.get("id")) == (again.status, given.status, given.body.get("id"))
        told = site.ask("POST", path, other, Idempotency_Key="k")
        assert (told.status, told.body["errors"][0]["field"]) == (422, "Idempotency-Key")
        assert len(site.board.given) == 1


def test_the_call_that_is_named_makes_a_command_another(site: JsonSite) -> None:
    call = site.customer()
    path = f"{AGENT}/hold?call="
    given = site.ask("POST", path + call, Idempotency_Key="k")
    assert (given.status, site.ask("POST", path + call, Idempotency_Key="k").body["id"]) == (201, given.body["id"])
    for other in (path + "0" * 26, f"{AGENT}/hold"):
        told = site.ask("POST", other, Idempotency_Key="k")
        assert (told.status, told.body["code"]) == (422, "idempotency_key_reused")
    assert len(site.board.given) == 1


def test_of_the_keys_that_were_pressed_nothing_is_kept(site: JsonSite) -> None:
    site.customer()
    for digits in ("1234", "4321"):
        site.ask("POST", f"{AGENT}/dtmf", {"digits": digits}, Idempotency_Key=digits)
    first, second = map(site.driver.receipt, site.board.given)
    assert first.request == second.request != ""
