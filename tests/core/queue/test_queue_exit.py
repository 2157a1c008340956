"""The exits of a call that its in-group does not serve: every action of every option, and the records of it."""

from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from tests.core.core_stage import CUSTOMER, heard, lab_with, people, restarted, talking, then
from tools.simulation.asterisk.core_driver import Driver, demo_rules
from tools.simulation.asterisk.simulated_asterisk import SECOND
from warmline.core.messages import actions as do
from warmline.core.messages import events as ev
from warmline.core.messages.commands import Kind
from warmline.core.messages.values.callback import Callback
from warmline.core.model.call import Call
from warmline.core.model.call_states import State
from warmline.core.model.queue_wait import QueueWait
from warmline.core.rules.configuration import Agent, CallTime, Rules
from warmline.core.rules.exit_actions import ACTIONS, TARGET_OPTIONS
from warmline.options.option_table import INGROUP
from warmline.options.values.option_types import Choice

EXIT_TARGETS = {"message": "said", "exten": "8600@sales", "voicemail": "501", "group": "SUPPORTLINE", "menu": "menu"}
EXIT_ACTION = {"EXTENSION": "sales,8600", "VOICEMAIL": "warmline-voicemail,501", "CALLMENU": "menu,s"}
NEVER_OPEN = CallTime(id="never", ct_default_start=2400, ct_default_stop=2400)
OFFICE = CallTime(id="office", ct_default_start=0, ct_default_stop=1440)  # a lab's clock begins at 14:13:20
CLOSES_IN_SECONDS = 26 * 60 + 40

# For each way to an exit: the option that acts, the values that cause it, and its record.
TRIGGERS: dict[str, tuple[str, dict[str, Any], str, str]] = {
    "time": ("drop_action", {"drop_call_seconds": 1}, "TIMEOT", "drop_call_seconds"),
    "hours": ("after_hours_action", {"call_time_id": "never"}, "AFTHRS", "call_time_id"),
    "agents": ("no_agent_action", {"no_agent_no_queue": "Y"}, "NANQUE", "no_agent_no_queue"),
    "limit": ("no_agent_action", {"max_calls_method": "TOTAL"}, "MAXCAL", "max_calls_count"),
    "limit, as dropped": (
        "drop_action",
        {"max_calls_method": "IN_QUEUE", "max_calls_action": "DROP"},
        "MAXCAL",
        "max_calls_count",
    ),
    "limit, as closed": (
        "after_hours_action",
        {"max_calls_method": "TOTAL", "max_calls_action": "AFTERHOURS"},
        "MAXCAL",
        "max_calls_count",
    ),
    "now": ("closing_time_action", {"closing_time_now_trigger": "Y"}, "CLOSOP", "closing_time_action"),
}
VALUES = {option.name: option.type.values for option in INGROUP.options if isinstance(option.type, Choice)}
CASES = [
    (trigger, action) for trigger, (option, *_) in TRIGGERS.items() for action in VALUES[option] if action != "DISABLED"
]


def make_rules(ingroup: dict[str, Any], **other_ingroups: dict[str, Any]) -> Rules:
    """Return the demo's rules, with these options of SALESLINE and other in-groups, and call times never and office."""
    rules = demo_rules(ingroup)
    changed = {name: replace(rules.ingroups[name], **options) for name, options in other_ingroups.items()}
    return replace(rules, ingroups={**rules.ingroups, **changed}, call_times={"never": NEVER_OPEN, "office": OFFICE})


def lab_with_rules(ingroup: dict[str, Any], **other_ingroups: dict[str, Any]) -> Driver:
    """Return agent 1000, logged in and READY."""
    lab = Driver(make_rules(ingroup, **other_ingroups))
    lab.log_in("1000")
    return lab


def make_exit_options(option: str, action: str, **options: Any) -> dict[str, Any]:
    """Return the options of an in-group with this exit, with the targets of LEADS."""
    leads = {getattr(TARGET_OPTIONS[option], kind): target for kind, target in EXIT_TARGETS.items()}
    if option == "no_agent_action":  # one option for all of the targets
        kind = {"MESSAGE": "message", "EXTENSION": "exten", "VOICEMAIL": "voicemail", "INGROUP": "group"}
        leads = {"no_agent_action_value": EXIT_TARGETS[kind.get(action, "menu")]}
    return {option: action, **leads, **options}


def make_call(lab: Driver, *args: str, number: str = "3125550100", seconds: float = 0.0) -> Driver:
    """Let a customer arrive, and this much time pass."""
    lab.asterisk.come_in(CUSTOMER, *(args or ("ingroup", "SALESLINE")), number=number)
    lab.pump()
    lab.wait(seconds)
    return lab


