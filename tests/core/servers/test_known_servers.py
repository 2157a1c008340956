"""Several servers in the settings: their records, what they survive, and the drain of one."""

import pytest

from tools.simulation.asterisk.core_driver import Driver, demo_rules
from tools.simulation.asterisk.several_servers import B, SeveralServers
from tools.simulation.asterisk.simulated_snapshot import difference
from warmline.core.engine.recovery import restore
from warmline.core.messages import actions as do
from warmline.core.messages import events as ev
from warmline.core.messages.commands import Kind
from warmline.core.messages.process_messages import ServerAway, ServersKnown, ServerWeight
from warmline.core.messages.values.server_action import MAIN_SERVER, ServerAction
from warmline.core.model.call import Call
from warmline.core.model.call_states import AgentState, State
from warmline.core.model.receipt import Outcome
from warmline.core.model.recording import SERVER_GONE_CAUSE, UNMEASURED_CAUSE, Recording
from warmline.core.model.server import MediaServer
from warmline.core.replace import replace
from warmline.core.rules import reasons
from warmline.store.journal import open_state
from warmline.store.journal.journal_codec import entry_of

BOTH_SERVERS = ServersKnown((ServerWeight(MAIN_SERVER, 10), ServerWeight(B, 30)))
ANSWERS = "Call-Info: <sip:pbx>;answer-after=0"
ONLY_MAIN = ServersKnown((ServerWeight(MAIN_SERVER, 10),))


@pytest.fixture
def lab() -> SeveralServers:
    lab = SeveralServers(demo_rules(phone_headers=ANSWERS))
    lab.feed(BOTH_SERVERS)
    return lab


def records(lab: Driver) -> dict[str, tuple[int, bool, bool]]:
    return {server.id: (server.weight, server.draining, server.away) for server in lab.world.servers.values()}


def test_a_single_server_has_no_record() -> None:
    lab = Driver()
    turn = lab.feed(ONLY_MAIN)
    assert not lab.world.servers and entry_of(ONLY_MAIN, turn, "base") is None


def test_callers_on_a_server_that_is_away_cost_no_agent_of_the_others_a_call(lab: SeveralServers) -> None:
    """An agent whose phone cannot be rung from there would be PAUSED for a missed call, one after the other."""
    lab.come_in(B, "cust-b", "ingroup", "SALESLINE")
    lab.feed(ServerAway(B))
    lab.asked.clear()
    lab.ask(Kind.LOGIN, "1002")
    assert lab.call().state is State.WAITING and lab.session("1002").state is AgentState.READY
    assert not [action for action in lab.asked if isinstance(action, ServerAction)]
    lab.come_in(MAIN_SERVER, "cust", "ingroup", "SALESLINE")
    lab.wait(1.2)
    assert lab.asterisk.hears("cust", lab.session("1002").leg or "")
    lab.leave(MAIN_SERVER, "cust")
    lab.ask(Kind.STATUS, "1002", status="SALE")
    assert lab.call().state is State.WAITING
    lab.feed_together(difference(lab.other, lab.world))
    lab.wait(1.2)
    assert lab.other.hears("cust-b", lab.session("1002").leg or "")


def test_a_server_that_is_cut_off_for_a_moment_ends_nothing(lab: SeveralServers) -> None:
    lab.seat(B, "1001")
    lab.come_in(B, "cust-b", "ingroup", "SALESLINE")
    lab.feed(ServerAway(B))
    lab.asked.clear()
    assert lab.ask(Kind.PARK_CUSTOMER, "1001") is None, "it waits"
    assert not [action for action in lab.asked if isinstance(action, ServerAction)]
    lab.wait(3)
    lab.feed_together(difference(lab.other, lab.world))
    assert lab.call().state is State.PARKED and lab.other.hears_music("cust-b")
    assert lab.told[lab.last_receipt] == ""


