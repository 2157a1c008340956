"""The agent API with the core: commands are done, and the receipts are correct."""

from itertools import product
from typing import Any

import msgspec
import pytest

from ari_app.http.agc import endpoint
from tests.http.agent_api import visit
from tests.http.core_call_control import CoreBoard
from tests.http.examples.setups import bring_about
from tests.rows import check_rows
from warmline.core.messages.audio_messages import SendDtmf
from warmline.core.messages.command_classes import get_column
from warmline.core.messages.commands import Kind
from warmline.core.model.call_states import AgentState, State
from warmline.core.model.receipt import Outcome

USER = {"source": "test", "user": "6666", "pass": "1234", "agent_user": "1000"}
XFER = {"function": "transfer_conference"}
DIAL = XFER | {"value": "DIAL_WITH_CUSTOMER"}


def ask(setup: str, mode: str, *queries: dict[str, str]) -> tuple[CoreBoard, list[str]]:
    """Send requests in that precondition, one after the other; return the bodies."""
    board = CoreBoard(bring_about(setup, mode))

    async def talk(client: Any, _token: str) -> list[str]:
        bodies = []
        for query in queries:
            async with client.post("/agc/api.php", data=USER | query) as response:
                bodies.append(await response.text())
        return bodies

    return board, visit(board, talk)


def told(board: CoreBoard) -> list[tuple[Kind, Outcome | None, str]]:
    return [(receipt.kind, receipt.outcome, receipt.cause) for receipt in board.receipts()]


FULL = dict.fromkeys(("value", "stage", "phone_number", "comments", "qm_dispo_code", "cid_choice"), "0A" * 3000)


@pytest.mark.parametrize("function", ["external_status", "vm_message", "park_call", "recording"])
def test_values_that_are_too_long_are_not_stored(function: str) -> None:
    """The journal keeps everything, and calls wait for its disk."""
    value = {"recording": "START", "park_call": "PARK_CUSTOMER"}.get(function, "") + FULL["value"]
    board, _ = ask("agent_incall", "ERROR", FULL | {"function": function, "value": value})
    (receipt,) = board.receipts()
    assert len(msgspec.json.encode(receipt)) < 2000


def test_a_text_that_the_call_process_refuses_is_an_error() -> None:
    board, bodies = ask("agent_paused", "ERROR", {"function": "pause_code", "value": "A|B"})
    why = "pause_code of PAUSE cannot be 'A|B'; allowed: at most 6 characters, such as SALE"
    assert bodies[0].startswith(f"ERROR: pause_code {why} - ") and not board.given


def test_a_transfer_with_a_status_that_no_call_can_have_is_not_begun() -> None:
    board = CoreBoard(bring_about("agent_incall", "ERROR"))
    query = {"function": "ra_call_control", "value": board.driver.call().id, "stage": "HANGUP", "status": "TOOLONG"}

    async def talk(client: Any, _token: str) -> str:
        return str(await (await client.get("/agc/api.php", params=USER | query)).text())

    assert visit(board, talk) == "ERROR: status is not valid - TOOLONG\n" and not board.given


DIRECT = {"value": "LOCAL_CLOSER", "ingroup_choices": "AGENTDIRECT"}
ONESELF = {"consultative": "YES", "ingroup_choices": "AGENTDIRECT", "phone_number": "1000"}
IMPOSSIBLE = (
    ("agent_incall", XFER | {"value": "BLIND_TRANSFER"}, "phone_number is empty"),
    ("agent_incall", XFER | {"value": "HANGUP_XFER"}, "no third party on this call"),
    ("agent_incall", XFER | {"value": "LEAVE_3WAY_CALL"}, "no third party on this call"),
    ("agent_incall", {"function": "park_call", "value": "GRAB_CUSTOMER"}, "is not parked"),
    ("agent_incall", XFER | DIRECT, "agent (none) does not exist"),
    ("agent_incall", XFER | DIRECT | {"phone_number": "77"}, "agent 77 does not exist"),
    ("agent_incall", DIAL | ONESELF, "an agent cannot consult himself"),
    ("agent_dispo", {"function": "park_call", "value": "PARK_CUSTOMER"}, "no live call"),
    ("agent_paused", {"function": "send_dtmf", "value": "1"}, "no live call"),
    ("agent_paused", {"function": "call_agent", "value": "CALL"}, "needs no call"),
)


def test_an_impossible_request_is_refused_in_both_modes_and_reported_in_one() -> None:
    def check(setup: str, query: dict[str, str], why: str) -> None:
        board, [body] = ask(setup, "ERROR", query)
        [(_, outcome, cause)] = told(board)
        assert outcome is Outcome.REFUSED and why in cause
        assert body == f"ERROR: {query['function']} {cause} - {query['value']}|1000\n"
        board, [body] = ask(setup, "SUCCESS", query)
        assert body.startswith("SUCCESS: ")
        assert told(board)[0][1:] == (Outcome.REFUSED, cause)

    check_rows(check, IMPOSSIBLE)


def test_a_hangup_without_a_call_succeeds_in_both_modes() -> None:
    """A toolbar sends its hang-up even if the customer was first; after an ERROR, many send no disposition."""

    def check(setup: str, mode: str) -> None:
        board, bodies = ask(setup, mode, {"function": "external_hangup", "value": "1"})
        assert bodies == ["SUCCESS: external_hangup function set - 1|1000\n"]
        assert told(board) == [(Kind.HANGUP, Outcome.REFUSED, "the agent has no live call")]

    check_rows(check, product(["agent_dispo", "agent_ready", "agent_paused"], ["ERROR", "SUCCESS"]))