def get_ended_call(lab: Driver) -> Call:
    """Return the only call, which is over."""
    [call] = [record for record in lab.closed.values() if isinstance(record, Call)]
    return call


def list_waits(lab: Driver) -> list[QueueWait]:
    """Return the calls that are over, in order."""
    waits = [record for record in lab.closed.values() if isinstance(record, QueueWait)]
    return sorted(waits, key=lambda wait: wait.id)


def list_callbacks(lab: Driver) -> list[str]:
    return [record.number for record in lab.closed.values() if isinstance(record, Callback)]


# -- every action of every option --


@pytest.mark.parametrize(("trigger", "action"), CASES)
def test_an_exit_action_has_the_same_effect_for_every_trigger(trigger: str, action: str) -> None:
    option, options, status, reason = TRIGGERS[trigger]
    lab = make_call(Driver(make_rules(make_exit_options(option, action, **options))), seconds=1.1)
    lab.wait(1.5)
    meaning = ACTIONS[action]
    assert list_waits(lab)[0].outcome == status
    assert heard(lab, CUSTOMER, "said") == (meaning in ("MESSAGE", "CALLERID_CALLBACK"))
    assert lab.asterisk.gone_on == ([(CUSTOMER, EXIT_ACTION[meaning])] if meaning in EXIT_ACTION else [])
    assert list_callbacks(lab) == (["3125550100"] if meaning == "CALLERID_CALLBACK" else [])
    if meaning == "IN_GROUP":
        assert lab.world.matcher.list_calls("SUPPORTLINE") == [lab.call().id]
        assert (lab.call().outcome.status, lab.call().ingroup) == ("", "SUPPORTLINE")
        return
    assert (get_ended_call(lab).outcome.status, get_ended_call(lab).outcome.ended_by) == (status, reason)
    assert not lab.world.calls and not lab.world.waits and CUSTOMER not in people(lab)
    assert (do.HangUpLeg(CUSTOMER) in lab.asked) == (meaning not in EXIT_ACTION), "hung up, or in the dialplan"


def test_an_exit_without_a_target_hangs_up_with_the_reason(subtests: pytest.Subtests) -> None:
    for action, trigger in product(["EXTENSION", "VOICEMAIL", "IN_GROUP", "CALLMENU"], ["time", "hours", "now"]):
        with subtests.test(trigger=trigger, action=action):
            option, options, status, _ = TRIGGERS[trigger]
            lab = make_call(Driver(make_rules({option: action, **options})), seconds=1.1)
            assert get_ended_call(lab).outcome.status == status
            assert "names n" in get_ended_call(lab).queueing.why[-1], get_ended_call(lab).queueing.why
            assert CUSTOMER not in people(lab)


def test_an_extension_without_a_context_is_in_default() -> None:
    lab = make_call(
        Driver(make_rules({"call_time_id": "never", "after_hours_action": "EXTENSION", "after_hours_exten": "99"}))
    )
    assert lab.asterisk.gone_on == [(CUSTOMER, "default,99")]


def test_a_caller_without_a_number_is_hung_up_instead_of_called_back() -> None:
    lab = Driver(
        make_rules(make_exit_options("closing_time_action", "CALLERID_CALLBACK", closing_time_now_trigger="Y"))
    )
    make_call(lab, number="anonymous", seconds=1)
    assert not list_callbacks(lab) and heard(lab, CUSTOMER, "said") == 0
    assert "no number" in get_ended_call(lab).queueing.why[-1]


# -- overflow --


def test_a_call_that_overflows_begins_to_wait_now_and_may_keep_its_first_arrival() -> None:
    options = make_exit_options("drop_action", "IN_GROUP", drop_call_seconds=5)
    for keep in "NY":
        lab = make_call(Driver(make_rules(options, SUPPORTLINE={"keep_wait_on_transfer": keep})), seconds=6)
        call = lab.call()
        assert (call.queueing.queued_at == call.arrived) == (keep == "Y")
        assert [(wait.ingroup, wait.outcome) for wait in list_waits(lab)] == [("SALESLINE", "TIMEOT")]
        [wait] = lab.world.waits.values()
        assert (wait.ingroup, wait.place, wait.queued_at) == ("SUPPORTLINE", 1, call.queueing.queued_at)


