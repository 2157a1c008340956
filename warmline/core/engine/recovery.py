"""Recovery after a restart or a lost connection: after all differences are known, request what is missing."""

from collections.abc import Sequence

from warmline.core.agents import (
    agent_speech,
    agent_states,
    agent_time_limits,
    browser_phone_away,
    inbound_mute,
    login,
    phone,
    phone_call_back,
    remote_login,
    supervisor_page,
)
from warmline.core.calls import (
    leave,
    leg_answer_and_loss,
    outside_phone,
    phone_replacement,
    queue_entry_and_exit,
    rescue,
)
from warmline.core.calls.lead import call_lead
from warmline.core.calls.leg_placement import find_call_of_bridge
from warmline.core.commands import adoption, next_lead, queued_commands
from warmline.core.engine import automatic_calls, unrecorded_moves
from warmline.core.indexes.timers import TimerKind
from warmline.core.media import (
    audio_playback,
    bridge_audio,
    hold_music,
    recorded_file,
    recording_control,
    recording_mute,
    recording_notice,
)
from warmline.core.messages.audio_messages import StopBridgeAudio, StopBridgeMusic, StopPlay
from warmline.core.messages.bridge_messages import DestroyBridge
from warmline.core.messages.leg_messages import AnswerLeg, HangUpLeg
from warmline.core.messages.process_messages import ReconcileCalls
from warmline.core.messages.values.server_action import MAIN_SERVER
from warmline.core.model.bridge_names import is_mixing_bridge
from warmline.core.model.call import Call
from warmline.core.model.call_states import State
from warmline.core.model.leg import HoldMusic, Leg, Phase, Role
from warmline.core.model.recording import Recording
from warmline.core.model.server import AsteriskInstance, MediaServer
from warmline.core.model.session import Session
from warmline.core.queue import queue_prompts
from warmline.core.queue.queue_tickets import wait
from warmline.core.replace import replace
from warmline.core.servers.reach import choose_phone_server
from warmline.core.world import turn_scope
from warmline.core.world.action_server import OnServer
from warmline.core.world.turn import Turn
from warmline.core.world.world import OpenRecord, World


def restore(records: list[OpenRecord]) -> World:
    """Return the world as it was last recorded. Calls of a server wait until its snapshot is known.

    Queues and timers follow from the records.
    """
    used_servers = [record.server for record in records if isinstance(record, AsteriskInstance | Call | Leg)]
    listed_servers = [record.id for record in records if isinstance(record, MediaServer)]
    world = World(held_servers=[MAIN_SERVER, *used_servers, *listed_servers])
    for record in records:
        world.keep(record)
    return world


def begin_reconciliation(turn: Turn, server: str) -> None:
    """Forget requests to a server without proof.

    They may have been done, so nothing is repeated before `reconciled`.
    """
    turn.world.held_servers |= {server}
    for leg in turn.iterate(turn.world.legs):
        if leg.server == server:
            _forget_leg_requests(turn, leg, is_dial_requested=leg.dialling.asked and leg.phase >= Phase.DIALED)
    for recording in turn.iterate(turn.world.recordings):
        if recording.server == server:
            _forget_mute_requests(turn, recording)
    for call in turn.iterate(turn.world.calls):
        if call.server == server:
            agent_speech.forget_silence(turn, call)


def _forget_leg_requests(turn: Turn, leg: Leg, *, is_dial_requested: bool) -> None:
    muted = None if leg.mute.muting is not None else leg.mute.muted
    music = HoldMusic.UNKNOWN if leg.music else HoldMusic.NONE
    leg = replace(
        leg.with_dialling(asked=is_dial_requested),
        target_bridge=None,
        tries=0,
        wait_until=0,
        hangup_requested=False,
        rejoining=False,
    )
    turn.put(replace(leg.with_mute(muted=muted, muting=None), music=music))


def _forget_mute_requests(turn: Turn, recording: Recording) -> None:
    if recording.mute_asks:
        turn.put(replace(recording, mute_asks=0))


def finish_reconciliation(turn: Turn, server: str) -> None:
    """Check a server's calls and agents after all differences are known, and request what is missing."""
    turn.world.release_server(server)
    for leg in turn.iterate(turn.world.legs):
        if leg.server == server:
            _resume_leg(turn, leg)
    for recording in turn.iterate(turn.world.recordings):
        if recording.server == server:
            _resume_recording(turn, recording)
    for call in turn.iterate(turn.world.calls):
        if call.server == server:
            _resume_call(turn, call)
    for session in turn.iterate(turn.world.sessions):
        if turn.world.server_of(session) == server or _can_be_brought(turn.world, session, server):
            _resume_session(turn, session)
    for receipt in turn.iterate(turn.world.receipts):
        supervisor_page.check_offer_timeout(turn, receipt)


def _can_be_brought(world: World, session: Session, server: str) -> bool:
    """Return whether one of several servers can bring an agent without a line to a call, or has to do so now."""
    if session.leg is not None or not world.servers:
        return False
    return session.on_hook or choose_phone_server(world, session) == server


