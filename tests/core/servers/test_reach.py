"""The way of an agent to a call on another server: the phone rings there, or its page offers it there."""

import pytest

from ari_app.http.workspace.phone.phone_owner import PhoneOwner, server_of
from tools.simulation.asterisk.asterisk_death import asterisk_dies, comes_back
from tools.simulation.asterisk.core_driver import demo_rules
from tools.simulation.asterisk.several_servers import B, SeveralServers
from tools.simulation.asterisk.simulated_snapshot import difference
from warmline.core.agents.moved_supervisors import list_awaited_supervisors
from warmline.core.engine.recovery import restore
from warmline.core.messages import actions as do
from warmline.core.messages import events as ev
from warmline.core.messages.commands import Kind
from warmline.core.messages.process_messages import ServerAway, ServersKnown, ServerWeight
from warmline.core.messages.values.server_action import MAIN_SERVER
from warmline.core.model.call_states import AgentState, State
from warmline.core.model.leg import Role
from warmline.core.model.receipt import Outcome
from warmline.core.rules import reasons
from warmline.core.servers.reach import AgentReach, get_reach
from warmline.store.journal import open_state

BOTH_SERVERS = ServersKnown((ServerWeight(MAIN_SERVER, 10), ServerWeight(B, 10)))
ANSWERS = "Call-Info: <sip:pbx>;answer-after=0"
OTHER_SERVER = {MAIN_SERVER: B, B: MAIN_SERVER}
SERVERS = pytest.mark.parametrize("server", [MAIN_SERVER, B])


def with_both(**campaign: str) -> SeveralServers:
    lab = SeveralServers(demo_rules(**campaign))
    lab.feed(BOTH_SERVERS)
    return lab


def offers(lab: SeveralServers, server: str, leg: str, user: str = "1000") -> None:
    """Let a page of the agent offer its phone on that server; its token is valid."""
    lab.come_in(server, leg, "browser", user, "page-1")


def in_browser(server: str) -> SeveralServers:
    """Return an agent who is READY with a browser phone on that server."""
    lab = with_both()
    lab.configure("agents", "1000", phone="")
    assert lab.ask(Kind.LOGIN, phone="browser") == ""
    offers(lab, server, "offer-1")
    lab.wait(1.5)
    assert lab.session().state is AgentState.READY
    return lab


def takes_next(lab: SeveralServers, user: str = "1000") -> None:
    """Let the agent end the wrap-up."""
    assert lab.ask(Kind.STATUS, user, status="SALE") == ""


@SERVERS
def test_an_on_hook_agent_is_rung_where_the_call_is(server: str) -> None:
    lab = with_both()
    assert lab.ask(Kind.LOGIN, "1002") == ""
    assert get_reach(lab.world, lab.session("1002"), server) is AgentReach.RING
    lab.come_in(server, "cust", "ingroup", "SALESLINE")
    lab.wait(1.2)
    assert get_reach(lab.world, lab.session("1002"), server) is AgentReach.ON_SERVER
    assert lab.server(server).hears("cust", lab.session("1002").leg or "")
    assert not lab.server(OTHER_SERVER[server]).channels


def test_ring_all_rings_no_agent_whose_line_is_on_a_server_that_is_away() -> None:
    lab = with_both(phone_headers=ANSWERS)
    lab.configure("ingroups", "SALESLINE", next_agent_call="ring_all")
    lab.seat(MAIN_SERVER, "1000")
    lab.feed(ServerAway(MAIN_SERVER))
    lab.ask(Kind.LOGIN, "1002")
    lab.come_in(B, "cust", "ingroup", "SALESLINE")
    assert (lab.call().agent, lab.call().queueing.rung) == ("1002", ()) and lab.session().state is AgentState.READY
    lab.wait(1.2)
    assert lab.other.hears("cust", lab.session("1002").leg or "")


