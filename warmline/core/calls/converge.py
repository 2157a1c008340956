"""Move the legs, the recording and the audio of a call to where its state wants them.

The requests follow from the difference between the layout and Asterisk's last reports. The same code therefore serves
every transition, a lost answer, and a restart during a command.
"""

from collections.abc import Iterator

from warmline.core.agents import agent_release, agent_states, inbound_mute
from warmline.core.calls import after_call, outbound, park_time, ringing
from warmline.core.calls.call_transitions import transition
from warmline.core.calls.leave import release_agent
from warmline.core.calls.leg_placement import get_bridge_id, get_layout, is_outside_bridges
from warmline.core.media import bridge_audio, hold_music, hold_mute, recording_control
from warmline.core.messages.actions import Action
from warmline.core.messages.bridge_messages import (
    AddToBridge,
    CreateHoldingBridge,
    CreateMixingBridge,
    DestroyBridge,
    RemoveFromBridge,
)
from warmline.core.messages.leg_messages import (
    AnswerLeg,
    ContinueInDialplan,
    DialLeg,
    HangUpLeg,
    MuteInbound,
    MuteOutbound,
    PlaySilence,
)
from warmline.core.model.call import Call
from warmline.core.model.call_states import LAYOUT, AgentState, Layout, LegBridge, State
from warmline.core.model.leg import Leg, Phase, Role
from warmline.core.model.transition_tables import Trigger
from warmline.core.queue import announcements, queue_prompts
from warmline.core.replace import replace
from warmline.core.world.campaign_and_ingroup import get_home_ingroup
from warmline.core.world.turn import Turn


def converge(turn: Turn, call: Call) -> Call:
    """Request everything that differs from the call's state, or from the target of its pending command."""
    layout = get_layout(call, call.commands.target or call.state)
    call = ringing.stop_other_phones(turn, call)
    call = park_time.update_park_time(turn, call)
    call = recording_control.end_unwanted_recording(turn, call)
    call = bridge_audio.stop_audio(turn, call)
    call = _hang_up_parties(turn, call, layout)
    _update_mutes(turn, call)
    call = _join_legs(turn, call, layout)
    call = _remove_agents(turn, call, layout)
    call = outbound.dial_number(turn, _connect_ivr(turn, call, layout))
    _dial_legs(turn, call)
    hold_mute.update_mutes(turn, call)
    call = recording_control.start_wanted_recording(turn, call)
    call = bridge_audio.start_audio(turn, call)
    hold_music.update_music(turn, call)
    call = _play_last_message(turn, call)
    call = queue_prompts.play(turn, call)
    if LAYOUT[call.state].agent is None:
        call = release_agent(turn, call)
    return _close_call(turn, call)


def _hang_up_parties(turn: Turn, call: Call, layout: Layout) -> Call:
    for leg_id, leg_bridge in ((call.third, layout.third), (call.customer, layout.customer)):
        leg = turn.world.legs.get(leg_id or "")
        if leg_bridge is None and leg and leg.role is not Role.AGENT and not leg.hangup_requested:
            call = after_call.choose_exit(turn, call) if leg_id == call.customer else call
            turn.put(replace(leg, hangup_requested=True))
            turn.do(call.id, *_yield_end_actions(call, leg))
    return call


def _yield_end_actions(call: Call, leg: Leg) -> Iterator[Action]:
    """Yield the actions that end a leg: a hang-up, or the dialplan, unmuted, if its call has an exit."""
    if not call.queueing.exit or leg.id != call.customer:
        yield HangUpLeg(leg.id)
        return
    if inbound_mute.is_muted(leg) is not False:
        yield MuteInbound(leg.id, on=False)
    context, _, exten = call.queueing.exit.partition(",")
    yield ContinueInDialplan(leg.id, context=context, exten=exten, reason=call.outcome.ended_by)


def _update_mutes(turn: Turn, call: Call) -> None:
    """Mute the agents before they join, so that a muted agent is not heard from a phone that was called back."""
    for session in map(turn.world.sessions.get, (call.agent or "", call.consultation.closer or "")):
        if session and session.call == call.id:
            inbound_mute.apply_mute(turn, session)


def _remove_agents(turn: Turn, call: Call, layout: Layout) -> Call:
    """Remove agents from the bridge: the call's agent, a closer who was the third party, and agents of other calls."""
    if _has_only_agents(turn, call):
        return _release_with_bridge(turn, call)
    if layout.agent is None and (agent_leg := agent_states.find_agent_leg(turn, call.agent)):
        _remove_leg(turn, call, agent_leg)
    if layout.customer is LegBridge.NO_BRIDGE and (customer_leg := turn.world.legs.get(call.customer or "")):
        _remove_leg(turn, call, customer_leg)
    for leg in map(turn.world.legs.__getitem__, turn.world.bridge_members.in_bridge(call.mixing_bridge_id)):
        if leg.role is not Role.AGENT or leg.hangup_requested:
            continue
        session = agent_states.find_session_by_leg(turn, leg)
        if session and session.call != call.id:
            _remove_leg(turn, call, leg)
    if layout.third is None and call.consultation.closer:
        return _remove_closer(turn, call, call.consultation.closer)
    return call


