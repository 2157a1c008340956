"""The preconditions of the examples on the simulated Asterisk: the state and the call of agent 1000."""

from collections.abc import Callable
from dataclasses import replace

from tests.internals.agent_api import (
    AGENTDIRECT,
    Agent,
    AgentState,
    Campaign,
    Direction,
    GroupAlias,
    Ingroup,
    Kind,
    Origin,
    Rules,
    State,
)
from tools.simulation.asterisk.core_driver import FAR_ENDS, Driver


def rules(api_impossible: str, on_hook: bool, ingroups: tuple[str, ...]) -> Rules:
    """The examples' configuration; `ingroups` are agent 1000's."""
    groups = (
        Ingroup(id="SALESLINE", default_xfer_group="SUPPORTLINE"),
        Ingroup(id="SUPPORTLINE"),
        Ingroup(id="CLOSEDLINE", active="N"),
        Ingroup(id=AGENTDIRECT, queue_priority=99),
    )
    modes = {True: "on_hook", False: "nailed_up"}
    agents = (
        Agent(
            "1000",
            phone="1000",
            campaign="TESTCAMP",
            ingroups=ingroups,
            custom_three="CRM1000",
            phone_mode=modes[on_hook],
        ),
        Agent("1001", phone="1001", campaign="TESTCAMP", ingroups=("SALESLINE", AGENTDIRECT)),
    )
    aliases = (
        GroupAlias("GOODALIAS", caller_id_number="7275551212"),
        GroupAlias("BADALIAS", caller_id_number="3"),
        GroupAlias("OLDALIAS", caller_id_number="7275551213", active="N"),
    )
    campaign = Campaign(id="TESTCAMP", login_state="READY", default_xfer_group="SUPPORTLINE", dial_timeout=20)
    return Rules(
        campaigns={campaign.id: campaign},
        ingroups={group.id: group for group in groups},
        agents={agent.id: agent for agent in agents},
        group_aliases={alias.id: alias for alias in aliases},
        api_impossible=api_impossible,
    )


def bring_about(setup: str, api_impossible: str) -> Driver:
    """Return a driver in the precondition of that name."""
    on_hook = setup == "agent_queue"
    ingroups = ("SUPPORTLINE",) if setup == "agent_incall_default_none" else ("SALESLINE", AGENTDIRECT)
    lab = Driver(rules(api_impossible, on_hook, ingroups))
    if on_hook:
        lab.asterisk.far_ends["1000"] = FAR_ENDS["8501"]
    SETUPS[setup](lab)
    return lab


def _nobody(lab: Driver) -> None:
    _other_agent(lab)


def _other_agent(lab: Driver) -> None:
    lab.log_in("1001")
    assert lab.session("1001").state is AgentState.READY


def _ready(lab: Driver) -> None:
    lab.log_in("1000")
    assert lab.session().state is AgentState.READY
    _other_agent(lab)


def _paused(lab: Driver) -> None:
    _ready(lab)
    assert lab.ask(Kind.PAUSE) == ""


def _ringing(lab: Driver) -> None:
    lab.log_in("1000")
    lab.customer()
    assert lab.call().state is State.RINGING_AGENT
    _other_agent(lab)


def _in_call(lab: Driver) -> None:
    lab.log_in("1000")
    lab.customer("ingroup", lab.world.rules.agents["1000"].ingroups[0])
    assert lab.call().state is State.TALKING
    _other_agent(lab)


def _with_third(lab: Driver) -> None:
    _in_call(lab)
    assert lab.ask(Kind.DIAL_WITH_CUSTOMER, number="8500") == ""
    lab.wait(0.5)
    assert lab.call().state is State.THREE_WAY


def _parked(lab: Driver) -> None:
    _in_call(lab)
    assert lab.ask(Kind.PARK_CUSTOMER) == ""


def _recorded(lab: Driver) -> None:
    _in_call(lab)
    assert lab.ask(Kind.RECORD_START) == ""
    assert lab.call().recording.running


def _with_fronter(lab: Driver) -> None:
    lab.log_in("1001")
    lab.customer()
    lab.log_in("1000")
    assert lab.ask(Kind.DIAL_WITH_CUSTOMER, "1001", ingroup=AGENTDIRECT, to_agent="1000") == ""
    assert (lab.call().state, lab.call().consultation.closer) == (State.THREE_WAY, "1000")


def _in_call_out(lab: Driver) -> None:
    _in_call(lab)
    call = lab.call()
    name = f"M{call.agc_id[1:]}"
    lab.world.keep(replace(call, agc_id=name, direction=Direction.OUT, origin=Origin.AGENT))


def _dead(lab: Driver) -> None:
    _with_third(lab)
    lab.hang_up("cust")
    assert lab.call().state is State.CUSTOMER_GONE


def _dispo(lab: Driver) -> None:
    _in_call(lab)
    assert lab.ask(Kind.HANGUP) == ""
    assert lab.session().state is AgentState.DISPO


def _two_wait(lab: Driver) -> None:
    _paused(lab)
    assert lab.ask(Kind.PAUSE, "1001") == ""
    for name, where in (
        ("a", ("ingroup", "SALESLINE")),
        ("b", ("ingroup", "SUPPORTLINE")),
        ("c", ("agent", "1000")),
        ("d", ("agent", "1001")),
    ):
        lab.customer(*where, name=name)


SETUPS: dict[str, Callable[[Driver], None]] = {
    "none": _nobody,
    "agent_logged_out": _nobody,
    "agent_paused": _paused,
    "agent_ready": _ready,
    "agent_queue": _ringing,
    "agent_incall": _in_call,
    "agent_incall_outbound": _in_call_out,
    "agent_incall_default_none": _in_call,
    "agent_incall_third": _with_third,
    "agent_incall_parked": _parked,
    "agent_incall_recording": _recorded,
    "agent_incall_with_fronter": _with_fronter,
    "agent_dead": _dead,
    "agent_dispo": _dispo,
    "agent_paused_queue2": _two_wait,
    "user_without_permission": _in_call,
}