def test_in_groups_that_pass_a_call_on_in_a_circle_end_it() -> None:
    closed = {"call_time_id": "never", "after_hours_action": "IN_GROUP"}
    to_support, to_sales = {"afterhours_xfer_group": "SUPPORTLINE"}, {"afterhours_xfer_group": "SALESLINE"}
    lab = make_call(Driver(make_rules({**closed, **to_support}, SUPPORTLINE={**closed, **to_sales})))
    assert get_ended_call(lab).queueing.why[-1] == "hung up: 10 in-groups have passed it on"
    assert (get_ended_call(lab).outcome.status, len(list_waits(lab))) == ("AFTHRS", 11)


@pytest.mark.parametrize("group", ["CLOSEDLINE", "GONE"])
def test_an_inactive_or_missing_in_group_takes_no_overflow(group: str) -> None:
    lab = make_call(
        Driver(make_rules({"call_time_id": "never", "after_hours_action": "IN_GROUP", "afterhours_xfer_group": group}))
    )
    assert get_ended_call(lab).queueing.why[-1].startswith(f"hung up: in-group {group} ")


# -- one agent's calls --


@pytest.mark.parametrize("agent", [Agent(id="1000", phone="1000", campaign="TESTCAMP"), None])
def test_an_agent_without_an_extension_has_the_call_hung_up_with_the_reason(agent: Agent | None) -> None:
    direct = {"drop_action": "EXTENSION", "drop_exten": "AGENTEXT", "drop_call_seconds": 1}
    lab = Driver(make_rules({}, AGENTDIRECT=direct))
    make_call(lab, "agent", "1000")
    other_agents = {name: agent_rules for name, agent_rules in lab.world.rules.agents.items() if name != "1000"}
    lab.feed(
        ev.ConfigurationChanged(replace(lab.world.rules, agents=other_agents | ({"1000": agent} if agent else {})))
    )
    lab.wait(1.1)
    reason = "agent 1000 has no custom_five" if agent else "there is no agent who has one"
    assert get_ended_call(lab).queueing.why[-1] == f"hung up: drop_exten=AGENTEXT, and {reason}"


# -- limits --


def test_max_calls_counts_those_that_wait_or_those_that_agents_have_too() -> None:
    for method, turned_away in (("TOTAL", True), ("IN_QUEUE", False)):
        lab = lab_with_rules({"max_calls_method": method, "max_calls_count": 1})
        lab.customer(name="first")
        assert lab.call().state is State.TALKING
        lab.customer(name="second")
        assert (lab.call_of("second").outcome.status == "MAXCAL") == turned_away
        lab.customer(name="third")
        assert lab.call_of("third").outcome.status == "MAXCAL", "the second waits, or is too many as well"


def test_limits_do_not_count_a_call_against_itself() -> None:
    lab = talking(lab_with({"max_calls_method": "TOTAL", "max_calls_count": 1}))
    then(lab, State.WAITING, Kind.LOCAL_CLOSER, ingroup="SALESLINE")


# -- transfers --


@pytest.mark.parametrize("kind", [Kind.LOCAL_CLOSER, Kind.DIAL_WITH_CUSTOMER])
@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ({"call_time_id": "never"}, "call time never is closed at "),
        ({"max_calls_method": "TOTAL"}, "in-group SUPPORTLINE has 0 calls of 0 (max_calls_method=TOTAL)"),
        ({"no_agent_no_queue": "NO_READY"}, "in-group SUPPORTLINE has no agent READY (no_agent_no_queue=NO_READY)"),
    ],
)
def test_a_hand_over_to_an_in_group_that_may_not_have_it_is_refused(
    kind: Kind, arguments: dict[str, Any], reason: str
) -> None:
    lab = Driver(make_rules({}, SUPPORTLINE=arguments))
    lab.log_in("1000")
    talking(lab)
    answer = lab.ask(kind, ingroup="SUPPORTLINE")
    assert answer and answer.startswith(reason)
    then(lab, State.TALKING)


def test_api_impossible_success_applies_the_exit_of_the_in_group() -> None:
    lab = Driver(
        replace(make_rules({}, SUPPORTLINE=make_exit_options("after_hours_action", "VOICEMAIL", call_time_id="never")))
    )
    lab.feed(ev.ConfigurationChanged(replace(lab.world.rules, api_impossible="SUCCESS")))
    lab.log_in("1000")
    talking(lab)
    assert lab.ask(Kind.LOCAL_CLOSER, ingroup="SUPPORTLINE") == ""
    assert lab.asterisk.gone_on == [(CUSTOMER, EXIT_ACTION["VOICEMAIL"])]
    assert (get_ended_call(lab).outcome.status, get_ended_call(lab).ingroup) == ("AFTHRS", "SUPPORTLINE")


# -- closing --


