"""Two Asterisks, `main` and `b`: a fault of one concerns its own calls, and each action goes to its own server.

The driver checks that no action on a server is about a leg or bridge of the other one.
"""

import pytest

from tests.core.core_stage import Slow
from tools.simulation.asterisk.asterisk_death import asterisk_dies, comes_back
from tools.simulation.asterisk.core_driver import demo_rules
from tools.simulation.asterisk.several_servers import B, SeveralServers
from tools.simulation.asterisk.simulated_snapshot import difference
from warmline.core.engine.recovery import restore
from warmline.core.messages import actions as do
from warmline.core.messages import events as ev
from warmline.core.messages.commands import Kind
from warmline.core.messages.values.server_action import MAIN_SERVER, ServerAction
from warmline.core.model.call import Call
from warmline.core.model.call_states import AgentState, State
from warmline.core.model.recording import Recording
from warmline.core.world.world import OpenRecord

USER = {MAIN_SERVER: "1000", B: "1001"}
CUSTOMER = {MAIN_SERVER: "cust", B: "cust-b"}
OTHER_SERVER = {MAIN_SERVER: B, B: MAIN_SERVER}
SERVERS = pytest.mark.parametrize("server", [MAIN_SERVER, B])


@pytest.fixture
def lab() -> SeveralServers:
    """Return an agent of each server in a recorded three-way call, with all parties on the agent's server."""
    lab = SeveralServers(demo_rules(campaign_recording="ALLCALLS", leave_3way_start_recording="ALL_CALLS"))
    for server, user in USER.items():
        lab.seat(server, user)
        lab.come_in(server, CUSTOMER[server], "ingroup", "SALESLINE")
        assert call_on(lab, server).state is State.TALKING
        lab.ask(Kind.DIAL_WITH_CUSTOMER, user, number="8500")
        lab.wait(1.2)
        assert call_on(lab, server).state is State.THREE_WAY
    return lab


def call_on(lab: SeveralServers, server: str) -> Call:
    [call] = [call for call in lab.world.calls.values() if call.server == server]
    return call


def talk(lab: SeveralServers, server: str) -> bool:
    """Return whether customer, agent and third party of that server hear each other."""
    three = (CUSTOMER[server], lab.session(USER[server]).leg or "", call_on(lab, server).third or "")
    return all(lab.server(server).hears(leg_id, peer_id) for leg_id in three for peer_id in three if leg_id != peer_id)


def of(lab: SeveralServers, server: str) -> list[OpenRecord]:
    """Return every open record of a server, and of its agent."""
    call, user = call_on(lab, server).id, USER[server]
    names = {call, user}
    return [
        record
        for record in lab.world.iterate_open_records()
        if names & {str(field_text) for field_text in vars(record).values()}
    ]


def asked_of(lab: SeveralServers) -> set[str]:
    return {action.server for action in lab.asked if isinstance(action, ServerAction)}


def tells(lab: SeveralServers, server: str) -> None:
    """Connect the app to that server again, and feed the differences of its snapshot."""
    lab.feed_together(difference(lab.server(server), lab.world))


LEAVE: list[tuple[Kind, dict[str, str]]] = [(Kind.LEAVE_3WAY_CALL, {})]
PARK = [(Kind.PARK_XFER, {}), (Kind.GRAB_XFER, {}), (Kind.MUTE, {}), (Kind.LEAVE_3WAY_CALL, {})]
LISTEN = [(Kind.LISTEN, {"number": "1002"}), (Kind.HANGUP_XFER, {}), (Kind.HANGUP_BOTH, {})]


@SERVERS
@pytest.mark.parametrize("commands", [LEAVE, PARK, LISTEN], ids=["leave", "park", "listen"])
def test_commands_go_to_the_server_of_their_call(
    lab: SeveralServers, server: str, commands: list[tuple[Kind, dict[str, str]]]
) -> None:
    old_records = of(lab, OTHER_SERVER[server])
    lab.asked.clear()
    for kind, arguments in commands:
        assert lab.ask(kind, USER[server], **arguments) in ("", None)
        lab.wait(1.5)
    assert asked_of(lab) == {server}
    assert of(lab, OTHER_SERVER[server]) == old_records and talk(lab, OTHER_SERVER[server])


