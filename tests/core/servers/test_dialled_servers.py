"""The servers of automatic calls: each begins where the load is least, and goes on while another server is away."""

from collections.abc import Callable

import pytest

from tests.core.dialler.lead_stage import LATE, RINGS_ON, begun, called, lead, propose
from tools.simulation.asterisk.several_servers import B, SeveralServers
from tools.simulation.asterisk.simulated_snapshot import difference
from warmline.core.dialler import dialler_view
from warmline.core.engine.recovery import restore
from warmline.core.messages import events as ev
from warmline.core.messages.commands import Kind
from warmline.core.messages.process_messages import ServerAway, ServersKnown, ServerWeight
from warmline.core.messages.values.server_action import MAIN_SERVER
from warmline.core.model.call_states import AgentState, State
from warmline.core.rules import reasons

BOTH_SERVERS = ServersKnown((ServerWeight(MAIN_SERVER, 10), ServerWeight(B, 10)))
CAMP = "TESTCAMP"


@pytest.fixture
def lab() -> SeveralServers:
    """Return a campaign whose dialler runs on two servers; its agent is on `main`."""
    lab = begun(SeveralServers, "1000", phone_headers="Call-Info: <sip:pbx>;answer-after=0")
    lab.feed(BOTH_SERVERS)
    return lab


def why_none(lab: SeveralServers) -> str:
    """Return why the dialler begins no call, as its view and its refusal of a lead say it."""
    [view] = dialler_view.list_views(lab.world, [CAMP], lab.asterisk.now)
    note = propose(lab, lead(lab, RINGS_ON, 99)).notes[-1]
    assert note == f"lead 99 is not dialled: {view.reason}"
    return view.reason


def test_automatic_calls_are_spread(lab: SeveralServers) -> None:
    lab.seat(MAIN_SERVER, "1001")
    assert [called(lab, number, serial).server for serial, number in enumerate((RINGS_ON, LATE), 1)] == [B, MAIN_SERVER]


def test_a_lead_is_connected_with_an_agent_of_another_server(lab: SeveralServers) -> None:
    call = called(lab)
    assert call.server == B and lab.session().leg in lab.asterisk.channels
    lab.wait(3.5)
    call = lab.world.calls[call.id]
    assert call.state is State.TALKING and lab.other.hears(call.customer or "", lab.session().leg or "")


def test_the_drop_of_a_lead_frees_the_agent_although_its_server_is_away(lab: SeveralServers) -> None:
    call = called(lab)
    while lab.world.calls[call.id].state is not State.RINGING_AGENT:
        lab.wait(0.1)
    lab.feed(ServerAway(B))
    lab.wait(3)
    call = lab.world.calls[call.id]
    assert (call.state, call.outcome.status, call.agent) == (State.MESSAGE, "DROP", None)
    assert lab.session().call is None and lab.session().state is AgentState.READY


def drains(lab: SeveralServers, server: str) -> None:
    assert lab.ask(Kind.SERVER_DRAIN, agent="", server=server) == ""


def is_away(lab: SeveralServers, server: str) -> None:
    lab.feed(ServerAway(server))


def is_compared(lab: SeveralServers, server: str) -> None:
    lab.feed(ev.Reconciling(server))


@pytest.mark.parametrize("happens", [drains, is_away, is_compared])
def test_the_dialler_goes_on_with_the_server_that_takes_calls(
    lab: SeveralServers, happens: Callable[[SeveralServers, str], None]
) -> None:
    happens(lab, B)
    assert called(lab, RINGS_ON).server == MAIN_SERVER
    happens(lab, MAIN_SERVER)
    assert why_none(lab) == reasons.NO_SERVER.text()


def test_the_dialler_goes_on_after_a_start_while_main_stays_away(lab: SeveralServers) -> None:
    rules = lab.world.rules
    lab.feed(ServerAway(MAIN_SERVER))
    lab.world = restore(list(lab.world.iterate_open_records()))
    lab.feed(ev.ConfigurationChanged(rules))
    assert why_none(lab) == reasons.NO_SERVER.text()
    lab.feed_together(difference(lab.other, lab.world))
    assert why_none(lab) == reasons.DIALLER_WAITS.text()
    lab.wait(10.1)
    lab.ask(Kind.LOGOUT)
    lab.ask(Kind.LOGIN, "1001")
    lab.wait(3)
    assert called(lab, RINGS_ON).server == B


def test_a_server_that_comes_back_stops_no_dialler_of_the_others(lab: SeveralServers) -> None:
    lab.feed(ServerAway(B))
    lab.feed_together(difference(lab.other, lab.world))
    assert called(lab, RINGS_ON).server == B
    lab.feed(ServerAway(MAIN_SERVER))
    lab.feed(ServerAway(B))
    lab.feed_together(difference(lab.other, lab.world))
    assert why_none(lab) == reasons.DIALLER_WAITS.text()
