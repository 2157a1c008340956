"""An agent dials a customer: the sound, the outcome, and the numbers that are refused."""

from typing import Any

import pytest

from tests.core.core_stage import (
    BUSY,
    DEAD,
    DECLINES,
    QUICK,
    SILENT,
    SLOW,
    all_receipts,
    in_seat,
    is_dispo,
    lab_with,
    outcome,
    people,
    phone_of,
    restarted,
    together,
)
from tools.simulation.asterisk.core_driver import Driver
from warmline.core.messages.agent_command_types import Dial
from warmline.core.messages.command_shapes import get_column
from warmline.core.messages.commands import Kind
from warmline.core.model.call import Call
from warmline.core.model.call_states import AgentState, Direction, Origin, State
from warmline.core.model.receipt import Outcome
from warmline.core.model.session import AgentInterval
from warmline.core.rules import dial_rules
from warmline.core.rules.configuration import Campaign
from warmline.options.campaign.manual_dialling_options import NUMBERS

PHONE = "phone-1000"


def dialled(lab: Driver, number: str = SLOW, **asked: Any) -> Driver:
    """Let agent 1000 dial this number."""
    assert lab.ask(Kind.DIAL, number=number, **asked) == ""
    return lab


def customer(lab: Driver) -> str:
    """Return the channel of the call's customer."""
    found = lab.call().customer
    assert found
    return found


def ended(lab: Driver) -> Call:
    [call] = [one for one in lab.closed.values() if isinstance(one, Call)]
    return call


@pytest.mark.parametrize(("timeout", "rings"), [(0, 60), (5, 5)])
def test_a_dialled_number_rings_for_60_seconds_if_the_campaign_says_nothing(timeout: int, rings: int) -> None:
    lab = dialled(lab_with(dial_timeout=timeout))
    assert lab.world.legs[customer(lab)].dialling.timeout == rings


def test_the_agent_hears_it_ring_and_talks_when_it_is_answered() -> None:
    lab = dialled(lab_with())
    assert lab.call().state is State.DIALING_OUT and lab.session().state is AgentState.QUEUE
    lab.wait(0.5)
    assert list(lab.asterisk.tones.values()) == [lab.call().mixing_bridge_id]
    assert not lab.asterisk.hears(customer(lab), PHONE), "a party that has not answered does not listen"
    lab.wait(2)
    assert lab.call().state is State.TALKING and lab.session().state is AgentState.INCALL
    assert together(lab, PHONE, customer(lab)) and not lab.asterisk.tones
    assert outcome(lab, Kind.DIAL) is Outcome.COMPLETED
    assert lab.call().agc_id.startswith("M") and len(lab.call().agc_id) == 20
    assert (lab.call().direction, lab.call().origin) == (Direction.OUT, Origin.AGENT)
    assert lab.asterisk.channels[customer(lab)].caller == "0000000000"


@pytest.mark.parametrize("back", [False, True])
def test_a_dial_during_the_login_prompt_begins_after_the_prompt(back: bool) -> None:
    lab = Driver()
    lab.asterisk.come_in(PHONE, "login", "1000")
    lab.pump()
    assert lab.ask(Kind.DIAL, number=SLOW) is None and not lab.call().customer
    if back:
        restarted(lab)
    lab.wait(1.5)
    assert (PHONE, "sound:agent-loginok") in lab.asterisk.played
    assert lab.told[lab.last_receipt] == "", "it has begun"
    lab.wait(2.5)
    assert together(lab, PHONE, customer(lab)) and lab.session().state is AgentState.INCALL


def test_early_media_comes_through() -> None:
    lab = dialled(lab_with(), "8503")
    lab.wait(1)
    assert lab.asterisk.hears(PHONE, customer(lab)) and not lab.asterisk.hears(customer(lab), PHONE)
    assert not lab.asterisk.tones


def test_the_time_runs_from_the_answer() -> None:
    lab = dialled(lab_with())
    lab.wait(5)
    call = lab.call()
    assert call.outcome.connected and call.outcome.connected - call.arrived == pytest.approx(2_000_000, abs=100_000)
    lab.hang_up(customer(lab))
    talk = [one for one in lab.closed.values() if isinstance(one, AgentInterval) and one.state is AgentState.INCALL]
    assert talk[-1].started == call.outcome.connected