def test_a_hangup_that_is_refused_for_another_reason_is_an_error() -> None:
    _, bodies = ask("agent_dispo", "ERROR", {"function": "external_hangup", "value": "2"})
    assert bodies == ["ERROR: external_hangup value is 2; it can be 1 - 2|1000\n"]


def test_in_mode_success_the_customer_goes_although_a_third_is_there() -> None:
    board, [body] = ask("agent_incall_third", "SUCCESS", XFER | {"value": "BLIND_TRANSFER", "phone_number": "8501"})
    assert body.startswith("SUCCESS: ")
    assert board.driver.call().state is State.BLIND
    assert told(board) == [(Kind.HANGUP_XFER, Outcome.COMPLETED, ""), (Kind.BLIND_TRANSFER, None, "")]
    assert [name for name, _ in board.receipts()[1].steps][:2] == ["requested", "the third party was hung up first"]


def test_a_dial_is_told_when_it_has_begun_or_with_wait_how_it_ended() -> None:
    busy = DIAL | {"phone_number": "8502"}
    assert ask("agent_incall", "ERROR", busy)[1][0].startswith("SUCCESS: ")
    for mode in ("ERROR", "SUCCESS"):
        board, [body] = ask("agent_incall", mode, busy | {"wait": "answer"})
        assert body == "ERROR: transfer_conference busy (17) - DIAL_WITH_CUSTOMER|1000\n", "nothing was impossible"
        assert told(board) == [(Kind.DIAL_WITH_CUSTOMER, Outcome.BUSY, "busy (17)")]
    assert ask("agent_incall", "ERROR", DIAL | {"phone_number": "5551234", "wait": "answer"})[1][0].startswith("SUCC")


def test_a_pause_code_in_disposition_is_that_of_the_pause_after_it() -> None:
    code = {"function": "pause_code", "value": "LUNCH"}
    board, _ = ask("agent_dispo", "ERROR", code, {"function": "external_status", "value": "SALE"})
    session = board.driver.session()
    assert (session.state, session.pause_code, session.last.status) == (AgentState.PAUSED, "LUNCH", "SALE")
    resumed = {"function": "external_pause", "value": "RESUME"}
    board, _ = ask("agent_dispo", "ERROR", code, resumed, {"function": "external_status", "value": "SALE"})
    assert board.driver.session().state is AgentState.READY


def test_keys_go_to_the_third_if_there_is_one_and_only_their_number_is_kept() -> None:
    keys = {"function": "send_dtmf", "value": "4111S"}
    for setup, number in (("agent_incall_third", "8500"), ("agent_incall", "")):
        board, _ = ask(setup, "ERROR", keys)
        [receipt] = board.receipts()
        [sent] = [action for action in board.driver.asked if isinstance(action, SendDtmf)]
        assert board.driver.asterisk.channels[sent.leg].dialled == number
        assert (board.digits, get_column(receipt.command, "message")) == (["4111*"], "5 keys")
        assert "4111" not in repr(board.driver.inputs) + repr(board.driver.asked) + repr(receipt)


def test_a_status_from_outside_is_that_calls_and_no_others() -> None:
    """The agent gave the disposition earlier, and gets the next customer at the moment of the hang-up."""
    board = CoreBoard(bring_about("agent_incall", "ERROR"))
    board.driver.ask(Kind.PAUSE, "1001")
    first = board.driver.call()
    board.driver.customer("ingroup", "SALESLINE", name="next")
    code = {"function": "external_status", "value": "SALE"}
    hang_up = {"function": "ra_call_control", "value": first.id, "stage": "HANGUP", "status": "RAXFER"}

    async def talk(client: Any, _token: str) -> list[str]:
        answers = [await client.get("/agc/api.php", params=USER | query) for query in (code, hang_up)]
        return [await answer.text() for answer in answers]

    assert [body.partition(":")[0] for body in visit(board, talk)] == ["SUCCESS", "SUCCESS"]
    session = board.driver.session()
    assert (session.call, session.last.call, session.last.status) == (board.driver.call().id, first.id, "SALE")
    assert session.after_call.status == "", "the next customer's code is still to be given"
    assert told(board)[-1][1] is Outcome.REFUSED


BLIND = XFER | {"value": "BLIND_TRANSFER", "phone_number": "8501"}
OUT = {"function": "external_dial", "value": "8501", "search": "NO", "preview": "NO", "focus": "NO"}


@pytest.mark.parametrize(
    ("setup", "dial", "other", "refused"),
    [
        ("agent_incall", BLIND, {"phone_number": "8503"}, "agent_user does not have a live call - 1000"),
        ("agent_paused", OUT, {"value": "8503"}, "agent_user is not paused - 1000"),
        ("agent_paused", OUT, {"preview": "YES"}, "agent_user is not paused - 1000"),
    ],
)
def test_the_same_dial_a_second_later_is_the_first(
    setup: str, dial: dict[str, str], other: dict[str, str], refused: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    board = CoreBoard(bring_about(setup, "ERROR"))
    monkeypatch.setattr(endpoint, "_now", lambda: board.driver.asterisk.now)

    async def talk(client: Any, _token: str) -> list[str]:
        answers = []
        for query, seconds in ((dial, 1), (dial, 0), (dial | other, 3), (dial, 0)):
            answers.append(await client.get("/agc/api.php", params=USER | query))
            board.driver.wait(seconds)
        return [await answer.text() for answer in answers]

    first, again, another, late = visit(board, talk)
    assert first.startswith("SUCCESS: ") and again.startswith("SUCCESS: ")
    assert another == late == f"ERROR: {refused}\n"
    [rings] = [call.commands.dialling for call in board.driver.world.calls.values()]
    assert rings == board.given[0] and len(board.given) == 2, "the second has the first's receipt"