@pytest.mark.parametrize(
    ("kind", "arguments"),
    [
        (Kind.DIAL_WITH_CUSTOMER, {"number": "4930777"}),
        (Kind.PARK_CUSTOMER_DIAL, {"number": "4930777"}),
        (Kind.BLIND_TRANSFER, {"number": "4930777"}),
        (Kind.PARK_IVR_CUSTOMER, {}),
        (Kind.SEND_DTMF, {"length": "1"}),
        (Kind.LISTEN, {"phone": "1002"}),
        (Kind.MUTE, {}),
        (Kind.UNMUTE, {}),
        (Kind.RECORD_START, {}),
        (Kind.RECORD_STOP, {}),
        (Kind.RECORD_MUTE, {}),
        (Kind.RECORD_UNMUTE, {}),
        (Kind.AUDIO_PLAY, {"message": "tt-monkeys"}),
        (Kind.AUDIO_STOP, {}),
        (Kind.AUDIO_PAUSE, {}),
        (Kind.AUDIO_RESUME, {}),
        (Kind.AUDIO_RESTART, {}),
    ],
)
def test_a_command_that_cannot_wait_for_a_server_says_that_it_is_away(
    lab: SeveralServers, kind: Kind, arguments: dict[str, str]
) -> None:
    lab.configure("campaigns", "TESTCAMP", park_ivr="8300@default")
    lab.seat(B, "1001")
    lab.come_in(B, "cust-b", "ingroup", "SALESLINE")
    lab.feed(ServerAway(B))
    lab.asked.clear()
    assert lab.ask(kind, "1001", **arguments) == reasons.SERVER_AWAY.text(server=B)
    assert not [action for action in lab.asked if isinstance(action, ServerAction)]
    assert lab.receipt().outcome is Outcome.REFUSED and lab.call().state is State.TALKING
    lab.feed_together(difference(lab.other, lab.world))
    assert lab.ask(kind, "1001", **arguments) != reasons.SERVER_AWAY.text(server=B)


@pytest.mark.parametrize("first_kind", [None, Kind.PARK_CUSTOMER])
def test_a_hang_up_on_a_server_that_is_away_is_answered_at_once_and_kept(
    lab: SeveralServers, first_kind: Kind | None
) -> None:
    lab.seat(B, "1001")
    lab.come_in(B, "cust-b", "ingroup", "SALESLINE")
    lab.feed(ServerAway(B))
    if first_kind:
        assert lab.ask(first_kind, "1001") is None
    assert lab.ask(Kind.HANGUP, "1001") == reasons.HANG_UP_WAITS.text(server=B)
    assert lab.receipt().outcome is None and lab.call().state is State.TALKING
    lab.wait(3600)
    lab.world = restore(list(lab.world.iterate_open_records()))
    lab.feed(ev.ConfigurationChanged(demo_rules()))
    assert "cust-b" in lab.other.channels
    lab.feed_together(difference(lab.other, lab.world))
    assert "cust-b" not in lab.other.channels and lab.receipt().outcome is Outcome.COMPLETED


def test_a_recording_is_measured_once_its_lost_server_is_back_and_has_closed_the_file(lab: SeveralServers) -> None:
    """A frozen Asterisk writes on when it wakes, so that size and hash would be those of half a file."""
    lab.configure("campaigns", "TESTCAMP", campaign_recording="ALLCALLS")
    lab.seat(B, "1001")
    lab.come_in(B, "cust-b", "ingroup", "SALESLINE")
    [file] = lab.world.recordings.values()
    lab.feed(ServerAway(B))
    lab.feed(ev.ServerLost(B))
    lab.wait(60)
    assert not lab.world.calls and measured(lab) == []
    lab.other.hang_up("cust-b", 16)
    lab.other.out.clear()
    lab.world = restore(list(lab.world.iterate_open_records()))
    lab.feed(ev.ConfigurationChanged(demo_rules()))
    lab.feed_together(difference(lab.other, lab.world))
    assert measured(lab) == []
    lab.wait(2.1)
    assert measured(lab) == [file.id]


def measured(lab: SeveralServers) -> list[str]:
    return [action.name for action in lab.asked if isinstance(action, do.MeasureRecording)]


