"""`warmline agent …`: an agent's commands on the command line, and their errors."""

import json

import pytest

from tests.cli.app import App
from tests.core.core_stage import CUSTOMER, PHONE
from tests.wording.said import said
from warmline.core.messages.commands import Kind
from warmline.core.model.call_states import AgentState, State


@pytest.fixture
def talking(app: App) -> App:
    """Connect agent 1000 to a customer."""
    app.site.customer()
    return app


def test_hold_is_park_and_both_are_undone(talking: App) -> None:
    driver = talking.site.driver
    for put, back in ((("hold",), ("hold", "--off")), (("park",), ("grab",))):
        assert talking.done("agent", put[0], "1000") == "agent 1000: the customer hears music\n"
        assert driver.asterisk.hears_music(CUSTOMER)
        assert talking.done("agent", back[0], "1000", *back[1:]) == "agent 1000: the customer is back\n"
        assert driver.asterisk.hears(CUSTOMER, PHONE)


def test_mute_and_the_receipt_as_json(talking: App) -> None:
    receipt = json.loads(talking.done("agent", "mute", "1000", "--json"))
    assert (receipt["kind"], receipt["outcome"], receipt["agent"]) == ("MUTE", "completed", "1000")
    assert not talking.site.driver.asterisk.hears(CUSTOMER, PHONE)
    assert talking.done("agent", "mute", "1000", "--off") == "agent 1000: heard again\n"
    assert talking.site.driver.asterisk.hears(CUSTOMER, PHONE)


def test_a_warm_transfer_and_its_disposition(talking: App) -> None:
    driver = talking.site.driver
    assert "calls 8500 (receipt " in talking.done("agent", "conference", "1000", "8500", "--park")
    driver.wait(1)
    assert driver.call().state is State.CONSULTING
    talking.done("agent", "swap", "1000", "customer")
    assert driver.call().state is State.THIRD_PARKED
    assert talking.done("agent", "dtmf", "1000", "12#", "--to", "third") == "agent 1000: 3 keys pressed\n"
    assert driver.asterisk.pressed[-1][0] == driver.third()
    talking.done("agent", "grab", "1000", "--third")
    assert talking.done("agent", "leave", "1000") == "agent 1000: left\n"
    assert driver.call().state is State.HANDED_OFF
    talking.done("agent", "dispo", "1000", "SALE", "--notes", "the blue one")
    assert (driver.session().last.status, driver.session().state) == ("SALE", AgentState.READY)


def test_waiting_for_the_outcome(talking: App) -> None:
    driver = talking.site.driver
    told = talking.run("agent", "conference", "1000", "5551234", "--wait", meanwhile=lambda: driver.wait(4))
    assert told == (0, "agent 1000: has 5551234\n", "")
    assert driver.call().state is State.THREE_WAY
    assert talking.done("agent", "hangup", "1000", "--third") == "agent 1000: the third party is hung up\n"
    told = talking.run("agent", "conference", "1000", "8502", "--wait", meanwhile=lambda: driver.wait(4))
    assert told == (5, "", "warmline: 8502 was busy\n")


@pytest.mark.parametrize(
    ("where", "kind"),
    [
        (("8501",), Kind.BLIND_TRANSFER),
        (("--ingroup", "SUPPORTLINE"), Kind.LOCAL_CLOSER),
        (("--agent", "1000"), Kind.LOCAL_CLOSER),
        (("--message",), Kind.LEAVE_VM),
    ],
)
def test_handing_the_customer_over(talking: App, where: tuple[str, ...], kind: Kind) -> None:
    code, out, err = talking.run("agent", "transfer", "1000", *where)
    receipt = talking.site.board.receipts()[-1]
    assert receipt.kind is kind
    assert (code, out == "") == ((5, True) if err else (0, False))
    assert not err or kind is Kind.LEAVE_VM, err  # the demo has no message to play


def test_two_transfer_targets_are_refused(talking: App) -> None:
    for where in ((), ("8500", "--ingroup", "SUPPORTLINE"), ("8500", "--message")):
        code, out, err = talking.run("agent", "transfer", "1000", *where)
        assert (code, out) == (1, "")
        assert "give either NUMBER or one option such as --ingroup or --agent" in err
        assert talking.site.board.given == [], where


def test_the_day_begins_and_ends(app: App) -> None:
    driver = app.site.driver
    assert app.done("agent", "pause", "1000", "LUNCH") == "agent 1000: pauses LUNCH\n"
    assert driver.session().pause_code == "LUNCH"
    app.done("agent", "ready", "1000")
    assert driver.session().state is AgentState.READY
    app.done("agent", "logout", "1000")
    assert not driver.world.sessions


