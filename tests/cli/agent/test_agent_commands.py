"""`warmline agent …`: an agent's commands on the command line, and their errors."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from cli.agent.agent_status import how_to_go_on
from cli.client import app_client
from cli.client.app_answer import AppAway, AppRefused
from tests.cli.app import App
from tests.core.core_stage import CUSTOMER, PHONE
from tests.http.v1.test_json_dispositions import configure, reload
from tests.wording.said import said
from warmline.core.messages.agent_command_types import Listen
from warmline.core.messages.command_classes import get_column
from warmline.core.messages.commands import Ask, Kind
from warmline.core.model.call_states import AgentState, State
from warmline.store.configuration import config

NOBODY = "4930555999"


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


def test_the_park_ivr_is_a_park(talking: App) -> None:
    driver = talking.site.driver
    code, _, err = talking.run("agent", "park", "1000", "--ivr")
    assert code == 5 and "the campaign has no park IVR - set park_ivr" in err
    driver.configure("campaigns", "TESTCAMP", park_ivr="ivr@park")
    assert talking.done("agent", "park", "1000", "--ivr") == "agent 1000: the customer is in the park IVR\n"
    driver.wait(1.1)
    assert not driver.asterisk.hears_music(CUSTOMER)
    assert talking.done("agent", "grab", "1000") == "agent 1000: the customer is back\n"
    code, _, err = talking.run("agent", "park", "1000", "--ivr", "--third")
    assert code != 0 and "--ivr is for the customer" in err


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


def test_ctrl_c_says_that_the_command_goes_on(talking: App, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken_off(*_: object) -> Iterator[None]:
        raise KeyboardInterrupt
        yield

    monkeypatch.setattr("cli.client.event_stream.follow", broken_off)
    assert talking.run("agent", "conference", "1000", "5551234", "--wait") == (
        130,
        "",
        "warmline: no longer waiting; the command continues, see: warmline agent status 1000; "
        "to end it: warmline agent hangup 1000 --third\n",
    )


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


@pytest.mark.parametrize(
    ("phone", "said"),
    [
        ([(0.1, 17)], "is busy; hang it up, and try again"),
        ([(0.1, 21)], "declined the call; try again, and pick it up when it rings"),
        ([(0.1, 27)], "could not be called: is it switched on and registered? ("),
    ],
)
def test_a_phone_that_cannot_be_called(app: App, phone: list[tuple[float, str | int]], said: str) -> None:
    app.site.driver.asterisk.far_ends["1002"] = phone
    code, _, err = app.run("agent", "login", "1002", meanwhile=lambda: app.site.driver.wait(5))
    assert code == 5 and err.startswith(f"warmline: phone 1002 {said}")


def test_after_login_it_is_said_how_to_go_on(app: App) -> None:
    app.done("agent", "pause", "1000", "LUNCH")
    with app.site.turning():
        assert how_to_go_on("1000") == "agent 1000: PAUSED LUNCH: to take calls: warmline agent ready 1000"


def test_the_codes_to_choose_from(talking: App) -> None:
    out = talking.done("agent", "dispo", "1000")
    lines = [line.split() for line in out.splitlines()]
    assert lines[0] == ["code", "meaning", "with"] and ["SALE", "Sale"] in [line[:2] for line in lines]
    assert "--callback TIME" in next(line for line in out.splitlines() if line.startswith("CALLBK"))
    assert out.endswith("\nTo give one: warmline agent dispo 1000 CODE\n")
    assert {one["status"] for one in json.loads(talking.done("agent", "dispo", "1000", "--json"))} >= {"SALE", "NI"}
    code, out, err = talking.run("agent", "dispo", "1000", "--notes", "what?")
    assert (code, out) == (1, "") and said("disposition_missing", agent=" 1000") in err
    assert talking.site.board.given == []


def test_a_code_that_is_none_of_them(talking: App) -> None:
    unknown = "there is no disposition SALLE: did you mean SALE?"
    assert talking.run("agent", "dispo", "1000", "SALLE") == (
        5,
        "",
        f"warmline: {said('code_not_allowed', why=unknown, command='dispo 1000')}\n",
    )
    code, _, err = talking.run("agent", "dispo", "1000", "DROP")
    assert code == 5 and "DROP is not for people to choose" in err and "warmline agent dispo 1000" in err


def test_an_agent_who_is_logged_in_takes_in_groups_from_the_next_login_on(app: App) -> None:
    told = "agent 1000 is logged in, and takes ingroups from the next login on"
    assert told in app.run("agent", "set", "1000", "ingroups=SALESLINE")[2]
    assert app.run("agent", "set", "1000", "ingroup_ranks=SALESLINE:5")[2] == ""
    assert app.run("agent", "set", "1009", "ingroups=SALESLINE")[2] == ""


def test_a_pause_without_a_code_says_which_there_are(app: App) -> None:
    assert "no pause codes" in app.done("agent", "pause", "1000", "--codes")
    configure(app.site, "pause-code", "LUNCH", pause_code_name="Lunch break")
    assert "LUNCH  Lunch break" in app.done("agent", "pause", "1000", "--codes")
    out = app.done("agent", "pause", "1000")
    assert out == "agent 1000: pauses; to say why: warmline agent pause 1000 LUNCH\n"


def test_a_callback_is_promised_the_way_people_say_it(talking: App) -> None:
    before = datetime.now(UTC)
    out = talking.done("agent", "dispo", "1000", "CALLBK", "--callback", "tomorrow 10:00")
    days = (f"{day + timedelta(days=1):%a %Y-%m-%d} 10:00 +0000 UTC" for day in (before, datetime.now(UTC)))
    assert out in [f"agent 1000: disposition CALLBK, to be called back {tomorrow}\n" for tomorrow in days]
    code, _, err = talking.run("agent", "dispo", "1000", "CALLBK", "--callback", "soon")
    assert code == 1 and f"--callback: {said('written_time_invalid', value='soon')}" in err


def test_a_code_may_be_typed_in_small_letters(talking: App) -> None:
    assert talking.done("agent", "dispo", "1000", "sale") == "agent 1000: disposition SALE\n"
    configure(talking.site, "pause-code", "LUNCH", pause_code_name="Lunch break")
    config.set_options(talking.site.database, "campaign", "TESTCAMP", {"agent_pause_codes_active": "Y"}, who="test")
    reload(talking.site)
    assert talking.done("agent", "pause", "1000", "lunch") == "agent 1000: pauses LUNCH\n"


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


def test_a_number_is_typed_as_it_is_written_down(talking: App) -> None:
    talking.done("agent", "conference", "1000", "55 (51) 2-3/4")
    assert get_column(talking.site.board.receipts()[-1].command, "number") == "5551234"
    code, _, err = talking.run("agent", "conference", "1000", "+49 30 call")
    assert code == 5 and "number: allowed: digits, * and #, with a leading +" in err and "regex" not in err
    code, _, err = talking.run("agent", "pause", "1000", "LUNCHTIME")
    assert code == 5 and "pause_code: allowed: at most 6 letters" in err


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


def test_without_options_an_order_is_the_same_as_with_them(talking: App) -> None:
    for order in ("hold", "grab", "mute"):
        assert talking.done("agent", order, "1000")
    assert talking.done("agent", "dtmf", "1000", "1") == talking.done("agent", "dtmf", "1000", "1", "--to", "customer")
    missing = "warmline: Missing argument 'USER'. Usage: warmline agent mute [OPTIONS] USER"
    assert talking.run("agent", "mute") == (1, "", f"{missing}; for example: warmline agent mute 1000\n")
    code, _, err = talking.run("agent", "mute", "1000", "1001")
    assert code == 1
    assert "unexpected extra argument" in err


def test_a_supervisor_listens(talking: App) -> None:
    driver = talking.site.driver
    driver.asterisk.far_ends["1002"] = [(0.1, "ringing"), (1.0, "up")]
    told = talking.run("agent", "listen", "1000", "--phone", "1002", meanwhile=lambda: driver.wait(3))
    assert told == (0, "agent 1000: phone 1002 rings, pick it up\nagent 1000: is heard on phone 1002\n", "")
    code, _, err = talking.run("agent", "barge", "1000", "--phone", "8500")
    assert (code, "warmline agent create 8500 phone=8500 (if phone 8500 is new: " in err) == (5, True)


def test_a_supervisor_in_the_browser_has_the_name_of_the_client(talking: App) -> None:
    driver = talking.site.driver
    driver.feed(Ask(driver._base(), Listen("1000", phone="browser", page="page"), by="user:ben"))
    driver.asterisk.come_in("ben", "browser", "1000", "page", "user:ben")
    driver.pump()
    assert "user:ben listens" in talking.done("agent", "status")
    assert "user:ben listens" in " ".join(talking.done("audit", "call", "last").split())


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


def test_a_command_that_takes_long_names_an_asterisk_that_is_away(
    talking: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    def late(*_: object) -> None:
        raise AppRefused("command_not_done_yet", "the command was not done within 5 s")

    def away(_: object) -> None:
        raise AppAway("asterisk_lost", "Asterisk is away since 12:56")

    monkeypatch.setattr(app_client, "post", late)
    assert talking.run("agent", "hold", "1000")[0] == 5
    monkeypatch.setattr(app_client, "check_asterisk", away)
    assert talking.run("agent", "hold", "1000") == (4, "", "warmline: Asterisk is away since 12:56\n")
