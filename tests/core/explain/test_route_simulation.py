"""The forecast of a call equals what happens to it: agents, place, status and exit."""

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tools.simulation.asterisk.core_driver import Driver, demo_rules
from warmline.core.explain.route_simulation import RouteForecast, build_turn_from_records, forecast_route
from warmline.core.messages import actions as do
from warmline.core.messages.commands import Kind
from warmline.core.model import ids
from warmline.core.model.call import Call
from warmline.core.model.call_states import State
from warmline.core.rules.configuration import CallTime
from warmline.options.ingroup_options import ACTIONS, RANKINGS

BASE = ids.encode(1 << 90)
TARGETS = {
    "after_hours_exten": "8300@inside",
    "after_hours_voicemail": "8777",
    "afterhours_xfer_group": "SUPPORTLINE",
    "after_hours_callmenu": "nights",
    "drop_exten": "8400",
    "voicemail_ext": "8778",
    "drop_inbound_group": "---NONE---",
    "drop_callmenu": "menu",
    "closing_time_option_exten": "8500",
    "closing_time_option_voicemail": "8779",
    "closing_time_option_xfer_group": "SUPPORTLINE",
    "closing_time_option_callmenu": "late",
}

ingroups = st.fixed_dictionaries(
    {
        "active": st.sampled_from("YYYN"),
        "queue_priority": st.integers(-2, 2),
        "next_agent_call": st.sampled_from([ranking for ranking in RANKINGS if "random" not in ranking]),
        "call_time_id": st.sampled_from(["", "", "OPEN", "NEVER"]),
        "after_hours_action": st.sampled_from(ACTIONS),
        "drop_action": st.sampled_from(ACTIONS),
        "no_agent_no_queue": st.sampled_from(["N", "Y", "NO_PAUSED", "NO_READY"]),
        "leave_when_empty": st.sampled_from(["N", "N", "Y", "NO_PAUSED", "NO_READY"]),
        "no_agent_action": st.sampled_from(["HANGUP", "MESSAGE", "INGROUP", "EXTENSION"]),
        "no_agent_action_value": st.sampled_from(["SUPPORTLINE", "SALESLINE", "vm-goodbye"]),
        "max_calls_method": st.sampled_from(["DISABLED", "TOTAL", "IN_QUEUE"]),
        "max_calls_count": st.integers(0, 2),
        "max_calls_action": st.sampled_from(["NO_AGENT_NO_QUEUE", "DROP", "AFTERHOURS"]),
        "closing_time_action": st.sampled_from(["DISABLED", "DISABLED", *ACTIONS, "CALLERID_CALLBACK"]),
        "closing_time_now_trigger": st.sampled_from("NNY"),
        "data_priority": st.sampled_from([(), ("vip=yes:2",), ("vip=*:-2",)]),
        "data_agent": st.sampled_from(["", "owner"]),
        "data_agent_wait": st.sampled_from([0, 30]),
    }
)
agents = st.lists(st.sampled_from(["", "logs in", "pauses"]), min_size=3, max_size=3)
datas = st.sampled_from(
    [{}, {"vip": "yes"}, *({"vip": "no", "owner": owner} for owner in ("1000", "1001", "1002", "x"))]
)
levels = st.lists(st.integers(1, 3), min_size=3, max_size=3)


def stage(
    sales: dict[str, Any], support: dict[str, Any], states: list[str], levels: list[int], earlier_calls: int
) -> Driver:
    rules = demo_rules(TARGETS | sales)
    call_times = [CallTime("OPEN"), CallTime("NEVER", ct_default_start=2400, ct_default_stop=2400)]
    rules = replace(
        rules,
        ingroups={**rules.ingroups, "SUPPORTLINE": replace(rules.ingroups["SUPPORTLINE"], **TARGETS | support)},
        agents={
            user: replace(agent, user_level=level)
            for (user, agent), level in zip(rules.agents.items(), levels, strict=True)
        },
        call_times={call_time.id: call_time for call_time in call_times},
    )
    lab = Driver(rules)
    for number in range(earlier_calls):
        lab.customer("ingroup", ["SALESLINE", "SUPPORTLINE"][number % 2], name=f"earlier{number}")
        lab.wait(2)
    for user, state in zip(rules.agents, states, strict=True):
        if state:
            lab.log_in(user)
            lab.wait(1)
        if state == "pauses":
            lab.ask(Kind.PAUSE, user)
    return lab