@SERVERS
def test_a_nailed_up_phone_that_answers_by_itself_takes_calls_of_each_server(server: str) -> None:
    lab = with_both(phone_headers=ANSWERS)
    lab.seat(server, "1000")
    for number, server_name in enumerate((server, OTHER_SERVER[server], OTHER_SERVER[server], server)):
        customer = lab.come_in(server_name, f"cust-{number}", "ingroup", "SALESLINE")
        lab.wait(1.2)
        leg = lab.session().leg or ""
        assert lab.call().state is State.TALKING and lab.server(server_name).hears(customer, leg)
        assert not lab.server(OTHER_SERVER[server_name]).channels, "the line on the other server is hung up"
        lab.leave(server_name, customer)
        takes_next(lab)
    rung = [action for action in lab.asked if isinstance(action, do.CreateChannel)]
    assert [(action.server, action.headers) for action in rung] == [
        (OTHER_SERVER[server], (ANSWERS,)),
        (server, (ANSWERS,)),
    ]


@SERVERS
def test_a_nailed_up_phone_without_auto_answer_cannot_log_in(server: str) -> None:
    lab = with_both()
    refusal = reasons.NAILED_UP_SERVERS.text(agent="1000", campaign="TESTCAMP")
    assert "warmline agent set 1000 phone_mode=on_hook" in refusal and "phone_headers of campaign TESTCAMP" in refusal
    assert lab.ask(Kind.LOGIN) == refusal and lab.receipt().outcome is Outcome.REFUSED
    turn = lab.feed(ev.LegArrived("phone", ("login", "1000"), server=server))
    assert turn.notes == [f"{refusal}; the login is refused"] and "1000" not in lab.world.sessions


def nailed_up_before() -> SeveralServers:
    """Return an agent who was on the line of `main` before there was another server."""
    lab = SeveralServers()
    lab.seat(MAIN_SERVER, "1000")
    return lab


@pytest.mark.parametrize("browser", [False, True])
def test_a_login_on_another_server_takes_no_part_in_the_rescue_of_a_call(*, browser: bool) -> None:
    """The line would be on a server without the call's bridge."""
    if browser:
        lab = in_browser(MAIN_SERVER)
        lab.configure("campaigns", "TESTCAMP", phone_headers=ANSWERS)
        lab.configure("agents", "1000", phone="1000")
    else:
        lab = with_both(phone_headers=ANSWERS)
        lab.seat(MAIN_SERVER, "1000")
    lab.come_in(MAIN_SERVER, "cust", "ingroup", "SALESLINE")
    assert lab.call().state is State.TALKING
    answers, lab.asterisk.far_ends["1000"] = lab.asterisk.far_ends["1000"], [(0.1, 20)]
    lab.leave(MAIN_SERVER, lab.session().leg or "", 44)
    lab.wait(0.5)
    assert lab.call().state is State.RESCUE and lab.session().leg is None
    lab.come_in(B, "again", "login", "1000")
    assert "again" not in lab.other.channels
    lab.asterisk.far_ends["1000"] = answers
    if browser:
        offers(lab, MAIN_SERVER, "offer-2")
    lab.wait(4)
    assert lab.call().state is State.TALKING and lab.asterisk.hears("cust", lab.session().leg or "")


def test_an_earlier_nailed_up_agent_is_rung_and_not_offered_the_same_caller_for_ever() -> None:
    lab = nailed_up_before()
    lab.feed(BOTH_SERVERS)
    lab.other.far_ends["1000"] = [(0.1, "ringing")]  # and it is not picked up
    lab.come_in(B, "cust-b", "ingroup", "SALESLINE")
    assert lab.call().state is State.RINGING_AGENT and lab.call().agent == "1000"
    lab.asked.clear()
    lab.wait(100)
    rung = [action for action in lab.asked if isinstance(action, do.CreateChannel)]
    assert lab.call().state is State.WAITING and len(rung) <= 15, "the phone is called back, and then left alone"
    assert (lab.session().state, lab.session().pause_code) == (AgentState.PAUSED, "LOST")
    lab.ask(Kind.LOGIN, "1002")
    lab.wait(1.2)
    assert lab.other.hears("cust-b", lab.session("1002").leg or "")