@pytest.mark.parametrize(
    ("number", "result", "code"),
    [
        (BUSY, Outcome.BUSY, "B"),
        (SILENT, Outcome.NO_ANSWER, "NA"),
        (DECLINES, Outcome.DECLINED, "NA"),
        (DEAD, Outcome.FAILED, "NA"),
    ],
)
def test_an_unanswered_customer_ends_the_call_and_suggests_a_disposition(
    number: str, result: Outcome, code: str
) -> None:
    lab = lab_with()
    lab.ask(Kind.DIAL, number=number)
    lab.wait(25)
    assert not lab.world.calls and is_dispo(lab) and in_seat(lab)
    assert (ended(lab).outcome.status, ended(lab).outcome.ended_by) == (code, result.value)
    [receipt] = all_receipts(lab, Kind.DIAL)
    assert (receipt.outcome, receipt.call) == (result, ended(lab).id)
    assert people(lab) == {PHONE} and not lab.asterisk.bridges and not lab.asterisk.tones


def test_a_number_that_is_not_in_service_is_suggested_as_disconnected() -> None:
    lab = lab_with()
    lab.asterisk.far_ends["5550404"] = [(0.1, 1)]
    dialled(lab, "5550404").wait(1)
    assert ended(lab).outcome.status == "DC"


def test_the_agent_hangs_up_while_it_rings() -> None:
    lab = dialled(lab_with(), SILENT)
    lab.wait(1)
    assert lab.ask(Kind.HANGUP) == ""
    assert not lab.world.calls and is_dispo(lab) and in_seat(lab) and people(lab) == {PHONE}
    assert (outcome(lab, Kind.DIAL), ended(lab).outcome.status, ended(lab).outcome.ended_by) == (
        Outcome.ABANDONED,
        "NA",
        "agent",
    )


def test_the_agents_phone_is_lost_while_it_rings() -> None:
    lab = dialled(lab_with(), SILENT)
    lab.wait(1)
    lab.hang_up(PHONE, 44)
    assert not lab.world.calls and people(lab) == {phone_of(lab, "1000")} and not lab.world.receipts
    assert is_dispo(lab)


def test_the_operator_ends_it_while_it_rings() -> None:
    lab = dialled(lab_with(), SILENT)
    lab.wait(1)
    assert lab.ask(Kind.END_CALL, call=lab.call().id) == ""
    assert not lab.world.calls and is_dispo(lab) and people(lab) == {PHONE}
    assert not lab.world.receipts


def test_an_agent_who_dialled_from_a_pause_returns_to_it_with_its_code() -> None:
    lab = lab_with()
    lab.ask(Kind.PAUSE, pause_code="ADMIN")
    dialled(lab).wait(3)
    lab.hang_up(customer(lab))
    lab.ask(Kind.STATUS, status="SALE")
    assert (lab.session().state, lab.session().pause_code) == (AgentState.PAUSED, "ADMIN")


def test_an_agent_who_dialled_when_ready_gets_no_call_until_ready_again() -> None:
    lab = dialled(lab_with(), SILENT)
    lab.customer()
    assert {call.state for call in lab.world.calls.values()} == {State.DIALING_OUT, State.WAITING}
    lab.ask(Kind.HANGUP)
    lab.ask(Kind.STATUS, status="NA")
    assert lab.call_of("cust").agent == "1000"


@pytest.mark.parametrize("moment", [0.0, 0.5, 5.0])
def test_the_app_is_away_while_it_rings(moment: float) -> None:
    lab = dialled(lab_with(), SLOW)
    lab.wait(moment)
    lab = restarted(lab)
    lab.wait(5)
    assert lab.call().state is State.TALKING and together(lab, PHONE, customer(lab)) and not lab.asterisk.tones
    lab.hang_up(customer(lab))
    assert is_dispo(lab) and in_seat(lab) and not lab.world.calls