def test_waiting_callers_are_sent_away_at_closing_time_and_not_before() -> None:
    lab = Driver(
        make_rules(make_exit_options("closing_time_action", "MESSAGE", call_time_id="office", prompt_interval=0))
    )
    lab.configure("ingroups", "SALESLINE", drop_call_seconds=86400)
    make_call(lab, seconds=CLOSES_IN_SECONDS - 1)
    lab.customer(name="second")
    assert len(lab.world.calls) == 2
    lab.wait(1.5)
    assert {call.outcome.status for call in lab.world.calls.values()} == {"CLOSOP"}
    assert heard(lab, CUSTOMER, "said") == heard(lab, "second", "said") == 1
    lab.customer(name="late")
    assert lab.call_of("late").outcome.status == "AFTHRS"


def test_a_close_that_came_while_a_phone_rang_follows_when_it_is_not_answered() -> None:
    lab = Driver(make_rules(make_exit_options("closing_time_action", "HANGUP", call_time_id="office")))
    lab.configure("agents", "1002", on_hook_ring_time=20)
    lab.asterisk.far_ends["1002"] = [(0.1, "ringing")]
    lab.log_in("1002")
    lab.wait(CLOSES_IN_SECONDS - 10)
    make_call(lab, seconds=15)
    then(lab, State.RINGING_AGENT)
    lab.wait(10)
    assert get_ended_call(lab).outcome.status == "CLOSOP"


@pytest.mark.parametrize("away", [0, 120])
def test_a_close_is_not_forgotten_by_an_app_that_was_away(away: int) -> None:
    options = make_exit_options("closing_time_action", "EXTENSION", call_time_id="office", drop_call_seconds=86400)
    lab = make_call(Driver(make_rules(options)), seconds=CLOSES_IN_SECONDS - 60)
    lab.asterisk.now += away * SECOND
    restarted(lab)
    lab.wait(61)
    assert (
        lab.asterisk.gone_on == [(CUSTOMER, EXIT_ACTION["EXTENSION"])]
        and get_ended_call(lab).outcome.status == "CLOSOP"
    )


def test_callers_are_sent_away_when_the_machines_clock_says_that_it_is_closing_time() -> None:
    options = make_exit_options("closing_time_action", "EXTENSION", call_time_id="office", drop_call_seconds=86400)
    lab = make_call(Driver(make_rules(options)), seconds=CLOSES_IN_SECONDS - 10)
    lab.feed(ev.ClockCorrected(-60 * SECOND))
    lab.wait(69)
    assert len(lab.world.calls) == 1
    lab.wait(2)
    lab.customer(name="late")
    lab.feed(ev.ClockCorrected(-3600 * SECOND))
    lab.customer(name="in time")
    lab.feed(ev.ClockCorrected(0))
    lab.wait(0)
    calls = [*lab.world.calls.values(), *(call for call in lab.closed.values() if isinstance(call, Call))]
    over = [call.outcome.status for call in sorted(calls, key=lambda call: call.arrived)]
    assert over == ["CLOSOP", "AFTHRS", "CLOSOP"]


def test_closing_time_action_disabled_lets_them_wait_on() -> None:
    lab = make_call(
        Driver(make_rules({"call_time_id": "office", "drop_call_seconds": 86400})), seconds=CLOSES_IN_SECONDS + 60
    )
    then(lab, State.WAITING)


def test_a_caller_whose_agent_is_lost_after_closing_time_waits() -> None:
    lab = lab_with_rules(make_exit_options("closing_time_action", "HANGUP", call_time_id="office"))
    make_call(lab, seconds=CLOSES_IN_SECONDS + 60)
    then(lab, State.TALKING)
    lab.asterisk.far_ends["1000"] = [(0.1, "ringing")]
    lab.hang_up("phone-1000", 44)
    lab.wait(21)
    then(lab, State.WAITING)


# -- the records --


def test_a_wait_is_recorded_with_its_place_and_agent() -> None:
    lab = Driver(make_rules({"queue_priority": 5}))
    lab.customer(name="first")
    make_call(lab, seconds=10)
    assert [wait.place for wait in lab.world.waits.values()] == [1, 2]
    lab.log_in("1000")
    [wait] = list_waits(lab)
    assert (wait.outcome, wait.agent, wait.ingroup, wait.priority) == ("ANSWERED", "1000", "SALESLINE", 5)
    assert wait.ended is not None and wait.ended - wait.entered >= 10 * SECOND
    assert lab.world.wait_histories["SALESLINE"].waits == (wait.ended - wait.entered,)