@SERVERS
def test_a_browser_phone_is_offered_where_the_call_is(server: str) -> None:
    lab, server_name = in_browser(OTHER_SERVER[server]), server
    assert get_reach(lab.world, lab.session(), server) is AgentReach.OFFER
    lab.come_in(server, "cust", "ingroup", "SALESLINE")
    assert lab.call().state is State.RINGING_AGENT and lab.session().is_browser_phone_needed
    assert "offer-1" not in lab.server(OTHER_SERVER[server]).channels
    offers(lab, OTHER_SERVER[server], "wrong")
    assert "wrong" not in lab.server(OTHER_SERVER[server]).channels and lab.session().is_browser_phone_needed
    lab.wait(0.3)
    offers(lab, server, "offer-2")
    assert lab.call().state is State.TALKING and lab.server(server_name).hears("cust", "offer-2")
    assert lab.session().leg == "offer-2" and not lab.session().is_browser_phone_needed
    assert not [action for action in lab.asked if isinstance(action, do.CreateChannel)]
    lab.wait(60)
    assert lab.call().state is State.TALKING, "the time for the offer is over"


def test_a_browser_phone_that_is_not_offered_in_time_gives_the_call_to_the_next_agent() -> None:
    lab = in_browser(MAIN_SERVER)
    lab.come_in(B, "cust-b", "ingroup", "SALESLINE")
    lab.ask(Kind.LOGIN, "1002")
    lab.wait(14.9)
    assert lab.call().agent == "1000"
    lab.wait(2.5)
    assert lab.call().agent == "1002" and lab.other.hears("cust-b", lab.session("1002").leg or "")
    offers(lab, B, "late")
    assert (lab.session().state, lab.session().leg) == (AgentState.READY, "late")


@pytest.mark.parametrize("dies", [False, True])
def test_the_time_for_an_offer_ends_though_the_server_of_the_former_line_is_lost(*, dies: bool) -> None:
    """The caller is on another server, and would wait for that agent for ever."""
    lab = in_browser(MAIN_SERVER)
    lab.come_in(B, "cust-b", "ingroup", "SALESLINE")
    lab.wait(5)
    lab.feed(ServerAway(MAIN_SERVER))
    if dies:
        asterisk_dies(lab, lab.asterisk)
        comes_back(lab, lab.asterisk)
    else:
        lab.feed(ev.ServerLost(MAIN_SERVER))
    assert lab.call().state is State.RINGING_AGENT and lab.session().is_browser_phone_needed
    lab.wait(10.2)
    assert lab.call().state is State.WAITING and lab.session().is_browser_phone_needed
    lab.ask(Kind.LOGIN, "1002")
    lab.wait(1.2)
    assert lab.other.hears("cust-b", lab.session("1002").leg or "")


def test_an_agent_at_a_number_outside_is_rescued_once_the_state_of_the_server_is_known() -> None:
    """The line ended while the server was away, and the number is not dialled before its state is known."""
    lab, mobile = with_both(campaign_cid="4930555"), "+4917155501"
    lab.configure("agents", "1002", outside_number=mobile, accept_key="")
    lab.other.far_ends[mobile] = [(0.1, "ringing"), (1.0, "up")]
    assert lab.ask(Kind.LOGIN, "1002") == ""
    lab.come_in(B, "cust-b", "ingroup", "SALESLINE")
    lab.wait(1.5)
    assert lab.call().state is State.TALKING
    lab.feed(ServerAway(B))
    del lab.other.channels[lab.session("1002").leg or ""]
    lab.feed_together(difference(lab.other, lab.world))
    assert lab.call().state is State.RESCUE
    lab.wait(3)
    assert lab.call().state is State.TALKING and lab.other.hears("cust-b", lab.session("1002").leg or "")


def test_an_agent_who_is_offered_to_a_lost_server_is_offered_elsewhere_at_once() -> None:
    lab = in_browser(MAIN_SERVER)
    lab.come_in(B, "cust-b", "ingroup", "SALESLINE")
    lab.wait(1)
    lab.feed(ServerAway(B))
    lab.feed(ev.ServerLost(B))
    assert lab.session().is_browser_phone_needed and server_of(lab.world, PhoneOwner("1000")) == MAIN_SERVER
    offers(lab, MAIN_SERVER, "offer-2")
    lab.wait(1)
    assert (lab.session().state, lab.session().leg) == (AgentState.READY, "offer-2")