def reconcile_calls(turn: Turn, calls: Sequence[str], legs: Sequence[str], server: str) -> None:
    """Reconcile only these calls and legs. The calls wait until `finish_call_reconciliation`; all others continue.

    `server` is the server of a leg that is not on record yet.
    """
    for call_id in calls:
        turn.world.hold_call(call_id)
        turn.world.matcher.forget_call(call_id)
    for leg in filter(None, map(turn.world.legs.get, turn_scope.list_legs(turn.world, calls, legs))):
        _forget_leg_requests(turn, leg, is_dial_requested=leg.dialling.asked)  # a second dial would end the first one
    for recording in list(turn.world.recordings.values()):
        if recording.call in calls:
            _forget_mute_requests(turn, recording)
    for call in filter(None, map(turn.world.calls.get, calls)):
        agent_speech.forget_silence(turn, call)
    call_servers = {record_id: _get_server(turn.find_record(Call, record_id), server) for record_id in calls}
    leg_servers = {record_id: _get_server(turn.find_record(Leg, record_id), server) for record_id in legs}
    for record_id, call_server in call_servers.items():
        call_legs = filter(None, map(turn.world.legs.get, turn_scope.list_legs(turn.world, [record_id], ())))
        leg_servers |= {leg.id: leg.server for leg in call_legs if leg.server != call_server}
    for server_name in dict.fromkeys((*call_servers.values(), *leg_servers.values())):
        calls_on_server = _list_on_server(server_name, call_servers)
        legs_on_server = _list_on_server(server_name, leg_servers)
        order_key = (*calls_on_server, *legs_on_server)[0]
        turn.do(order_key, ReconcileCalls(calls_on_server, legs_on_server, server=server_name))


def _list_on_server(server: str, servers: dict[str, str]) -> tuple[str, ...]:
    return tuple(record_id for record_id, record_server in servers.items() if record_server == server)


def _get_server(record: OnServer | None, default: str) -> str:
    return record.server if record else default


def finish_call_reconciliation(turn: Turn, calls: Sequence[str], legs: Sequence[str]) -> None:
    """Request what is missing for these calls and legs after their differences are known.

    A server whose complete snapshot is about to be read is left out.
    """
    turn.world.release_calls(calls)
    held_servers = turn.world.held_servers
    known_legs = map(turn.world.legs.get, turn_scope.list_legs(turn.world, calls, legs))
    reached_legs = [leg for leg in known_legs if leg and leg.server not in held_servers]
    for leg in reached_legs:
        _resume_leg(turn, leg)
    for recording in list(turn.world.recordings.values()):
        if recording.call in calls and recording.server not in held_servers:
            _resume_recording(turn, recording)
    users = [leg.owner for leg in reached_legs]
    for call in filter(None, map(turn.world.calls.get, calls)):
        if call.server in held_servers:
            continue
        users += [call.agent or "", call.consultation.closer or "", *call.queueing.rung]
        turn.subject = call.id
        _resume_call(turn, call)
    for session in filter(None, map(turn.world.sessions.get, dict.fromkeys(users))):
        turn.subject = session.agent
        _resume_session(turn, session)
    turn.subject = ""


def _resume_session(turn: Turn, session: Session) -> None:
    agent_states.update_availability(turn, session)
    inbound_mute.apply_mute(turn, session)
    agent_time_limits.set_timers(turn, session)
    next_lead.set_timer(turn, session)
    phone_call_back.call_if_lost(turn, session)
    browser_phone_away.set_timer(turn, session)
    rescue.give_up_rescue(turn, turn.world.sessions[session.agent])
    rescue.give_up_uncalled_phone(turn, turn.world.sessions[session.agent])
    remote_login.wait_for_page(turn, turn.world.sessions[session.agent])


# Legs that are not kept after a restart. A supervisor can start supervision again.
TRANSIENT_ROLES = (Role.WHISPER, Role.REFUSED, Role.SUPERVISOR, Role.SNOOP, Role.KEYS)