def test_an_answer_that_the_app_has_missed_counts() -> None:
    lab = dialled(lab_with(), SLOW)
    lab.wait(1)
    while lab.asterisk.pass_time(lab.asterisk.now + 5_000_000):  # no app runs
        pass
    lab = restarted(lab)
    assert lab.call().state is State.TALKING and outcome(lab, Kind.DIAL) is Outcome.COMPLETED


def test_a_dialled_call_allows_all_commands_of_a_call() -> None:
    lab = dialled(lab_with(campaign_recording="ALLCALLS"), SLOW)
    lab.wait(3)
    assert len(lab.asterisk.recordings) == 1
    for kind, arguments, after in [
        (Kind.PARK_CUSTOMER, {}, State.PARKED),
        (Kind.GRAB_CUSTOMER, {}, State.TALKING),
        (Kind.DIAL_WITH_CUSTOMER, {"number": QUICK}, State.THREE_WAY),
        (Kind.PARK_XFER, {}, State.THIRD_PARKED),
        (Kind.SWAP_PARK_CUSTOMER, {}, State.CONSULTING),
        (Kind.LEAVE_3WAY_CALL, {}, State.HANDED_OFF),
    ]:
        assert lab.ask(kind, **arguments) == "", kind
        lab.wait(0.5)
        assert lab.call().state is after
    assert is_dispo(lab) and together(lab, customer(lab), lab.third())


def test_a_dialled_call_can_be_transferred_to_an_in_group() -> None:
    lab = dialled(lab_with())
    lab.wait(3)
    lab.log_in("1001")
    assert lab.ask(Kind.LOCAL_CLOSER, ingroup="SUPPORTLINE") == ""
    assert (lab.call().agent, lab.call().state, lab.call().ingroup) == ("1001", State.TALKING, "SUPPORTLINE")


@pytest.mark.parametrize(("home", "after"), [("SUPPORTLINE", State.WAITING), ("---NONE---", State.MESSAGE)])
def test_a_customer_whose_transfer_is_not_answered_goes_home_to_the_campaigns_in_group(home: str, after: State) -> None:
    lab = dialled(lab_with(default_xfer_group=home, dial_timeout=5), SLOW)
    lab.wait(3)
    assert lab.ask(Kind.BLIND_TRANSFER, number=SILENT) == ""
    lab.wait(5.2)
    assert lab.call().state is after
    assert lab.call().ingroup == (home if after is State.WAITING else "")


@pytest.mark.parametrize(("home", "after"), [("SUPPORTLINE", State.WAITING), ("---NONE---", State.MESSAGE)])
def test_a_dialled_call_of_a_lost_agent_goes_to_its_home(home: str, after: State) -> None:
    lab = dialled(lab_with(default_xfer_group=home), SLOW)
    lab.wait(3)
    lab.asterisk.far_ends["1000"] = [(0.1, 17)]
    lab.hang_up(PHONE, 44)
    lab.wait(0.5)
    assert lab.call().state is after


def test_the_wait_of_a_dialled_call_begins_when_it_enters_a_queue() -> None:
    """The call never had a place in a queue: it is at the front, but after earlier ones there."""
    lab = dialled(lab_with(default_xfer_group="SUPPORTLINE"), SLOW)
    lab.wait(3)
    lab.asterisk.far_ends["1000"] = [(0.1, 17)]
    lost_at = lab.asterisk.now
    lab.hang_up(PHONE, 44)
    lab.wait(0.5)
    [wait] = lab.world.waits.values()
    assert lost_at < wait.queued_at == lab.call().queueing.queued_at <= wait.entered


@pytest.mark.parametrize(
    ("value", "stops"), [("OUTBOUND_ONLY", True), ("MANUAL_ONLY", True), ("INBOUND_ONLY", False), ("ALL_CALLS", True)]
)
def test_the_recording_of_an_outbound_call_stops_when_its_customer_is_gone(value: str, stops: bool) -> None:
    lab = dialled(lab_with(campaign_recording="ALLCALLS", dead_stop_recording=value), SLOW)
    lab.wait(3)
    lab.ask(Kind.DIAL_WITH_CUSTOMER, number=QUICK)
    lab.wait(0.5)
    lab.hang_up(customer(lab))
    assert lab.call().state is State.CUSTOMER_GONE
    assert (not lab.asterisk.recordings) is stops