def test_the_time_for_an_offer_ends_after_a_restart_too() -> None:
    lab = in_browser(MAIN_SERVER)
    lab.come_in(B, "cust-b", "ingroup", "SALESLINE")
    lab.wait(5)
    lab.world = restore(list(lab.world.iterate_open_records()))
    lab.feed(ev.ConfigurationChanged(demo_rules()))
    for server in (lab.asterisk, lab.other):
        lab.feed_together(difference(server, lab.world))
    assert lab.call().state is State.RINGING_AGENT
    lab.wait(10.2)
    assert lab.call().state is State.WAITING


def test_a_browser_phone_as_the_closer_is_offered_where_the_call_is() -> None:
    lab = in_browser(MAIN_SERVER)
    lab.ask(Kind.PAUSE)
    lab.ask(Kind.LOGIN, "1002")
    lab.come_in(B, "cust-b", "ingroup", "SALESLINE")
    lab.wait(1.2)
    assert lab.ask(Kind.RESUME) == ""
    assert lab.ask(Kind.DIAL_WITH_CUSTOMER, "1002", ingroup="SUPPORTLINE") == ""
    assert lab.call().consultation.closer == "1000" and lab.session().is_browser_phone_needed
    offers(lab, B, "offer-2")
    assert lab.call().state is State.THREE_WAY and lab.call().third == "offer-2"
    assert lab.other.hears("cust-b", "offer-2") and lab.other.hears("offer-2", lab.session("1002").leg or "")


@pytest.mark.parametrize("user", ["1000", "1002"])
def test_an_agent_dials_nothing_while_each_server_is_away(user: str) -> None:
    """The agent's own phone could not be called either, and the agent would wait for that server for ever."""
    lab = with_both(phone_headers=ANSWERS)
    lab.ask(Kind.LOGIN, "1002")
    lab.seat(MAIN_SERVER, "1000")
    lab.ask(Kind.PAUSE, user)
    for server in (MAIN_SERVER, B):
        lab.feed(ServerAway(server))
    assert lab.ask(Kind.DIAL, user, number="8500") == reasons.SERVER_AWAY.text(server=MAIN_SERVER)
    assert not lab.world.calls and lab.session(user).state is AgentState.PAUSED


@pytest.mark.parametrize("case", ["drains", "away"])
def test_an_agent_dials_from_a_server_that_takes_calls(case: str) -> None:
    lab = with_both(phone_headers=ANSWERS)
    lab.seat(MAIN_SERVER, "1000")
    lab.ask(Kind.PAUSE)
    if case == "drains":
        assert lab.ask(Kind.SERVER_DRAIN, agent="", server=MAIN_SERVER) == ""
    else:
        lab.feed(ServerAway(MAIN_SERVER))
    assert lab.ask(Kind.DIAL, number="8500") is None
    lab.wait(1.5)
    assert (lab.call().server, lab.call().state) == (B, State.TALKING)
    assert lab.other.hears(lab.call().customer or "", lab.session().leg or "")


def test_a_lost_phone_is_called_from_another_server_while_its_own_is_away() -> None:
    lab = with_both(phone_headers=ANSWERS)
    lab.seat(MAIN_SERVER, "1000")
    lab.feed(ServerAway(MAIN_SERVER))
    lab.feed(ev.ServerLost(MAIN_SERVER))
    lab.wait(3.5)
    leg = lab.session().leg or ""
    assert lab.other.channels[leg].up and lab.session().state is AgentState.READY
    lab.come_in(B, "cust-b", "ingroup", "SALESLINE")
    assert lab.other.hears("cust-b", leg)