@SERVERS
def test_a_call_ends_on_its_server(lab: SeveralServers, server: str) -> None:
    call = call_on(lab, server)
    lab.ask(Kind.LEAVE_3WAY_CALL, USER[server])
    lab.asked.clear()
    lab.leave(server, CUSTOMER[server])
    assert do.DestroyBridge(call.mixing_bridge_id, server=server) in lab.asked and asked_of(lab) == {server}
    simulated_server = lab.server(server)
    assert not simulated_server.bridges and set(simulated_server.channels) == {lab.session(USER[server]).leg}
    files = [
        recording for recording in lab.closed.values() if isinstance(recording, Recording) and recording.call == call.id
    ]
    assert len(files) == 2 and {recording.server for recording in files} == {server}


def test_a_caller_who_is_not_taken_goes_back_to_the_server_they_came_from() -> None:
    lab = SeveralServers()
    lab.come_in(B, "lost", "ingroup", "NOBODY")
    assert lab.other.given_back and not lab.asterisk.given_back


def test_a_leg_of_an_ended_call_is_hung_up_on_its_server() -> None:
    lab = SeveralServers()
    lab.come_in(B, "late", "made")
    assert lab.asked[-1] == do.HangUpLeg("late", server=B) and "late" not in lab.other.channels


def test_a_recording_that_was_given_up_is_stopped_where_it_runs() -> None:
    lab = SeveralServers()
    lab.feed(ev.RecordingStarted("forgotten", B))
    assert lab.asked[-1] == do.StopRecording("forgotten", server=B)


@SERVERS
def test_a_snapshot_of_one_server_changes_no_leg_of_the_other(lab: SeveralServers, server: str) -> None:
    old_records = of(lab, OTHER_SERVER[server])
    lab.asked.clear()
    tells(lab, server)
    lab.wait(1)
    assert asked_of(lab) == {server}
    assert of(lab, OTHER_SERVER[server]) == old_records
    assert talk(lab, MAIN_SERVER) and talk(lab, B)


@SERVERS
def test_requests_in_progress_on_the_other_server_are_not_repeated(lab: SeveralServers, server: str) -> None:
    """On that server, a mute, a hang-up and a file's measurement are pending, and a ring tone plays."""
    other_server = OTHER_SERVER[server]
    lab.ask(Kind.HANGUP_XFER, USER[other_server])
    assert lab.ask(Kind.DIAL_WITH_CUSTOMER, USER[other_server], number="8501") == ""
    lab.wait(0.5)
    with Slow(lab):
        lab.ask(Kind.MUTE, USER[other_server])
        lab.ask(Kind.HANGUP_XFER, USER[other_server])
        lab.feed(ev.RecordingFinished(call_on(lab, other_server).recording.running or ""))
        old_records = of(lab, other_server)
        lab.asked.clear()
        tells(lab, server)
        assert of(lab, other_server) == old_records and asked_of(lab) <= {server}
    assert lab.told[lab.last_receipt] == ""


@SERVERS
def test_while_a_picture_is_read_the_calls_of_the_other_server_go_on(lab: SeveralServers, server: str) -> None:
    lab.feed(ev.Reconciling(server))
    other_server = OTHER_SERVER[server]
    assert lab.ask(Kind.LEAVE_3WAY_CALL, USER[other_server]) == ""
    assert lab.ask(Kind.LEAVE_3WAY_CALL, USER[server]) is None
    held_receipt = lab.last_receipt
    assert (call_on(lab, other_server).state, call_on(lab, server).state) == (State.HANDED_OFF, State.THREE_WAY)
    assert lab.server(other_server).channels[lab.session(USER[other_server]).leg or ""].silent
    lab.ask(Kind.STATUS, USER[other_server], status="SALE")
    lab.come_in(server, "held", "ingroup", "SALESLINE")
    assert lab.call_of("held").state is State.WAITING
    lab.come_in(other_server, "served", "ingroup", "SALESLINE")
    assert lab.server(other_server).hears("served", lab.session(USER[other_server]).leg or "")
    lab.feed(ev.Reconciled(server))
    assert lab.told[held_receipt] == ""


def test_a_phone_in_the_picture_that_is_read_gets_no_call_until_it_is_known() -> None:
    lab = SeveralServers()
    lab.seat(B, "1001")
    lab.feed(ev.Reconciling(B))
    lab.come_in(MAIN_SERVER, "cust", "ingroup", "SALESLINE")
    assert lab.call_of("cust").state is State.WAITING and lab.session("1001").state is AgentState.READY