def _resume_leg(turn: Turn, leg: Leg) -> None:
    if leg.is_dialled:  # a mute or unmute may not have been done
        leg = turn.put(replace(leg, outbound_muted=leg.phase is Phase.UP or leg.bridge is not None))
    if leg.music and find_call_of_bridge(turn, leg.bridge or "") is None:
        leg = hold_music.end_music(turn, leg.owner, leg)
    if leg.role is Role.RETURNING and not leg.hangup_requested:
        phone_replacement.continue_replacement(turn, leg)
    elif _is_over(turn, leg):
        if not leg.hangup_requested:
            turn.put(replace(leg, hangup_requested=True))
            turn.do(leg.owner, leg.fallback or HangUpLeg(leg.id, leg.dialling.answered_elsewhere))
    elif leg.accept:
        outside_phone.resume_prompt(turn, leg)
    elif leg.role is Role.AGENT and leg.bridge is None and leg.target_bridge is None:
        leg = turn.put(replace(leg, silence_playing=False))
        if leg.prompt:  # Asterisk would answer after the end of the prompt, so the stop is first
            turn.do(leg.owner, StopPlay(leg.id, login.to_playback_id(leg.id)))
        if leg.phase is Phase.ARRIVED and not leg.originated:  # a login
            turn.do(leg.owner, AnswerLeg(leg.id))
        if leg.prompt:
            login.handle_prompt_end(turn, leg)
        elif leg.is_awaiting_dial and not leg.hangup_requested:
            phone.dial_phone(turn, leg)
        else:
            agent_states.make_idle(turn, leg)
    elif (
        leg.role is Role.AGENT
        and leg.bridge
        and is_mixing_bridge(leg.bridge)
        and find_call_of_bridge(turn, leg.bridge) is None
    ):
        turn.put(replace(leg, target_bridge=""))  # the end of its call was recorded, and that of the room not requested
        turn.do(leg.owner, DestroyBridge(leg.bridge, server=leg.server))
    elif (leg.role is Role.AGENT and leg.bridge is not None) or _has_heard_silence(turn, leg):
        turn.put(replace(leg, silence_playing=True))  # it may not have been stopped


def _has_heard_silence(turn: Turn, leg: Leg) -> bool:
    """Return whether silence was played to this leg: an answered lead hears it until an agent or a message comes."""
    call = leg_answer_and_loss.find_call_of_leg(turn, leg)
    if call is None or not call.is_automatic or call.customer != leg.id:
        return False
    return call.state not in (State.CALLING, State.ANSWERED, State.MACHINE)


def _is_over(turn: Turn, leg: Leg) -> bool:
    """Return whether the leg is no longer needed. Its hang-up may have been requested and not done."""
    if leg.role is Role.AGENT:
        session = agent_states.find_session_by_leg(turn, leg)
        return session is None or (session.on_hook and session.call is None and (not leg.prompt or leg.accept != ""))
    call = leg_answer_and_loss.find_call_of_leg(turn, leg)
    return (
        leg.role in TRANSIENT_ROLES
        or call is None
        or (leg.is_dialled and leg.is_awaiting_dial and call.commands.dialling is None)
    )


def _resume_recording(turn: Turn, recording: Recording) -> None:
    if recording.ended is not None:
        if recording.sha256 or not recorded_file.schedule_measurement(turn, recording):
            recorded_file.request_processing(turn, recording)
    else:
        recording_control.schedule_start_check(turn, recording)
        recording_mute.repeat_request(turn, turn.world.recordings[recording.id])
        if recording.stopping:  # after this turn has started the next recording: see recording_control.start
            turn.wake(turn.now, TimerKind.RECORDING, recording.id)


def _resume_call(turn: Turn, call: Call) -> None:
    call = unrecorded_moves.settle_call(turn, call)
    if call.id not in turn.world.calls:
        return
    # Asterisk does not report whether these still play, so they are stopped. Wanted audio starts again.
    turn.do(call.id, *map(StopBridgeAudio, call.tone_ids))  # the app may have died while it stopped one
    if call.audio.playing:
        turn.do(call.id, StopBridgeAudio(call.audio.playing))
    call = recording_notice.stop_notice(turn, call)
    if call.audio.had_music:
        turn.do(call.id, StopBridgeMusic(call.mixing_bridge_id))
    call = audio_playback.stop_files(call)
    call = turn.put(call.with_audio(tone=None, music=False, playing="").with_asked_bridges(spot_music=""))
    call = bridge_audio.retry_requests(turn, call)
    if call.asked_bridges.third_spot:  # its music starts again, like the customer's
        call = turn.put(call.with_doubtful_bridge(call.third_holding_bridge_id))
    call = queue_prompts.resume(turn, call)
    call_lead.repeat_request(turn, call)
    if call.state is not State.ENDED and not call.is_outbound:
        queue_entry_and_exit.answer_caller(turn, call, call.ingroup)
    requests_closer = call.state is State.DIALING and call.consultation.asked_group and not call.consultation.closer
    if call.state is State.WAITING or requests_closer:
        wait(turn, call)
    leave.start_timer(turn, call)
    adoption.restore_timer(turn, call)
    automatic_calls.set_timers(turn, call)
    parking, queueing = call.parking, call.queueing
    for timer_us in (
        parking.remind_at,
        parking.fallback_at,
        call.consultation.gone_at,
        call.recording.start_at,
        None if queueing.close_at is None else turn.world.turn_time(queueing.close_at),
        queueing.prefer_until,
        queueing.rest_until,
        call.attempt.drop_at,
        call.attempt.amd.silent_by,
    ):
        if timer_us is not None:
            turn.wake(timer_us, TimerKind.CALL, call.id)
    for receipt_id in call.commands.queue:
        turn.wake(turn.now + queued_commands.MAX_WAIT_US, TimerKind.RECEIPT, receipt_id)