# -- an on_hook agent --


def on_hook() -> Driver:
    lab = lab_with()
    lab.log_in("1002")
    lab.wait(1)
    assert lab.session("1002").leg is None
    return lab


def test_an_on_hook_phone_is_called_first() -> None:
    lab = on_hook()
    assert lab.ask(Kind.DIAL, "1002", number=SLOW) is None
    lab.wait(0.2)
    assert lab.told[lab.last_receipt] == "", "that rings: dialling has begun"
    assert lab.call().customer is None
    lab.wait(1.2)
    assert lab.call().customer and lab.call().state is State.DIALING_OUT
    lab.wait(3)
    assert lab.call().state is State.TALKING
    assert together(lab, lab.session("1002").leg or "", customer(lab))


def test_an_on_hook_agent_who_does_not_answer_dials_no_number() -> None:
    lab = on_hook()
    lab.asterisk.far_ends["1002"] = [(0.1, "ringing")]
    lab.ask(Kind.DIAL, "1002", number=SLOW)
    lab.wait(20)
    assert not lab.world.calls and lab.session("1002").state is AgentState.READY
    assert outcome(lab, Kind.DIAL) is Outcome.NO_ANSWER and SLOW not in lab.asterisk.dialled


# -- refusals --


def test_an_agent_logged_out_in_a_call_or_without_a_phone_may_not_dial() -> None:
    lab = lab_with()
    assert lab.ask(Kind.DIAL, "1001", number=QUICK) == "the agent is not logged in"
    dialled(lab, SILENT)
    assert lab.ask(Kind.DIAL, number=QUICK) == "the agent is in a call"
    lab.ask(Kind.HANGUP)
    assert lab.ask(Kind.DIAL, number=QUICK) == "the last call has no disposition yet"
    lab.ask(Kind.STATUS, status="NA")
    lab.hang_up(PHONE, 44)
    assert lab.ask(Kind.DIAL, number=QUICK) == "the agent's phone is not on the line - log in again"


@pytest.mark.parametrize(
    ("number", "options", "why"),
    [
        ("", {}, "phone_number is empty"),
        ("+", {}, "phone_number is empty"),
        ("12&PJSIP/1", {}, "phone_number may have digits, *, # and a leading + only"),
        ("1" * 33, {}, "phone_number is longer than 32 characters"),
        ("09001234", {"dial_deny": ("_0900X.",)}, "09001234 may not be dialled: dial_deny has _0900X."),
        ("8500", {"dial_allow": ("_49X.",)}, "8500 may not be dialled: dial_allow has nothing for it"),
        ("4930", {"dial_allow": ("_49X.",), "dial_deny": ("4930",)}, "4930 may not be dialled: dial_deny has 4930"),
    ],
)
def test_a_forbidden_number_is_refused_to_customer_and_third_party(
    number: str, options: dict[str, Any], why: str
) -> None:
    lab = lab_with(**options)
    assert lab.ask(Kind.DIAL, number=number) == why
    assert lab.session().state is AgentState.READY and not lab.world.calls
    lab.customer()
    assert lab.ask(Kind.DIAL_WITH_CUSTOMER, number=number) == why, "nor as a third party"


@pytest.mark.parametrize("denied", ["_0900X.", "_+0900!", "+09001234", "_0009.", "_0110900XXXX", "_."])
def test_a_plus_does_not_get_round_a_pattern(denied: str) -> None:
    why = f"+09001234 may not be dialled: dial_deny has {denied}"
    assert lab_with(dial_deny=(denied,)).ask(Kind.DIAL, number="+09001234") == why


