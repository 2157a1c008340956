"""An agent dials a customer: the sound, the outcome, and the numbers that are refused."""

from itertools import product
from typing import Any

import pytest

from tests.core.core_stage import (
    QUICK,
    SILENT,
    SLOW,
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
from warmline.core.messages.command_classes import get_column
from warmline.core.messages.commands import Kind
from warmline.core.model.call import Call
from warmline.core.model.call_states import AgentState, State
from warmline.core.model.receipt import Outcome
from warmline.core.model.session import AgentInterval
from warmline.core.rules import dial_rules
from warmline.core.rules.configuration import Campaign
from warmline.options.campaign.manual_dialling_options import NUMBERS

PHONE = "phone-1000"


def dial(lab: Driver, number: str = SLOW, **arguments: Any) -> Driver:
    """Let agent 1000 dial this number."""
    assert lab.ask(Kind.DIAL, number=number, **arguments) == ""
    return lab


def get_customer(lab: Driver) -> str:
    """Return the channel of the call's customer."""
    channel = lab.call().customer
    assert channel
    return channel


def get_ended_call(lab: Driver) -> Call:
    [call] = [record for record in lab.closed.values() if isinstance(record, Call)]
    return call


@pytest.mark.parametrize(("dial_timeout", "ring_seconds"), [(0, 60), (5, 5)])
def test_a_dialled_number_rings_for_60_seconds_if_the_campaign_says_nothing(
    dial_timeout: int, ring_seconds: int
) -> None:
    lab = dial(lab_with(dial_timeout=dial_timeout))
    assert lab.world.legs[get_customer(lab)].dialling.timeout == ring_seconds


@pytest.mark.parametrize("is_restarted", [False, True])
def test_a_dial_during_the_login_prompt_begins_after_the_prompt(is_restarted: bool) -> None:
    lab = Driver()
    lab.asterisk.come_in(PHONE, "login", "1000")
    lab.pump()
    assert lab.ask(Kind.DIAL, number=SLOW) is None and not lab.call().customer
    if is_restarted:
        restarted(lab)
    lab.wait(1.5)
    assert (PHONE, "sound:agent-loginok") in lab.asterisk.played
    assert lab.told[lab.last_receipt] == "", "it has begun"
    lab.wait(2.5)
    assert together(lab, PHONE, get_customer(lab)) and lab.session().state is AgentState.INCALL


def test_the_time_runs_from_the_answer() -> None:
    lab = dial(lab_with())
    lab.wait(5)
    call = lab.call()
    assert call.outcome.connected and call.outcome.connected - call.arrived == pytest.approx(2_000_000, abs=100_000)
    lab.hang_up(get_customer(lab))
    talk_intervals = [
        record
        for record in lab.closed.values()
        if isinstance(record, AgentInterval) and record.state is AgentState.INCALL
    ]
    assert talk_intervals[-1].started == call.outcome.connected


def test_a_number_that_is_not_in_service_is_suggested_as_disconnected() -> None:
    lab = lab_with()
    lab.asterisk.far_ends["5550404"] = [(0.1, 1)]
    dial(lab, "5550404").wait(1)
    assert get_ended_call(lab).outcome.status == "DC"


def test_the_agent_hangs_up_while_it_rings() -> None:
    lab = dial(lab_with(), SILENT)
    lab.wait(1)
    assert lab.ask(Kind.HANGUP) == ""
    assert not lab.world.calls and is_dispo(lab) and in_seat(lab) and people(lab) == {PHONE}
    assert (outcome(lab, Kind.DIAL), get_ended_call(lab).outcome.status, get_ended_call(lab).outcome.ended_by) == (
        Outcome.ABANDONED,
        "NA",
        "agent",
    )


def test_the_agents_phone_is_lost_while_it_rings() -> None:
    lab = dial(lab_with(), SILENT)
    lab.wait(1)
    lab.hang_up(PHONE, 44)
    assert not lab.world.calls and people(lab) == {phone_of(lab, "1000")} and not lab.world.receipts
    assert is_dispo(lab)


def test_an_agent_who_dialled_from_a_pause_returns_to_it_with_its_code() -> None:
    lab = lab_with()
    lab.ask(Kind.PAUSE, pause_code="ADMIN")
    dial(lab).wait(3)
    lab.hang_up(get_customer(lab))
    lab.ask(Kind.STATUS, status="SALE")
    assert (lab.session().state, lab.session().pause_code) == (AgentState.PAUSED, "ADMIN")


def test_an_agent_who_dialled_when_ready_gets_no_call_until_ready_again() -> None:
    lab = dial(lab_with(), SILENT)
    lab.customer()
    assert {call.state for call in lab.world.calls.values()} == {State.DIALING_OUT, State.WAITING}
    lab.ask(Kind.HANGUP)
    lab.ask(Kind.STATUS, status="NA")
    assert lab.call_of("cust").agent == "1000"


@pytest.mark.parametrize(
    ("home_ingroup", "next_state"), [("SUPPORTLINE", State.WAITING), ("---NONE---", State.MESSAGE)]
)
def test_a_customer_whose_transfer_is_not_answered_goes_home_to_the_campaigns_in_group(
    home_ingroup: str, next_state: State
) -> None:
    lab = dial(lab_with(default_xfer_group=home_ingroup, dial_timeout=5), SLOW)
    lab.wait(3)
    assert lab.ask(Kind.BLIND_TRANSFER, number=SILENT) == ""
    lab.wait(5.2)
    assert lab.call().state is next_state
    assert lab.call().ingroup == (home_ingroup if next_state is State.WAITING else "")


def test_the_wait_of_a_dialled_call_begins_when_it_enters_a_queue() -> None:
    """The call never had a place in a queue: it is at the front, but after earlier ones there."""
    lab = dial(lab_with(default_xfer_group="SUPPORTLINE"), SLOW)
    lab.wait(3)
    lab.asterisk.far_ends["1000"] = [(0.1, 17)]
    lost_at_us = lab.asterisk.now
    lab.hang_up(PHONE, 44)
    lab.wait(0.5)
    [wait] = lab.world.waits.values()
    assert lost_at_us < wait.queued_at == lab.call().queueing.queued_at <= wait.entered


@pytest.mark.parametrize(
    ("option_value", "is_stopped"),
    [("OUTBOUND_ONLY", True), ("MANUAL_ONLY", True), ("INBOUND_ONLY", False), ("ALL_CALLS", True)],
)
def test_the_recording_of_an_outbound_call_stops_when_its_customer_is_gone(option_value: str, is_stopped: bool) -> None:
    lab = dial(lab_with(campaign_recording="ALLCALLS", dead_stop_recording=option_value), SLOW)
    lab.wait(3)
    lab.ask(Kind.DIAL_WITH_CUSTOMER, number=QUICK)
    lab.wait(0.5)
    lab.hang_up(get_customer(lab))
    assert lab.call().state is State.CUSTOMER_GONE
    assert (not lab.asterisk.recordings) is is_stopped


# -- an on_hook agent --


def log_in_on_hook_agent() -> Driver:
    lab = lab_with()
    lab.log_in("1002")
    lab.wait(1)
    assert lab.session("1002").leg is None
    return lab


def test_an_on_hook_agent_who_does_not_answer_dials_no_number() -> None:
    lab = log_in_on_hook_agent()
    lab.asterisk.far_ends["1002"] = [(0.1, "ringing")]
    lab.ask(Kind.DIAL, "1002", number=SLOW)
    lab.wait(20)
    assert not lab.world.calls and lab.session("1002").state is AgentState.READY
    assert outcome(lab, Kind.DIAL) is Outcome.NO_ANSWER and SLOW not in lab.asterisk.dialled


# -- refusals --


@pytest.mark.parametrize(
    ("number", "options", "refusal"),
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
    number: str, options: dict[str, Any], refusal: str
) -> None:
    lab = lab_with(**options)
    assert lab.ask(Kind.DIAL, number=number) == refusal
    assert lab.session().state is AgentState.READY and not lab.world.calls
    lab.customer()
    assert lab.ask(Kind.DIAL_WITH_CUSTOMER, number=number) == refusal, "nor as a third party"


SPELLINGS = [  # the prefix of the campaign, the number, and the entry that denies it
    *(("", "+09001234", entry) for entry in ("_0900X.", "_+0900!", "+09001234", "_0009.", "_0110900XXXX", "_.")),
    *product(
        [""],
        ["*3109001234", "#31#09001234", "*21*09001234#", "09001234#", "*67*009001234", "+*09001234"],
        ["_0900!", "09001234", "_0900XXXX"],
    ),
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
]


def test_an_entry_of_dial_deny_holds_for_each_spelling_of_a_number() -> None:
    problems = []
    for prefix, number, entry in SPELLINGS:
        campaign = Campaign("TESTCAMP", dial_deny=("8", entry), dial_prefix=prefix)
        third_campaign = Campaign("TESTCAMP", dial_deny=("8", entry), three_way_dial_prefix=prefix)
        for endpoint, refusal in (
            dial_rules.build_customer_endpoint(campaign, number),
            dial_rules.build_third_endpoint(campaign, number),
            dial_rules.build_third_endpoint(third_campaign, number),
        ):
            if (endpoint, refusal) != ("", f"{number} may not be dialled: dial_deny has {entry}"):
                problems.append((prefix, number, entry, endpoint, refusal))
    assert problems == []


def test_an_entry_of_dial_deny_sees_the_digits_of_the_template() -> None:
    campaign = Campaign("TESTCAMP", dial_deny=("1105",), dial_template="PJSIP/{number}5@trunk")
    assert dial_rules.build_customer_endpoint(campaign, "110") == ("", "110 may not be dialled: dial_deny has 1105")


def test_with_a_plus_only_an_entry_with_a_plus_allows(subtests: pytest.Subtests) -> None:
    for pattern, number, is_allowed in [
        ("_NXXNXXXXXX", "+9607123456", False),  # ten digits, as a national number, and the Maldives
        ("_.", "+9607123456", False),
        ("9607123456", "+9607123456", False),
        ("+9607123456", "+9607123456", True),
        ("_+960X.", "+9607123456", True),
        ("_+960X.", "9607123456", False),
        ("_+49X.", "+9607123456", False),
        ("_NXXNXXXXXX", "9607123456", True),
    ]:
        with subtests.test(pattern=pattern, number=number, is_allowed=is_allowed):
            campaign = Campaign("TESTCAMP", dial_template="PJSIP/{number}@trunk", dial_allow=NUMBERS.parse(pattern))
            endpoint, refusal = dial_rules.build_third_endpoint(campaign, number)
            assert endpoint == (f"PJSIP/{number}@trunk" if is_allowed else "")
            if not is_allowed:
                hint = "; with a + it needs an entry such as _+49X." if number[0] == "+" else ""
                assert refusal == f"{number} may not be dialled: dial_allow has nothing for it{hint}"


@pytest.mark.parametrize("number", ["*31045", "#31#1234", "8500", "*"])
def test_other_codes_may_be_dialled(number: str) -> None:
    campaign = Campaign("TESTCAMP", dial_deny=("_0900!", "_00X."), deny_star_codes="N")
    assert dial_rules.build_third_endpoint(campaign, number) == (f"PJSIP/{number}@trunk", "")


@pytest.mark.parametrize("number", ["*21*09001234567#", "#31#8500", "8500#", "*8500", "**62*8500#"])
def test_star_codes_are_denied_by_default(number: str) -> None:
    lab = lab_with()
    refusal = f"{number} may not be dialled: it has * or #, and the campaign has deny_star_codes=Y"
    assert lab.ask(Kind.DIAL, number=number) == refusal
    lab.customer()
    assert lab.ask(Kind.DIAL_WITH_CUSTOMER, number=number) == refusal


def test_a_prefix_with_a_star_is_the_administrators() -> None:
    campaign = Campaign("TESTCAMP", dial_prefix="#31#")
    assert dial_rules.build_customer_endpoint(campaign, "8500") == ("PJSIP/#31#8500@trunk", "")


@pytest.mark.parametrize("options", [{"dial_prefix": "9"}, {"three_way_dial_prefix": "+9"}])
def test_the_prefix_given_by_hand_does_not_get_round_one(options: dict[str, str]) -> None:
    lab = lab_with(dial_deny=("_00.",), **options)
    refusal = "90044123 may not be dialled: dial_deny has _00."
    assert lab.ask(Kind.DIAL, number="90044123", dial_override=True) == refusal
    lab.customer()
    assert lab.ask(Kind.DIAL_WITH_CUSTOMER, number="90044123", dial_override=True) == refusal
    campaign = Campaign("TESTCAMP", dial_template="PJSIP/{number}@trunk", dial_deny=("_00.",), dial_prefix="9")
    assert dial_rules.build_third_endpoint(campaign, "90044123") == ("PJSIP/990044123@trunk", ""), (
        "behind our own it is another number"
    )


def test_a_prefix_does_not_evade_dial_deny(subtests: pytest.Subtests) -> None:
    """Return what another form of dialling sends for 0044123."""
    for customer_prefix, third_prefix, kind in [
        ("9", "X", Kind.DIAL_WITH_CUSTOMER),
        ("9", "X", Kind.PARK_CUSTOMER_DIAL),
        ("9", "X", Kind.BLIND_TRANSFER),
        ("", "9", Kind.DIAL),
        ("", "+9", Kind.DIAL),
        ("", "9", Kind.PREVIEW),
        ("9", "99", Kind.DIAL),
        ("99", "9", Kind.DIAL_WITH_CUSTOMER),
    ]:
        with subtests.test(customer_prefix=customer_prefix, third_prefix=third_prefix, kind=kind):
            lab = lab_with(dial_deny=("_00.",), dial_prefix=customer_prefix, three_way_dial_prefix=third_prefix)
            if kind in (Kind.DIAL, Kind.PREVIEW):
                lab.ask(Kind.PAUSE)
            else:
                lab.customer()
            assert lab.ask(kind, number="90044123") == "90044123 may not be dialled: dial_deny has _00."
            lab.asterisk.far_ends["98500"] = lab.asterisk.far_ends["8500"]
            assert lab.ask(kind, number="8500") == "", "other numbers may be dialled"


# -- a preview of the number --


def create_preview(**campaign: Any) -> Driver:
    return preview_number(lab_with(**campaign), number=SLOW, caller_id="4930")


def preview_number(lab: Driver, **arguments: Any) -> Driver:
    lab.ask(Kind.PAUSE)
    assert lab.ask(Kind.PREVIEW, **arguments) == ""
    return lab


def test_a_number_is_looked_at_and_then_dialled() -> None:
    lab = create_preview()
    assert lab.session().previewed_number == SLOW and not lab.world.calls
    dial(lab, number="")
    assert (lab.call().number, get_column(lab.receipt().command, "number"), lab.session().previewed_number) == (
        SLOW,
        SLOW,
        "",
    )
    assert lab.asterisk.channels[get_customer(lab)].caller == "4930"


@pytest.mark.parametrize("is_restarted", [False, True])
def test_a_preview_keeps_its_lead_and_override_after_a_restart(is_restarted: bool) -> None:
    lab = preview_number(lab_with(dial_prefix="9", dial_deny=(f"9{SLOW}",)), number=SLOW, lead=17, dial_override=True)
    dial(restarted(lab) if is_restarted else lab, number="")
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
    lab = create_preview()
    assert lab.ask(Kind.SKIP) == ""
    assert lab.ask(Kind.SKIP) == "the agent looks at no number"
    assert lab.ask(Kind.DIAL) == "phone_number is empty"


def test_an_agent_who_resumes_ends_the_preview() -> None:
    lab = create_preview()
    lab.ask(Kind.RESUME)
    assert lab.session().previewed_number == ""


def test_previews_and_skips_are_refused_by_the_campaign() -> None:
    assert create_preview(manual_preview_dial="PREVIEW_ONLY").ask(Kind.SKIP) == (
        "the campaign's numbers are not skipped: manual_preview_dial"
    )
    lab = lab_with(manual_preview_dial="DISABLED")
    assert lab.ask(Kind.PREVIEW, number=SLOW) == "the campaign has no preview: manual_preview_dial"
    lab = lab_with(dial_deny=(SLOW,))
    assert lab.ask(Kind.PREVIEW, number=SLOW) == "the agent is not paused"
    lab.ask(Kind.PAUSE)
    assert lab.ask(Kind.PREVIEW, number=SLOW) == f"{SLOW} may not be dialled: dial_deny has {SLOW}"


@pytest.mark.parametrize("template", ["PJSIP/00{number}@trunk", "PJSIP/trunk/sip:+{number}@10.0.0.1"])
def test_digits_of_the_dial_template_are_sent_too(template: str) -> None:
    campaign = Campaign("TESTCAMP", dial_template=template, dial_deny=("_+49900X.",))
    assert dial_rules.build_third_endpoint(campaign, "49900123") == (
        "",
        "49900123 may not be dialled: dial_deny has _+49900X.",
    )
    assert dial_rules.build_third_endpoint(campaign, "4930123") == (template.replace("{number}", "4930123"), "")


@pytest.mark.parametrize(
    ("pattern", "number", "prefixes"),
    [
        ("_00.", "8005550100", ("00", "011")),  # names no country
        ("_+.", "8005550100", ("00", "011")),
        ("_+[2-9].", "4155550100", ("00", "011")),
        ("_+44XXXXXXXXXX", "4405550100", ("00", "011")),  # Ohio
        ("_00.", "01132001234", ("00",)),  # Leeds
    ],
)
def test_numbers_within_the_country_are_not_taken_for_others(
    pattern: str, number: str, prefixes: tuple[str, ...]
) -> None:
    campaign = Campaign("TESTCAMP", dial_deny=(pattern,), international_prefixes=prefixes)
    assert dial_rules.build_customer_endpoint(campaign, number) == (f"PJSIP/{number}@trunk", "")


@pytest.mark.parametrize(
    ("prefix", "number", "pattern", "is_allowed"),
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
def test_an_allowed_country_is_allowed_however_it_is_written(
    prefix: str, number: str, pattern: str, is_allowed: bool
) -> None:
    campaign = Campaign("TESTCAMP", dial_allow=(pattern,), dial_prefix=prefix)
    assert bool(dial_rules.build_customer_endpoint(campaign, number)[0]) is is_allowed


def test_third_parties_count_among_them_also_after_the_agent_has_left() -> None:
    lab = lab_with(manual_calls_at_once=2)
    refusal = "the campaign's agents have dialled 2 parties who are on the line: manual_calls_at_once"
    dial(lab)
    lab.wait(3)
    assert lab.ask(Kind.DIAL_WITH_CUSTOMER, number=QUICK) == ""
    lab.wait(3)
    assert lab.ask(Kind.LEAVE_3WAY_CALL) == ""
    lab.wait(1)
    lab.ask(Kind.STATUS, status="SALE")
    assert lab.ask(Kind.DIAL, number=QUICK) == refusal
    lab.ask(Kind.RESUME)
    lab.customer()
    lab.wait(2)
    for kind in (Kind.DIAL_WITH_CUSTOMER, Kind.PARK_CUSTOMER_DIAL, Kind.BLIND_TRANSFER):
        assert lab.ask(kind, number=QUICK) == refusal
    [left_call] = [call for call in lab.world.calls.values() if call.state is State.HANDED_OFF]
    lab.hang_up(str(left_call.third))
    lab.wait(1)
    assert lab.ask(Kind.BLIND_TRANSFER, number=QUICK) == ""


def test_an_agent_dials_only_without_a_call_after_the_code_and_on_the_line() -> None:
    lab = lab_with()
    assert lab.ask(Kind.DIAL, "1001", number=QUICK) == "the agent is not logged in"
    dial(lab, SILENT)
    assert lab.ask(Kind.DIAL, number=SILENT) == "", "the same dial while it rings is the same request"
    assert lab.ask(Kind.DIAL, number=QUICK) == "the agent is in a call"
    lab.ask(Kind.HANGUP)
    assert lab.ask(Kind.DIAL, number=QUICK) == "the last call has no disposition yet"
    lab.ask(Kind.STATUS, status="NA")
    lab.hang_up(PHONE, 44)
    assert lab.ask(Kind.DIAL, number=QUICK) == "the agent's phone is not on the line - log in again"


def leave_parties_alone(**options: Any) -> Driver:
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
    lab = leave_parties_alone(left_max_minutes=2)
    [call] = lab.world.calls.values()
    lab.wait(110)
    assert lab.world.calls[call.id].state is State.HANDED_OFF
    lab.wait(15)
    assert not lab.world.calls
    assert get_ended_call(lab).outcome.ended_by == "left_max_minutes"
    assert not {call.customer, call.third} & set(lab.asterisk.channels)


@pytest.mark.parametrize("minutes", [0, 240])
def test_parties_left_to_each_other_talk_for_four_hours_by_default(minutes: int) -> None:
    lab = leave_parties_alone(left_max_minutes=minutes)
    lab.wait(230 * 60)
    assert [call.state for call in lab.world.calls.values()] == [State.HANDED_OFF]


@pytest.mark.parametrize(("previous_minutes", "new_minutes"), [(20, 40), (40, 20), (0, 20)])
def test_a_change_of_their_time_holds_at_once(previous_minutes: int, new_minutes: int) -> None:
    lab = leave_parties_alone(left_max_minutes=previous_minutes)
    lab.configure("campaigns", "TESTCAMP", left_max_minutes=new_minutes)
    lab.wait(new_minutes * 60 - 10)
    assert [call.state for call in lab.world.calls.values()] == [State.HANDED_OFF]
    lab.wait(15)
    assert not lab.world.calls and get_ended_call(lab).outcome.ended_by == "left_max_minutes"
