"""The promises of automatic calls hold in any order of acts of agents, leads and callers, and of faults."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from tests.core.core_stage import restarted
from tests.core.dialler.lead_stage import (
    ANSWERS,
    BUSY,
    LATE,
    RINGS_ON,
    dialling,
    hears_harbour,
    lead,
    list_calls,
    propose,
)
from tools.simulation.asterisk.asterisk_death import asterisk_dies, comes_back
from tools.simulation.asterisk.core_driver import Driver
from warmline.core.messages.commands import Kind
from warmline.core.model.call_states import AgentState, State

AGENTS = ("1000", "1001")
NUMBERS = (ANSWERS, BUSY, LATE, RINGS_ON, "8500", "8503")
CLOCK_STEP_US = 100  # microseconds of the simulated clock

Step = tuple[str, int]
FREQUENT_STEPS = "lead lead lead lead wait wait wait wait pause resume resume lost logout login hang-up caller talks"
RARE_STEPS = "app asterisk end stop start give-up"
STEPS = st.lists(
    st.tuples(st.sampled_from((*FREQUENT_STEPS.split(), *RARE_STEPS.split())), st.integers(0, 30)), max_size=25
)


def take_step(lab: Driver, step: str, value: int) -> None:
    """Take one step; `value` chooses the agent, the lead or the time."""
    agent, live = AGENTS[value % 2], [call for call in lab.world.calls.values() if call.is_automatic]
    match step:
        case "lead":
            propose(lab, *(lead(lab, NUMBERS[(value + offset) % 6], (value + offset) % 6 + 1) for offset in range(3)))
        case "wait":
            lab.wait(value / 5)
        case "pause" | "resume":
            lab.ask(Kind(step.upper()), agent)
        case "logout":
            lab.ask(Kind.LOGOUT, agent)
        case "lost" if (phone := lab.world.sessions.get(agent)) and phone.leg:
            lab.hang_up(phone.leg, 44)
        case "login" if agent not in lab.world.sessions and f"phone-{agent}" not in lab.asterisk.channels:
            lab.log_in(agent)
        case "hang-up" if live:
            call = live[value % len(live)]
            lab.hang_up(call.customer or "", 21 if call.state is State.CALLING else 16)
        case "talks" if (phone := lab.world.sessions.get(agent)) and phone.leg:
            lab.asterisk.talks(phone.leg)
            lab.pump()
        case "caller" if f"caller-{value}" not in lab.asterisk.channels:
            lab.customer(name=f"caller-{value}")
        case "app":
            restarted(lab)
        case "asterisk":
            asterisk_dies(lab)
            comes_back(lab)
        case "end" if live:
            lab.ask(Kind.END_CALL, agent="", call=live[value % len(live)].id)
        case "stop" | "start":
            lab.ask(Kind(f"DIALLER_{step.upper()}"), agent="", campaign="TESTCAMP")
        case "give-up" if live:
            propose(lab, give_up=(live[value % len(live)].id,))


def check_world(lab: Driver) -> None:
    """Check what must hold at every moment."""
    world, now_us = lab.world, lab.asterisk.now
    live = [call for call in world.calls.values() if call.state is not State.ENDED]
    assert max(Counter(call.agent for call in live if call.agent).values(), default=1) == 1
    assert max(Counter(call.lead for call in live if call.is_automatic).values(), default=1) == 1
    for call in live:
        if call.is_automatic and call.state in (State.ANSWERED, State.RINGING_AGENT) and call.attempt.drop_at:
            assert now_us <= call.attempt.drop_at + CLOCK_STEP_US, call
        if call.state is State.ANSWERED:
            assert world.matcher.has_call(call.id) and not world.matcher.list_ready_agents("campaign:TESTCAMP"), call
        if call.state is State.CALLING:
            assert world.legs[call.customer or ""].owner == call.id
    assert world.lead_calls.count_without_agent("TESTCAMP") == sum(
        call.state in (State.CALLING, State.ANSWERED) for call in world.calls.values() if call.is_automatic
    )


def spoken_to(lab: Driver, step: str, value: int) -> set[str]:
    """Return the call whose agent is to speak in this step, if Asterisk will report it."""
    phone = lab.world.sessions.get(AGENTS[value % 2])
    heard = step == "talks" and phone and phone.call and phone.leg in lab.asterisk.talk_detected
    return {phone.call} if heard and phone and phone.call else set()


@given(STEPS, st.sampled_from(("OFF", "MARK", "TAKE")), st.sampled_from("YN"))
def test_every_answered_lead_is_served_or_told_and_every_call_ends(steps: list[Step], amd: str, message: str) -> None:
    lab = dialling(*AGENTS, amd=amd, amd_send_to_vmx=message)
    lab.asterisk.machines = {ANSWERS: (2.5, "MACHINE X-1"), LATE: (1.5, "MACHINE X-1"), "8500": (0.5, "MACHINE X-1")}
    spoken: set[str] = set()
    for step, value in steps:
        spoken |= spoken_to(lab, step, value)
        take_step(lab, step, value)
        check_world(lab)
    for _ in range(3):
        lab.wait(30)
        check_world(lab)
        for call in [call for call in lab.world.calls.values() if call.customer]:
            lab.hang_up(call.customer or "")
    for call in list_calls(lab):
        is_served = call.outcome.connected or call.attempt.message_at or call.outcome.ended_by != "drop_call_seconds"
        assert call.state is State.ENDED and is_served, call
        assert call.outcome.connected or call.outcome.status, call
        assert call.outcome.ended_by != "amd" or (amd == "TAKE" and call.id not in spoken), call
        assert bool(call.attempt.dropped) <= (call.outcome.status == "DROP" or call.outcome.connected is not None)
        if call.attempt.message_at:
            assert hears_harbour(
                lab, next(record.id for record in lab.closed.values() if getattr(record, "owner", "") == call.id)
            )
    assert all(session.state is not AgentState.QUEUE for session in lab.world.sessions.values())