@pytest.mark.parametrize(
    ("entry", "number", "may"),
    [
        ("_NXXNXXXXXX", "+9607123456", False),  # ten digits, as a national number, and the Maldives
        ("_.", "+9607123456", False),
        ("9607123456", "+9607123456", False),
        ("+9607123456", "+9607123456", True),
        ("_+960X.", "+9607123456", True),
        ("_+960X.", "9607123456", False),
        ("_+49X.", "+9607123456", False),
        ("_NXXNXXXXXX", "9607123456", True),
    ],
)
def test_with_a_plus_only_an_entry_with_a_plus_allows(entry: str, number: str, may: bool) -> None:
    campaign = Campaign("TESTCAMP", dial_template="PJSIP/{number}@trunk", dial_allow=NUMBERS.parse(entry))
    endpoint, why = dial_rules.build_third_endpoint(campaign, number)
    assert endpoint == (f"PJSIP/{number}@trunk" if may else "")
    if not may:
        way_out = "; with a + it needs an entry such as _+49X." if number[0] == "+" else ""
        assert why == f"{number} may not be dialled: dial_allow has nothing for it{way_out}"


@pytest.mark.parametrize(
    "number", ["*3109001234", "#31#09001234", "*21*09001234#", "09001234#", "*67*009001234", "+*09001234"]
)
@pytest.mark.parametrize("denied", ["_0900!", "09001234", "_0900XXXX"])
def test_a_carriers_codes_do_not_get_round_one(number: str, denied: str) -> None:
    why = f"{number} may not be dialled: dial_deny has {denied}"
    assert lab_with(dial_deny=(denied,)).ask(Kind.DIAL, number=number) == why


@pytest.mark.parametrize("number", ["*31045", "#31#1234", "8500", "*"])
def test_other_codes_may_be_dialled(number: str) -> None:
    campaign = Campaign("TESTCAMP", dial_deny=("_0900!", "_00X."), deny_star_codes="N")
    assert dial_rules.build_third_endpoint(campaign, number) == (f"PJSIP/{number}@trunk", "")


@pytest.mark.parametrize("number", ["*21*09001234567#", "#31#8500", "8500#", "*8500", "**62*8500#"])
def test_star_codes_are_denied_by_default(number: str) -> None:
    lab = lab_with()
    why = f"{number} may not be dialled: it has * or #, and the campaign has deny_star_codes=Y"
    assert lab.ask(Kind.DIAL, number=number) == why
    lab.customer()
    assert lab.ask(Kind.DIAL_WITH_CUSTOMER, number=number) == why


def test_a_prefix_with_a_star_is_the_administrators() -> None:
    campaign = Campaign("TESTCAMP", dial_prefix="#31#")
    assert dial_rules.build_customer_endpoint(campaign, "8500") == ("PJSIP/#31#8500@trunk", "")


@pytest.mark.parametrize("options", [{"dial_prefix": "9"}, {"three_way_dial_prefix": "+9"}])
def test_the_prefix_given_by_hand_does_not_get_round_one(options: dict[str, str]) -> None:
    lab = lab_with(dial_deny=("_00.",), **options)
    why = "90044123 may not be dialled: dial_deny has _00."
    assert lab.ask(Kind.DIAL, number="90044123", dial_override=True) == why
    lab.customer()
    assert lab.ask(Kind.DIAL_WITH_CUSTOMER, number="90044123", dial_override=True) == why
    campaign = Campaign("TESTCAMP", dial_template="PJSIP/{number}@trunk", dial_deny=("_00.",), dial_prefix="9")
    assert dial_rules.build_third_endpoint(campaign, "90044123") == ("PJSIP/990044123@trunk", ""), (
        "behind our own it is another number"
    )


@pytest.mark.parametrize(
    ("customers", "thirds", "way"),
    [
        ("9", "X", Kind.DIAL_WITH_CUSTOMER),
        ("9", "X", Kind.PARK_CUSTOMER_DIAL),
        ("9", "X", Kind.BLIND_TRANSFER),
        ("", "9", Kind.DIAL),
        ("", "+9", Kind.DIAL),
        ("", "9", Kind.PREVIEW),
        ("9", "99", Kind.DIAL),
        ("99", "9", Kind.DIAL_WITH_CUSTOMER),
    ],
)
def test_a_prefix_does_not_evade_dial_deny(customers: str, thirds: str, way: Kind) -> None:
    """Return what another form of dialling sends for 0044123."""
    lab = lab_with(dial_deny=("_00.",), dial_prefix=customers, three_way_dial_prefix=thirds)
    if way in (Kind.DIAL, Kind.PREVIEW):
        lab.ask(Kind.PAUSE)
    else:
        lab.customer()
    assert lab.ask(way, number="90044123") == "90044123 may not be dialled: dial_deny has _00."
    lab.asterisk.far_ends["98500"] = lab.asterisk.far_ends["8500"]
    assert lab.ask(way, number="8500") == "", "other numbers may be dialled"