def _remove_closer(turn: Turn, call: Call, user: str) -> Call:
    """Remove a closer who was the third party, and release this agent after that."""
    if leg := agent_states.find_agent_leg(turn, user):
        _remove_leg(turn, call, leg)
    if not is_outside_bridges(turn, call, call.third):
        return call
    call = turn.put(replace(call.with_consultation(closer=None), third=None))
    agent_release.release_agent(
        turn,
        user,
        never_connected=turn.world.sessions[user].state is AgentState.QUEUE,
        answered_elsewhere=ringing.is_for_any_agent(call),
    )
    return turn.world.calls[call.id]


def _has_only_agents(turn: Turn, call: Call) -> bool:
    """Return whether the call has ended, and only phones of agents who stay on the line are in its mixing bridge."""
    if not _has_ended(call):
        return False
    legs = map(turn.world.legs.__getitem__, turn.world.bridge_members.in_bridge(call.mixing_bridge_id))
    return all(leg.role is Role.AGENT and not leg.hangup_requested and leg.target_bridge is None for leg in legs)


def _release_with_bridge(turn: Turn, call: Call) -> Call:
    """Let the agents leave the mixing bridge by its end: this needs one request, and no other turn."""
    for leg_id in turn.world.bridge_members.in_bridge(call.mixing_bridge_id):
        turn.put(replace(hold_music.end_music(turn, call.id, turn.world.legs[leg_id]), target_bridge=""))
    return call


def _remove_leg(turn: Turn, call: Call, leg: Leg) -> None:
    bridge = leg.bridge if leg.target_bridge is None else leg.target_bridge
    if bridge in (call.mixing_bridge_id, call.third_holding_bridge_id):
        turn.put(replace(hold_music.end_music(turn, call.id, leg), target_bridge=""))
        turn.do(call.id, RemoveFromBridge(leg.id, bridge))


def _join_legs(turn: Turn, call: Call, layout: Layout) -> Call:
    for leg, leg_bridge, is_third in (
        (turn.world.legs.get(call.customer or ""), layout.customer, False),
        (agent_states.find_agent_leg(turn, call.agent), layout.agent, False),
        (turn.world.legs.get(call.third or ""), layout.third, True),
    ):
        if leg and leg_bridge and leg_bridge is not LegBridge.NO_BRIDGE and _can_join(turn, leg):
            bridge = get_bridge_id(call, leg_bridge, is_third=is_third)
            current_bridge = leg.bridge if leg.target_bridge is None else leg.target_bridge
            if current_bridge != bridge:
                call = _request_bridge(turn, call, bridge)
                _join_bridge(turn, call, leg, bridge=bridge)
            elif leg.bridge == bridge:
                call = _repair_join(turn, call, leg, bridge=bridge)
    return call


def _repair_join(turn: Turn, call: Call, leg: Leg, *, bridge: str) -> Call:
    """Repair requests that were lost or repeated when this leg joined."""
    leg = _mute_until_answer(turn, call, leg)
    if leg.silence_playing:  # with the silence, the agent would not hear the bridge
        turn.put(replace(leg, silence_playing=False))
        turn.do(call.id, PlaySilence(leg.id, on=False))
    if not call.bridges[bridge]:
        return _request_bridge(turn, call, bridge)
    if bridge == call.holding_bridge_id and call.asked_bridges.spot_music != _get_hold_music(turn, call):
        return _request_bridge(turn, call, bridge)  # the holding bridge has no music, or that of another in-group
    return call


def _connect_ivr(turn: Turn, call: Call, layout: Layout) -> Call:
    """Connect a parked customer with the dialplan's leg while an agent is on the call."""
    leg = turn.world.legs.get(call.ivr or "")
    if leg is None or leg.hangup_requested:
        return call
    if layout.customer is not LegBridge.HOLDING or layout.agent is None:
        turn.put(replace(leg, hangup_requested=True))
        turn.do(call.id, HangUpLeg(leg.id))
        return call
    current_bridge = leg.bridge if leg.target_bridge is None else leg.target_bridge
    if current_bridge != call.ivr_bridge_id and _can_join(turn, leg):
        call = _request_bridge(turn, call, call.ivr_bridge_id)
        _join_bridge(turn, call, leg, bridge=call.ivr_bridge_id)
    return call


def _can_join(turn: Turn, leg: Leg) -> bool:
    """Return whether the leg may join. An agent's phone must be answered; other legs have early media."""
    required_phase = Phase.UP if leg.role is Role.AGENT else Phase.ARRIVED
    return leg.phase >= required_phase and not leg.hangup_requested and not leg.prompt and leg.wait_until <= turn.now