def foreseen(lab: Driver, *destination: str, **pairs: str) -> RouteForecast:
    turn = build_turn_from_records(list(lab.world.iterate_open_records()), lab.world.rules, lab.asterisk.now, BASE)
    return forecast_route(turn, *destination, call_data=tuple(pairs.items()))


@given(ingroups, ingroups, agents, levels, st.integers(0, 3), datas)
def test_the_forecast_equals_the_result(
    sales: dict[str, Any],
    support: dict[str, Any],
    states: list[str],
    levels: list[int],
    earlier_calls: int,
    pairs: dict[str, str],
) -> None:
    happens_as_forecast(sales, support, states, levels, earlier_calls, **pairs)


def happens_as_forecast(
    sales: dict[str, Any],
    support: dict[str, Any],
    states: list[str],
    levels: list[int],
    earlier_calls: int,
    **pairs: str,
) -> None:
    lab = stage(sales, support, states, levels, earlier_calls)
    forecast = foreseen(lab, "SALESLINE", **pairs)
    arrived_us = lab.asterisk.now
    lab.asterisk.given_back.clear()
    lab.asked.clear()
    lab.customer(name="new", **pairs)
    lab.wait(0.5)
    calls = [call for call in lab.world.calls.values() if call.customer == "new"]
    if forecast.refused:
        assert not calls and [leg for leg, _ in lab.asterisk.given_back] == ["new"]
    elif forecast.agent:
        [call] = calls
        rung = call.queueing.rung or (call.agent,)
        assert forecast.agent in rung and call.ingroup == forecast.ingroup
    elif forecast.position:
        [call] = calls
        assert (call.state, call.ingroup) == (State.WAITING, forecast.ingroup)
        assert lab.world.matcher.get_position(call.id) == forecast.position
        assert ("s for agent" in forecast.outcome) == bool(call.queueing.preferred)
    else:
        closed_calls = [
            record for record in lab.closed.values() if isinstance(record, Call) and record.arrived > arrived_us
        ]
        assert [forecast.status] == [call.outcome.status for call in (*calls, *closed_calls)]
        exits = [
            f"{action.context},{action.exten}" for action in lab.asked if isinstance(action, do.ContinueInDialplan)
        ]
        assert exits == ([forecast.goto] if forecast.goto else [])
        played = [action.media for action in lab.asked if isinstance(action, do.Play) and action.leg == "new"]
        assert played == ([f"sound:{forecast.message}"] if forecast.message else [])


def test_an_agents_own_call() -> None:
    lab = Driver(demo_rules())
    outcome = "agent 1000 is not logged in: it waits, as number 1 in line; after 360 s drop_action=HANGUP: hung up"
    assert foreseen(lab, "AGENTDIRECT", "1000").outcome == outcome
    lab.log_in("1000")
    lab.log_in("1001")
    forecast = foreseen(lab, "AGENTDIRECT", "1000")
    assert (forecast.agent, [ranked.agent for ranked in forecast.ranking]) == ("1000", ["1000"])
    lab.ask(Kind.PAUSE, "1000")
    forecast = foreseen(lab, "AGENTDIRECT", "1000")
    assert (forecast.agent, forecast.position, forecast.ranking[0].reason) == ("", 1, "PAUSED")


def test_a_call_that_prefers_an_agent() -> None:
    lab = stage({"data_agent": "owner", "data_agent_wait": 20}, {}, ["logs in", "logs in", ""], [1, 1, 1], 0)
    forecast = foreseen(lab, "SALESLINE", owner="1001")
    assert (forecast.agent, forecast.outcome) == ("1001", "agent 1001 gets it (data_agent=owner)")
    assert [(ranked.agent, ranked.position) for ranked in forecast.ranking] == [("1001", 1), ("1000", 2)]
    lab.customer(name="old", owner="1001")
    forecast = foreseen(lab, "SALESLINE", owner="1001")
    assert (forecast.agent, forecast.position) == ("", 1)
    assert forecast.outcome.startswith("waits up to 20 s for agent 1001, as number 1 in line; ")


def test_the_forecast_of_a_wait_names_the_first_exit() -> None:
    till_late = {"call_time_id": "OPEN", "closing_time_action": "HANGUP", "drop_call_seconds": 86400}
    lab = stage(till_late, {}, ["", "", ""], [1, 1, 1], 0)
    lab.configure("call_times", "OPEN", ct_default_stop=2359)
    outcome = foreseen(lab, "SALESLINE").outcome
    assert " s closing_time_action=HANGUP: hung up" in outcome and "after 86400 s" not in outcome