def test_a_campaign_has_only_so_many_such_calls_at_once() -> None:
    lab = lab_with(manual_calls_at_once=1)
    lab.log_in("1001")
    dialled(lab, SLOW)
    why = "the campaign's agents have dialled 1 parties who are on the line: manual_calls_at_once"
    assert lab.ask(Kind.DIAL, "1001", number=SLOW) == why
    lab.ask(Kind.HANGUP)
    assert lab.ask(Kind.DIAL, "1001", number=SLOW) == ""


def test_the_same_dial_again_while_it_rings_is_the_same_request() -> None:
    lab = dialled(lab_with(), SILENT)
    assert lab.ask(Kind.DIAL, number=SILENT) == ""
    assert len(all_receipts(lab, Kind.DIAL)) == 1


@pytest.mark.parametrize(("rule", "shown"), [("CAMPAIGN", "4930"), ("AGENT_PHONE", "1000")])
def test_manual_dial_cid_chooses_the_number_that_the_customer_sees(rule: str, shown: str) -> None:
    lab = dialled(lab_with(manual_dial_cid=rule, campaign_cid="4930"))
    assert lab.asterisk.channels[customer(lab)].caller == shown


def test_the_campaigns_prefix_goes_before_it() -> None:
    lab = lab_with(dial_prefix="9", three_way_dial_prefix="7")
    lab.asterisk.far_ends["9" + SILENT] = lab.asterisk.far_ends[SILENT]
    assert dialled(lab, SILENT).asterisk.dialled[-1] == "9" + SILENT
    lab.ask(Kind.HANGUP)
    lab.ask(Kind.STATUS, status="NA")
    assert dialled(lab, SILENT, dial_override=True).asterisk.dialled[-1] == SILENT


# -- a preview of the number --


def previewing(**campaign: Any) -> Driver:
    return looking_at(lab_with(**campaign), number=SLOW, caller_id="4930")


def looking_at(lab: Driver, **asked: Any) -> Driver:
    lab.ask(Kind.PAUSE)
    assert lab.ask(Kind.PREVIEW, **asked) == ""
    return lab


def test_a_number_is_looked_at_and_then_dialled() -> None:
    lab = previewing()
    assert lab.session().previewed_number == SLOW and not lab.world.calls
    dialled(lab, number="")
    assert (lab.call().number, get_column(lab.receipt().command, "number"), lab.session().previewed_number) == (
        SLOW,
        SLOW,
        "",
    )
    assert lab.asterisk.channels[customer(lab)].caller == "4930"


@pytest.mark.parametrize("back", [False, True])
def test_a_preview_keeps_its_lead_and_override_after_a_restart(back: bool) -> None:
    lab = looking_at(lab_with(dial_prefix="9", dial_deny=(f"9{SLOW}",)), number=SLOW, lead=17, dial_override=True)
    dialled(restarted(lab) if back else lab, number="")
    assert isinstance(lab.receipt().command, Dial)
    assert (lab.asterisk.dialled[-1], lab.receipt().command.lead, lab.receipt().command.dial_override) == (
        SLOW,
        17,
        True,
    )


def test_a_number_that_may_be_dialled_only_as_it_is() -> None:
    lab = lab_with(dial_prefix="8", three_way_dial_prefix="8500", dial_deny=("1234",))
    number = "5001234"  # with 8 before it, it is 1234 with the other prefix
    lab.ask(Kind.PAUSE)
    assert lab.ask(Kind.PREVIEW, number=number) == f"{number} may not be dialled: dial_deny has 1234"
    assert lab.ask(Kind.PREVIEW, number=number, dial_override=True) == ""