def _request_bridge(turn: Turn, call: Call, bridge: str) -> Call:
    """Request the bridge. A holding bridge is requested at each join, because its music ends with its last leg."""
    if bridge == call.ivr_bridge_id:
        if not call.asked_bridges.ivr:
            turn.do(call.id, CreateMixingBridge(bridge))
        return turn.put(call.with_asked_bridges(ivr=True))
    if bridge != call.mixing_bridge_id:
        music = _get_hold_music(turn, call)
        turn.do(call.id, CreateHoldingBridge(bridge, music))
        if bridge == call.third_holding_bridge_id:
            return turn.put(call.with_asked_bridges(third_spot=True))
        return turn.put(call.with_asked_bridges(spot=True, spot_music=music))
    if call.asked_bridges.room:
        return call
    turn.do(call.id, CreateMixingBridge(bridge))
    return turn.put(call.with_asked_bridges(room=True))


def _get_hold_music(turn: Turn, call: Call) -> str:
    """Return the music of a holding bridge: that of the call's in-group, or of the one that gets the call next."""
    next_group = call.consultation.asked_group if call.commands.target is State.WAITING else ""
    return turn.world.rules.ingroup(next_group or call.ingroup).moh_context


def _join_bridge(turn: Turn, call: Call, leg: Leg, *, bridge: str) -> None:
    if leg.silence_playing:
        turn.do(call.id, PlaySilence(leg.id, on=False))
    if (
        _is_unanswered(call, leg)
        and bridge == call.mixing_bridge_id
        and get_home_ingroup(turn, call).answer_signal == "ROUTE"
    ):
        turn.do(call.id, AnswerLeg(leg.id))
    leg = hold_music.end_music(turn, call.id, _mute_until_answer(turn, call, leg))
    absorbs_keys = agent_states.has_feature_keys(turn, leg)
    turn.put(replace(leg, target_bridge=bridge, silence_playing=False, absorbs_keys=absorbs_keys))
    turn.do(call.id, AddToBridge(leg.id, bridge, absorbs_keys))


def _mute_until_answer(turn: Turn, call: Call, leg: Leg) -> Leg:
    """Mute the audio to a dialled party until the answer."""
    if not leg.is_dialled or leg.phase >= Phase.UP or leg.outbound_muted:
        return leg
    turn.do(call.id, MuteOutbound(leg.id, on=True))
    return turn.put(replace(leg, outbound_muted=True))


def _is_unanswered(call: Call, leg: Leg) -> bool:
    return leg.id == call.customer and not leg.originated and leg.phase < Phase.UP


def _dial_legs(turn: Turn, call: Call) -> None:
    for leg_id, bridge in (
        (call.customer, call.mixing_bridge_id),
        (call.third, call.mixing_bridge_id),
        (call.ivr, call.ivr_bridge_id),
    ):
        leg = turn.world.legs.get(leg_id or "")
        if leg is None or leg.hangup_requested or not leg.originated or leg.role is Role.AGENT:
            continue
        if leg.phase is Phase.ARRIVED and not leg.dialling.asked and bridge in (leg.bridge, leg.target_bridge):
            leg = turn.put(leg.with_dialling(asked=True))
            turn.do(call.id, DialLeg(leg.id, leg.dialling.timeout))
        if leg.phase is Phase.UP and leg.outbound_muted:
            turn.put(replace(leg, outbound_muted=False))
            turn.do(call.id, MuteOutbound(leg.id, on=False))


def _play_last_message(turn: Turn, call: Call) -> Call:
    """Play the last message to the customer before the hang-up. Without files, the state ends immediately."""
    if call.state is not State.MESSAGE or call.prompts.saying:
        return call
    call = turn.put(call.with_prompts(saying=announcements.split_sound_files(call.prompts.message)))
    return call if call.prompts.saying else transition(turn, call, Trigger.MESSAGE_OVER)


def _close_call(turn: Turn, call: Call) -> Call:
    """Close the call and its bridges after the last leg has left or will, and the recording has ended."""
    if not _has_ended(call):
        return call
    legs = map(turn.world.legs.__getitem__, turn.world.bridge_members.in_bridge(call.mixing_bridge_id))
    if any(leg.target_bridge in (None, call.mixing_bridge_id) for leg in legs):
        return call
    doubtful_bridges = call.asked_bridges.doubtful
    bridges = [bridge for bridge, is_requested in call.bridges.items() if is_requested or bridge in doubtful_bridges]
    turn.do(call.id, *map(DestroyBridge, bridges))
    return turn.close(replace(call, ended=turn.now))


def _has_ended(call: Call) -> bool:
    """Return whether the call has no party and no recording any more."""
    if call.state is not State.ENDED:
        return False
    return not (call.customer or call.third or call.ivr or call.recording.running)