def test_login_calls_the_phone_and_waits_for_it(app: App) -> None:
    driver = app.site.driver
    driver.asterisk.far_ends["1001"] = [(0.1, "ringing"), (2.0, "up")]
    code, out, err = app.run("agent", "login", "1001", meanwhile=lambda: driver.wait(6))
    assert (code, err, driver.session("1001").state) == (0, "", AgentState.READY)
    assert out == (
        "agent 1001: phone 1001 rings, pick it up\nagent 1001: logged in\n"
        "agent 1001: READY: calls come; each ends with a code: warmline agent dispo 1001\n"
    )
    driver.asterisk.far_ends["1002"] = [(0.1, "ringing")]
    code, _, err = app.run("agent", "login", "1002", meanwhile=lambda: driver.wait(40))
    assert (code, err) == (
        5,
        "warmline: phone 1002 did not answer within 30 s; try again, and pick it up when it rings\n",
    )


def test_a_code_that_is_none_of_them(talking: App) -> None:
    unknown = "there is no disposition SALLE: did you mean SALE?"
    assert talking.run("agent", "dispo", "1000", "SALLE") == (
        5,
        "",
        f"warmline: {said('code_not_allowed', why=unknown, command='dispo 1000')}\n",
    )
    code, _, err = talking.run("agent", "dispo", "1000", "DROP")
    assert code == 5 and "DROP is not for people to choose" in err and "warmline agent dispo 1000" in err


def test_a_callback_is_not_promised_without_its_time(talking: App) -> None:
    said = "warmline: CALLBK needs --callback TIME: warmline agent dispo 1000 CALLBK --callback 'tomorrow 10:00'\n"
    for code in ("CALLBK", "callbk"):
        assert talking.run("agent", "dispo", "1000", code) == (5, "", said)
    assert talking.site.driver.session().after_call.status == ""


def test_the_code_of_the_last_call_is_amended(talking: App) -> None:
    talking.done("agent", "dispo", "1000", "NI")
    talking.site.driver.hang_up("cust")
    assert talking.site.driver.session().state is AgentState.READY
    assert talking.done("agent", "dispo", "1000", "CALLBK", "--callback", "+2h").startswith(
        "agent 1000: disposition CALLBK"
    )
    assert "3125550100" in talking.done("callback", "list")
    talking.done("agent", "dispo", "1000", "SALE")
    assert talking.done("callback", "list").startswith("No callback")


def test_a_refused_command_gives_the_cause(app: App) -> None:
    assert app.run("agent", "park", "1000") == (5, "", "warmline: the agent has no live call\n")
    assert app.run("agent", "park", "1009") == (3, "", f"warmline: {said('not_logged_in', agent='1009')}\n")
    assert app.run("agent", "login", "nobody") == (3, "", f"warmline: {said('agent_unknown', agent='nobody')}\n")
    code, _, err = app.run("agent", "login", "1000")
    assert code == 5
    assert "is logged in already, on phone 1000 since" in err
    code, _, err = app.run("agent", "dtmf", "1000", "12x")
    assert (code, err) == (
        5,
        "warmline: digits: allowed: the keys 0-9, *, #, A-D, and W for a second of silence\n",
    )


def test_a_supervisor_listens(talking: App) -> None:
    driver = talking.site.driver
    driver.asterisk.far_ends["1002"] = [(0.1, "ringing"), (1.0, "up")]
    told = talking.run("agent", "listen", "1000", "--phone", "1002", meanwhile=lambda: driver.wait(3))
    assert told == (0, "agent 1000: phone 1002 rings, pick it up\nagent 1000: is heard on phone 1002\n", "")
    code, _, err = talking.run("agent", "barge", "1000", "--phone", "8500")
    assert (code, "warmline agent create 8500 phone=8500 (if phone 8500 is new: " in err) == (5, True)


def test_a_supervisor_whispers_from_the_phone_that_listens(talking: App) -> None:
    driver = talking.site.driver
    driver.asterisk.far_ends["1002"] = [(0.1, "ringing"), (1.0, "up")]
    talking.run("agent", "listen", "1000", "--phone", "1002", meanwhile=lambda: driver.wait(3))
    assert "supervised" in talking.done("agent", "status") and "1002 listens" in talking.done("agent", "status")
    words = ("agent", "whisper", "1000", "--phone", "1002")
    told = talking.run(*words, meanwhile=lambda: driver.wait(1))
    assert told == (0, "agent 1000: is heard on phone 1002, and hears it\n", "")
    assert "1002 whispers" in talking.done("agent", "status")
    [agent] = json.loads(talking.done("agent", "status", "--json"))
    assert agent["supervisors"] == [{"phone": "1002", "kind": "WHISPER", "by": "", "page": ""}]
    story = talking.done("audit", "call", "last")
    assert "phone 1002 listens" in " ".join(story.split()) and "phone 1002 whispers" in " ".join(story.split())