def test_a_number_is_looked_at_and_left() -> None:
    lab = previewing()
    assert lab.ask(Kind.SKIP) == ""
    assert lab.ask(Kind.SKIP) == "the agent looks at no number"
    assert lab.ask(Kind.DIAL) == "phone_number is empty"


def test_an_agent_who_resumes_ends_the_preview() -> None:
    lab = previewing()
    lab.ask(Kind.RESUME)
    assert lab.session().previewed_number == ""


def test_previews_and_skips_are_refused_by_the_campaign() -> None:
    assert previewing(manual_preview_dial="PREVIEW_ONLY").ask(Kind.SKIP) == (
        "the campaign's numbers are not skipped: manual_preview_dial"
    )
    lab = lab_with(manual_preview_dial="DISABLED")
    assert lab.ask(Kind.PREVIEW, number=SLOW) == "the campaign has no preview: manual_preview_dial"
    lab = lab_with(dial_deny=(SLOW,))
    assert lab.ask(Kind.PREVIEW, number=SLOW) == "the agent is not paused"
    lab.ask(Kind.PAUSE)
    assert lab.ask(Kind.PREVIEW, number=SLOW) == f"{SLOW} may not be dialled: dial_deny has {SLOW}"


@pytest.mark.parametrize(
    ("prefix", "number", "denied"),
    [
        ("1", "9001234567", "_1900X."),
        ("+49", "900123456", "_+49900X."),
        ("+49", "900123456", "_0049900X."),
        ("0049", "900123456", "_+49900X."),
        ("+", "49900123456", "_01149900X."),
        ("9", "0049900123456", "_+49900X."),
        ("", "0049900123456", "_+49900X."),
        ("", "01149900123456", "_+49900X."),
        ("", "49900123456", "_+49900X."),
        ("", "0049900123456", "_49900X."),
        ("", "01149900123456", "_00."),
        ("", "+0049900123456", "_01149900X."),
    ],
)
def test_dial_deny_applies_to_the_number_with_its_prefix(prefix: str, number: str, denied: str) -> None:
    why = f"{number} may not be dialled: dial_deny has {denied}"
    for options in ({"dial_prefix": prefix}, {"three_way_dial_prefix": prefix}):
        lab = lab_with(dial_deny=("8", denied), **options)
        if "dial_prefix" in options:
            assert lab.ask(Kind.DIAL, number=number) == why
        lab.customer()
        for kind in (Kind.DIAL_WITH_CUSTOMER, Kind.PARK_CUSTOMER_DIAL, Kind.BLIND_TRANSFER):
            assert lab.ask(kind, number=number) == why


@pytest.mark.parametrize("template", ["PJSIP/00{number}@trunk", "PJSIP/trunk/sip:+{number}@10.0.0.1"])
def test_digits_of_the_dial_template_are_sent_too(template: str) -> None:
    campaign = Campaign("TESTCAMP", dial_template=template, dial_deny=("_+49900X.",))
    assert dial_rules.build_third_endpoint(campaign, "49900123") == (
        "",
        "49900123 may not be dialled: dial_deny has _+49900X.",
    )
    assert dial_rules.build_third_endpoint(campaign, "4930123") == (template.replace("{number}", "4930123"), "")


@pytest.mark.parametrize(
    ("entry", "number", "prefixes"),
    [
        ("_00.", "8005550100", ("00", "011")),  # names no country
        ("_+.", "8005550100", ("00", "011")),
        ("_+[2-9].", "4155550100", ("00", "011")),
        ("_+44XXXXXXXXXX", "4405550100", ("00", "011")),  # Ohio
        ("_00.", "01132001234", ("00",)),  # Leeds
    ],
)
def test_numbers_within_the_country_are_not_taken_for_others(
    entry: str, number: str, prefixes: tuple[str, ...]
) -> None:
    campaign = Campaign("TESTCAMP", dial_deny=(entry,), international_prefixes=prefixes)
    assert dial_rules.build_customer_endpoint(campaign, number) == (f"PJSIP/{number}@trunk", "")