def test_a_line_remembers_the_last_five() -> None:
    lab = lab_with()
    for seconds in range(7):
        lab.ask(Kind.PAUSE)
        make_call(lab, seconds=seconds)
        lab.ask(Kind.RESUME)
        lab.hang_up(CUSTOMER)
        lab.ask(Kind.STATUS, status="A")
    assert [round(wait / SECOND) for wait in lab.world.wait_histories["SALESLINE"].waits] == [2, 3, 4, 5, 6]


def test_a_caller_who_hangs_up_in_the_queue_has_dropped() -> None:
    lab = make_call(Driver(make_rules({})), seconds=3)
    lab.hang_up(CUSTOMER)
    assert (get_ended_call(lab).outcome.status, get_ended_call(lab).outcome.ended_by, list_waits(lab)[-1].outcome) == (
        "DROP",
        "customer",
        "DROP",
    )
    assert not lab.world.waits and not lab.world.wait_histories


def test_a_phone_that_is_not_answered_does_not_end_the_wait() -> None:
    lab = Driver(make_rules({}))
    lab.configure("agents", "1002", on_hook_ring_time=5, max_missed=5)
    lab.asterisk.far_ends["1002"] = [(0.1, "ringing")]
    lab.log_in("1002")
    make_call(lab, seconds=12)
    [wait] = lab.world.waits.values()
    assert not list_waits(lab) and lab.call().queueing.wait == wait.id
    lab.hang_up(CUSTOMER)
    assert [wait.outcome for wait in list_waits(lab)] == ["DROP"] and get_ended_call(lab).outcome.status == "DROP"


def test_a_request_for_a_closer_is_a_wait_too() -> None:
    lab = talking(lab_with())
    then(lab, State.DIALING, Kind.DIAL_WITH_CUSTOMER, ingroup="SUPPORTLINE")
    lab.ask(Kind.HANGUP_XFER)
    then(lab, State.DIALING, Kind.DIAL_WITH_CUSTOMER, ingroup="SUPPORTLINE")
    lab.log_in("1001")
    lab.ask(Kind.HANGUP_XFER)
    lab.configure("ingroups", "SUPPORTLINE", drop_call_seconds=1)
    lab.ask(Kind.STATUS, agent="1001", status="A")
    lab.ask(Kind.PAUSE, agent="1001")
    then(lab, State.DIALING, Kind.DIAL_WITH_CUSTOMER, ingroup="SUPPORTLINE")
    lab.wait(1.1)
    waits = [(wait.outcome, wait.agent) for wait in list_waits(lab) if wait.ingroup == "SUPPORTLINE"]
    assert waits == [("WITHDRAWN", ""), ("ANSWERED", "1001"), ("TIMEOT", "")]


def test_a_waiting_call_ended_by_an_operator_has_a_wait_marked_as_cut() -> None:
    lab = make_call(Driver(make_rules({})), seconds=1)
    lab.ask(Kind.END_CALL, agent="", call=lab.call().id)
    assert (list_waits(lab)[-1].outcome, get_ended_call(lab).outcome.ended_by) == ("CUT", "operator")


# -- the exit from the application --


def test_a_way_out_that_is_refused_again_and_again_is_given_up_with_the_reason() -> None:
    lab = Driver(make_rules(make_exit_options("after_hours_action", "EXTENSION", call_time_id="never")))
    exit_action = do.ContinueInDialplan(CUSTOMER, "sales", "8600", "call_time_id")
    perform = lab.perform

    def refuse(action: do.Action) -> None:
        if action == exit_action:
            lab.asterisk.out.append(ev.ActionFailed(exit_action, 500, "no such priority"))
        else:
            perform(action)

    lab.perform = refuse  # type: ignore[method-assign] # never accepts it
    make_call(lab)
    lab.wait(5)
    assert CUSTOMER in lab.asterisk.channels
    lab.wait(2)
    call = get_ended_call(lab)
    assert CUSTOMER not in lab.asterisk.channels and lab.asked.count(exit_action) == 12
    reason = "hung up: sales,8600 was refused 12 times, last by Asterisk: no such priority (500)"
    assert call.queueing.why[-1] == reason and not lab.world.legs


def test_a_way_out_that_was_not_taken_is_asked_for_again_after_a_restart() -> None:
    lab = Driver(make_rules(make_exit_options("after_hours_action", "EXTENSION", call_time_id="never")))
    exit_action = do.ContinueInDialplan(CUSTOMER, "sales", "8600", "call_time_id")
    lab.perform = lambda action: None if action == exit_action else lab.asterisk.perform(action)  # type: ignore[method-assign] # lost
    make_call(lab)
    del lab.perform
    restarted(lab)
    assert lab.asterisk.gone_on == [(CUSTOMER, "sales,8600")] and not lab.world.calls