@SERVERS
def test_on_hook_agents_take_calls_as_soon_as_one_server_is_known_after_a_start(server: str) -> None:
    lab = with_both()
    lab.ask(Kind.LOGIN, "1002")
    lab.world = restore(list(lab.world.iterate_open_records()))
    lab.feed(ev.ConfigurationChanged(demo_rules()))
    lab.feed_together(difference(lab.server(server), lab.world))
    lab.come_in(server, "cust", "ingroup", "SALESLINE")
    lab.wait(1.2)
    assert lab.server(server).hears("cust", lab.session("1002").leg or "")


@SERVERS
def test_an_offer_goes_to_the_server_of_the_call_and_a_supervisors_to_that_of_the_line(server: str) -> None:
    lab = in_browser(OTHER_SERVER[server])
    assert server_of(lab.world, PhoneOwner("1000", "user:ben")) == OTHER_SERVER[server]
    lab.come_in(server, "cust", "ingroup", "SALESLINE")
    assert server_of(lab.world, PhoneOwner("1000")) == server
    offers(lab, server_of(lab.world, PhoneOwner("1000")), "offer-2")
    assert lab.server(server).hears("cust", "offer-2")
    assert server_of(lab.world, PhoneOwner("1000", "user:ben")) == server
    assert server_of(lab.world, PhoneOwner("1001")) == MAIN_SERVER


SUPERVISOR_PHONE = "1002"  # a supervisor's phone, which answers by itself


def legs_of(lab: SeveralServers, server: str, role: Role) -> list[str]:
    matching_legs = [leg for leg in lab.world.legs.values() if (leg.role, leg.server) == (role, server)]
    return [leg.id for leg in matching_legs if not leg.hangup_requested]


@SERVERS
def test_a_supervisor_of_an_idle_agent_follows_the_line_to_the_server_of_the_next_call(server: str) -> None:
    lab, server_name = with_both(phone_headers=ANSWERS), OTHER_SERVER[server]
    lab.seat(server, "1000")
    assert lab.ask(Kind.WHISPER, number=SUPERVISOR_PHONE) == ""
    lab.wait(2)
    assert legs_of(lab, server, Role.SUPERVISOR)
    lab.come_in(server_name, "cust", "ingroup", "SALESLINE")
    lab.wait(4)
    [supervisor], line = legs_of(lab, server_name, Role.SUPERVISOR), lab.session().leg or ""
    hears = lab.server(server_name).hears
    assert hears(supervisor, "cust") and hears(supervisor, line) and hears(line, supervisor)
    assert not hears("cust", supervisor) and hears("cust", line)
    assert not lab.server(server).channels and not lab.server(server).bridges
    assert not lab.session().moved_supervisors and not lab.world.receipts


@pytest.mark.parametrize("restarts", [False, True])
def test_the_page_of_a_supervisor_is_asked_for_its_phone_on_the_new_server(*, restarts: bool) -> None:
    lab = with_both(phone_headers=ANSWERS)
    lab.seat(MAIN_SERVER, "1000")
    assert lab.ask(Kind.LISTEN, phone="browser", page="page-b") == ""
    lab.come_in(MAIN_SERVER, "ear-1", "browser", "1000", "page-b", "6666")
    lab.wait(1)
    lab.come_in(B, "cust", "ingroup", "SALESLINE")
    assert "ear-1" not in lab.asterisk.channels and not list(list_awaited_supervisors(lab.world, "1000")), (
        "the new line is not there yet"
    )
    if restarts:
        lab.world = restore(
            [open_state.read(*open_state.written(record)) or record for record in lab.world.iterate_open_records()]
        )
        lab.feed(ev.ConfigurationChanged(demo_rules(phone_headers=ANSWERS)))
        for record in (lab.asterisk, lab.other):
            lab.feed_together(difference(record, lab.world))
    lab.wait(2)
    assert list(list_awaited_supervisors(lab.world, "1000")) == [("browser", "LISTEN", "6666", "page-b")]
    assert server_of(lab.world, PhoneOwner("1000", "6666")) == B
    lab.come_in(B, "ear-2", "browser", "1000", "page-b", "6666")
    lab.wait(1)
    assert lab.other.hears("ear-2", "cust") and not list(list_awaited_supervisors(lab.world, "1000"))