@pytest.mark.parametrize("was_lost", [False, True])
def test_a_recording_of_a_server_that_left_the_settings_says_so_if_no_file_is_found(
    lab: SeveralServers, *, was_lost: bool
) -> None:
    lab.configure("campaigns", "TESTCAMP", campaign_recording="ALLCALLS")
    lab.seat(B, "1001")
    lab.come_in(B, "cust-b", "ingroup", "SALESLINE")
    [file] = lab.world.recordings.values()
    if was_lost:
        lab.feed(ServerAway(B))
        lab.feed(ev.ServerLost(B))
        assert measured(lab) == []
    lab.other.files.clear()  # they are on the machine of that server
    lab.feed(ONLY_MAIN)
    assert measured(lab) == [file.id]
    row = lab.closed[file.id]
    assert isinstance(row, Recording) and (row.status, row.cause, row.server) == ("failed", UNMEASURED_CAUSE, B)


def test_a_measured_recording_of_a_server_that_left_the_settings_is_kept_as_it_is(lab: SeveralServers) -> None:
    lab.configure("campaigns", "TESTCAMP", campaign_recording="ALLCALLS", recording_format="mp3")
    lab.seat(B, "1001")
    lab.come_in(B, "cust-b", "ingroup", "SALESLINE")
    [file] = lab.world.recordings.values()
    file = replace(file, ended=lab.asterisk.now, path="b:/rec.wav", status="kept", bytes=8, sha256="abc")
    lab.world.keep(file)  # it waits for its other format
    lab.feed_together([ONLY_MAIN, ev.RecordingConverted(file.id, cause="no such file")])
    assert do.ConvertRecording(file.id, "mp3", server=B) in lab.asked
    row = lab.closed[file.id]
    assert isinstance(row, Recording) and (row.status, row.bytes) == ("kept", 8)
    assert row.cause == f"not converted to mp3: {SERVER_GONE_CAUSE}"


def test_a_refused_hang_up_on_another_server_ends_no_leg_with_the_same_id(lab: SeveralServers) -> None:
    lab.come_in(MAIN_SERVER, "1.1", "ingroup", "SALESLINE")
    lab.asked.clear()
    lab.feed(ev.ActionFailed(do.HangUpLeg("1.1", server=B), 404, "Channel not found"))
    lab.wait(40)
    assert not [action for action in lab.asked if isinstance(action, do.HangUpLeg)] and lab.call().customer == "1.1"


def test_the_records_survive_a_restart(lab: SeveralServers) -> None:
    lab.ask(Kind.SERVER_DRAIN, agent="", server=B)
    old_servers = dict(lab.world.servers)
    rows = [open_state.written(record) for record in lab.world.iterate_open_records()]
    world = restore([record for row in rows if (record := open_state.read(*row))])
    assert dict(world.servers) == old_servers and world.held_servers == {MAIN_SERVER, B} and world.has_several_servers


@pytest.mark.parametrize("other_servers", [ServersKnown((*BOTH_SERVERS.servers[:1], ServerWeight("c", 1))), ONLY_MAIN])
def test_the_calls_of_a_server_that_left_the_settings_have_ended(
    lab: SeveralServers, other_servers: ServersKnown
) -> None:
    lab.seat(B, "1001")
    lab.come_in(B, "cust-b", "ingroup", "SALESLINE")
    lab.come_in(MAIN_SERVER, "cust", "ingroup", "SALESLINE")
    call, stays = lab.call_of("cust-b").id, lab.call_of("cust")
    lab.world = restore(list(lab.world.iterate_open_records()))
    lab.feed(other_servers)
    closed_call = lab.closed[call]
    assert isinstance(closed_call, Call) and (closed_call.state, closed_call.outcome.ended_by) == (
        State.ENDED,
        "asterisk",
    )
    assert lab.session("1001").state is AgentState.DISPO and lab.session("1001").phone_loss.server == MAIN_SERVER
    assert [run.server for run in lab.world.asterisk_runs.values()] == [MAIN_SERVER] and B not in lab.world.held_servers
    assert list(lab.world.calls.values()) == [stays]
    assert B not in lab.world.servers and isinstance(lab.closed[B], MediaServer)