@SERVERS
def test_a_crash_of_one_server_ends_only_its_calls(lab: SeveralServers, server: str) -> None:
    call, other_server, agent = call_on(lab, server).id, OTHER_SERVER[server], USER[server]
    old_records, running = of(lab, other_server), dict(lab.server(other_server).recordings)
    lab.asked.clear()
    asterisk_dies(lab, lab.server(server))
    comes_back(lab, lab.server(server))
    lab.wait(1.2)
    closed_call = lab.closed[call]
    assert isinstance(closed_call, Call) and (closed_call.state, closed_call.outcome.ended_by) == (
        State.ENDED,
        "asterisk",
    )
    assert (
        of(lab, other_server) == old_records
        and talk(lab, other_server)
        and lab.server(other_server).recordings == running
    )
    assert asked_of(lab) == {server}
    agent_channel = lab.server(server).channels[lab.session(agent).leg or ""]
    assert agent_channel.up and agent_channel.silent and lab.session(agent).state is AgentState.DISPO
    assert len(lab.server(server).channels) == 1, "the phone is called back from where its line was"


@pytest.mark.parametrize("order", [(MAIN_SERVER, B), (B, MAIN_SERVER)])
def test_the_app_was_away_when_one_died(lab: SeveralServers, order: tuple[str, str]) -> None:
    calls = {server: call_on(lab, server).id for server in USER}
    asterisk_dies(lab, lab.other)
    lab.world = restore(list(lab.world.iterate_open_records()))
    assert lab.world.held_servers == {MAIN_SERVER, B}
    lab.feed(ev.ConfigurationChanged(demo_rules()))
    for server in order:
        tells(lab, server)
        assert server not in lab.world.held_servers
    lab.wait(1.2)
    assert list(lab.world.calls) == [calls[MAIN_SERVER]] and talk(lab, MAIN_SERVER)
    assert calls[B] in lab.closed and lab.session("1001").leg in lab.other.channels


def test_an_agents_phone_that_dies_with_another_server_than_the_call_is_lost_to_it() -> None:
    """The call continues, and calls the phone from its own server."""
    lab = SeveralServers()
    lab.seat(MAIN_SERVER, "1000")
    lab.come_in(MAIN_SERVER, "cust", "ingroup", "SALESLINE")
    leg = lab.world.legs[lab.session().leg or ""]
    lab.world.legs[leg.id] = type(leg)(**vars(leg) | {"server": B})
    lab.other.channels[leg.id] = lab.asterisk.channels.pop(leg.id)
    asterisk_dies(lab, lab.other)
    comes_back(lab, lab.other)
    assert lab.call().state is State.RESCUE and lab.session().phone_loss.server == B
    lab.wait(1.2)
    assert lab.call().state is State.TALKING and lab.asterisk.hears("cust", lab.session().leg or "")


def test_a_phone_that_another_server_calls_back_is_not_called_sooner() -> None:
    lab = SeveralServers()
    lab.seat(B, "1001")
    del lab.other.far_ends["1001"]
    lab.leave(B, "phone-1001", 44)
    lab.wait(0.5)
    lab.asked.clear()
    tells(lab, MAIN_SERVER)
    assert lab.session("1001").leg is None and not lab.asked


@SERVERS
@pytest.mark.parametrize("restarts", [False, True])
def test_a_server_that_is_away_for_too_long_ends_only_its_calls(
    lab: SeveralServers, server: str, *, restarts: bool
) -> None:
    """If it was only cut off, its channels belong to no call when it is there again, and are hung up."""
    call, other_server, agent = call_on(lab, server).id, OTHER_SERVER[server], USER[server]
    old_records = of(lab, other_server)
    lab.asked.clear()
    lab.feed(ev.ServerLost(server))
    closed_call = lab.closed[call]
    assert isinstance(closed_call, Call) and (closed_call.state, closed_call.outcome.ended_by) == (
        State.ENDED,
        "asterisk",
    )
    assert lab.session(agent).state is AgentState.DISPO
    assert of(lab, other_server) == old_records and talk(lab, other_server) and asked_of(lab) <= {server}
    if restarts:
        asterisk_dies(lab, lab.server(server))
        comes_back(lab, lab.server(server))
    else:
        tells(lab, server)
    lab.wait(1.2)
    assert not [name for name in lab.server(server).channels if name not in lab.world.legs]
    assert (
        of(lab, other_server) == old_records
        and talk(lab, other_server)
        and lab.session(agent).state is AgentState.DISPO
    )


def test_a_command_for_a_lost_server_has_its_outcome(lab: SeveralServers) -> None:
    with Slow(lab):
        assert lab.ask(Kind.MUTE, USER[B]) is None
        lab.feed(ev.ServerLost(B))
    assert "server b was away for too long" in (lab.told[lab.last_receipt] or "")