@pytest.mark.parametrize(
    ("prefix", "number", "entry", "may"),
    [
        ("", "004930123", "_+49X.", True),
        ("", "01149301234", "_0049X.", True),
        ("+49", "30123456", "_+49X.", True),
        ("+49", "30123456", "_+43X.", False),
        ("", "+960712", "_.", False),
        ("", "4930123", "_+49X.", False),  # may be a national number
        ("+", "49301", "_49X.", True),  # as it was given
    ],
)
def test_an_allowed_country_is_allowed_however_it_is_written(prefix: str, number: str, entry: str, may: bool) -> None:
    campaign = Campaign("TESTCAMP", dial_allow=(entry,), dial_prefix=prefix)
    assert bool(dial_rules.build_customer_endpoint(campaign, number)[0]) is may


def test_third_parties_count_among_them_also_after_the_agent_has_left() -> None:
    lab = lab_with(manual_calls_at_once=2)
    why = "the campaign's agents have dialled 2 parties who are on the line: manual_calls_at_once"
    dialled(lab)
    lab.wait(3)
    assert lab.ask(Kind.DIAL_WITH_CUSTOMER, number=QUICK) == ""
    lab.wait(3)
    assert lab.ask(Kind.LEAVE_3WAY_CALL) == ""
    lab.wait(1)
    lab.ask(Kind.STATUS, status="SALE")
    assert lab.ask(Kind.DIAL, number=QUICK) == why
    lab.ask(Kind.RESUME)
    lab.customer()
    lab.wait(2)
    for kind in (Kind.DIAL_WITH_CUSTOMER, Kind.PARK_CUSTOMER_DIAL, Kind.BLIND_TRANSFER):
        assert lab.ask(kind, number=QUICK) == why
    [left] = [call for call in lab.world.calls.values() if call.state is State.HANDED_OFF]
    lab.hang_up(str(left.third))
    lab.wait(1)
    assert lab.ask(Kind.BLIND_TRANSFER, number=QUICK) == ""


def left_to_each_other(**options: Any) -> Driver:
    """Return a caller and a third party who answered, without their agent."""
    lab = lab_with(**options)
    lab.customer()
    lab.wait(2)
    lab.ask(Kind.DIAL_WITH_CUSTOMER, number=QUICK)
    lab.wait(3)
    lab.ask(Kind.LEAVE_3WAY_CALL)
    lab.wait(1)
    assert [call.state for call in lab.world.calls.values()] == [State.HANDED_OFF]
    return lab


def test_parties_left_to_each_other_talk_until_left_max_minutes() -> None:
    lab = left_to_each_other(left_max_minutes=2)
    [call] = lab.world.calls.values()
    lab.wait(110)
    assert lab.world.calls[call.id].state is State.HANDED_OFF
    lab.wait(15)
    assert not lab.world.calls
    assert ended(lab).outcome.ended_by == "left_max_minutes"
    assert not {call.customer, call.third} & set(lab.asterisk.channels)


@pytest.mark.parametrize("minutes", [0, 240])
def test_parties_left_to_each_other_talk_for_four_hours_by_default(minutes: int) -> None:
    lab = left_to_each_other(left_max_minutes=minutes)
    lab.wait(230 * 60)
    assert [call.state for call in lab.world.calls.values()] == [State.HANDED_OFF]


@pytest.mark.parametrize(("before", "then"), [(20, 40), (40, 20), (0, 20)])
def test_a_change_of_their_time_holds_at_once(before: int, then: int) -> None:
    lab = left_to_each_other(left_max_minutes=before)
    lab.configure("campaigns", "TESTCAMP", left_max_minutes=then)
    lab.wait(then * 60 - 10)
    assert [call.state for call in lab.world.calls.values()] == [State.HANDED_OFF]
    lab.wait(15)
    assert not lab.world.calls and ended(lab).outcome.ended_by == "left_max_minutes"


def test_their_time_goes_on_through_a_restart() -> None:
    lab = left_to_each_other(left_max_minutes=2)
    lab.wait(60)
    restarted(lab)
    lab.wait(65)
    assert not lab.world.calls
