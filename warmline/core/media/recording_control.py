"""Start and stop the recording of a call's bridge, as the rules decide."""

from warmline.core.indexes.timers import TimerKind
from warmline.core.media import recording_mute, recording_notice
from warmline.core.media.recorded_file import is_cut_off
from warmline.core.media.recording_file_name import make_file_name
from warmline.core.messages.recording_messages import MeasureRecording, StartRecording, StopRecording
from warmline.core.model.call import Call
from warmline.core.model.call_states import LAYOUT, LegBridge, State
from warmline.core.model.leg import Phase
from warmline.core.model.recording import CUT_OFF_CAUSE, Recording
from warmline.core.replace import replace
from warmline.core.rules import reasons, recording_rules
from warmline.core.rules.configuration import Agent
from warmline.core.rules.recording_rules import RecordingDecision, Track
from warmline.core.world.campaign_and_ingroup import get_campaign, get_home_ingroup
from warmline.core.world.server_away import get_away_reason
from warmline.core.world.turn import Turn

SECOND_US = 1_000_000
MIN_DURATION_US = SECOND_US  # a recording that ends by itself so soon cannot be written; a retry fails too
START_TIMEOUT_US = 10 * SECOND_US  # after the request: how long an unanswered recording may still start


def _get_policy(turn: Turn, call: Call) -> tuple[str, str, tuple[str, ...]]:
    user = call.agent or call.outcome.last_agent
    agent = turn.world.rules.agents.get(user) or Agent(id=user)
    return recording_rules.choose_policy(get_campaign(turn, call), get_home_ingroup(turn, call), agent)


def _apply_decision(turn: Turn, call: Call, decision: RecordingDecision | None) -> Call:
    if decision is None:
        return call
    return turn.put(call.with_recording(track=decision.track, track_reason=decision.reason, start_at=None))


def decide_with_agent(turn: Turn, call: Call) -> Call:
    """Decide on recording when an agent has joined, after `allcalls_delay` seconds."""
    decision = recording_rules.decide_during_call(*_get_policy(turn, call))
    delay_seconds = get_campaign(turn, call).allcalls_delay
    if decision.track is None or not delay_seconds:
        return _apply_decision(turn, call, decision)
    start_at_us = turn.now + delay_seconds * SECOND_US
    turn.wake(start_at_us, TimerKind.CALL, call.id)
    reason = f"allcalls_delay={delay_seconds}"
    return turn.put(call.with_recording(start_at=start_at_us, track=None, track_reason=reason))


def decide_after_delay(turn: Turn, call: Call) -> Call:
    """Decide on recording after `allcalls_delay` seconds."""
    call = turn.put(call.with_recording(start_at=None))
    if not call.agent:
        return call
    return _apply_decision(turn, call, recording_rules.decide_during_call(*_get_policy(turn, call)))


def decide_with_third(turn: Turn, call: Call) -> Call:
    """Decide on recording when a third party is connected (`three_way_record_stop`)."""
    campaign = get_campaign(turn, call)
    is_listed = _is_third_listed(turn, call, campaign.three_way_record_stop_exception)
    return _apply_decision(turn, call, recording_rules.decide_with_third(campaign, is_listed))


def decide_without_third(turn: Turn, call: Call) -> Call:
    """Decide on recording when the agent has hung up the third party (`hangup_xfer_record_start`)."""
    return _apply_decision(turn, call, recording_rules.decide_without_third(get_campaign(turn, call)))


def decide_without_customer(turn: Turn, call: Call) -> Call:
    """Decide on recording when the customer has hung up (`dead_stop_recording`)."""
    decision = recording_rules.decide_when_dead(get_campaign(turn, call), is_outbound=call.is_outbound)
    return _apply_decision(turn, turn.put(call), decision)


def decide_for_leave(turn: Turn, call: Call) -> Call:
    """Decide what is recorded after the agent has left."""
    campaign = get_campaign(turn, call)
    policy, rule, _ = _get_policy(turn, call)
    is_listed = _is_third_listed(turn, call, campaign.leave_3way_start_recording_exception)
    is_running = call.recording.track is not None
    decision = recording_rules.decide_at_leave(
        campaign, policy, rule, is_number_listed=is_listed, is_recording=is_running
    )
    return turn.put(call.with_recording(after_leave=decision.track, after_leave_reason=decision.reason))


def _is_third_listed(turn: Turn, call: Call, container: str) -> bool:
    leg = turn.world.legs.get(call.third or "")
    number = leg.number if leg else ""
    prefix = recording_rules.get_third_prefix(get_campaign(turn, call))
    return recording_rules.is_listed(turn.world.rules, container, number, prefix=prefix)


def find_start_refusal(turn: Turn, call: Call) -> str:
    """Return why the agent cannot start a recording, or ""."""
    if reason := get_away_reason(turn.world, call.server):
        return reason
    policy, rule, _ = _get_policy(turn, call)
    if call.recording.track is Track.CALL:
        return reasons.RECORDED_ALREADY.text()
    return reasons.RECORDING_FORBIDDEN.text(rule=rule) if policy == "NEVER" else ""


def start_by_command(turn: Turn, call: Call) -> str:
    """Start a recording for the agent. Return ""."""
    _apply_decision(turn, call, RecordingDecision(Track.CALL, "START"))
    return ""


def find_stop_refusal(turn: Turn, call: Call) -> str:
    """Return why the agent cannot stop the recording, or ""."""
    if reason := get_away_reason(turn.world, call.server):
        return reason
    policy, rule, _ = _get_policy(turn, call)
    if call.recording.track is None:
        return reasons.NOT_RECORDED.text()
    return reasons.RECORDING_FORBIDDEN.text(rule=rule) if policy == "ALLFORCE" else ""


def stop_by_command(turn: Turn, call: Call) -> str:
    """Stop the recording for the agent. Return ""."""
    _apply_decision(turn, call, RecordingDecision(None, "STOP"))
    return ""


def choose_track(turn: Turn, call: Call) -> tuple[Track | None, str]:
    """Return what should be recorded now, and the rule that decides so."""
    state = call.commands.target or call.state
    if state is State.HANDED_OFF and call.consultation.closer is None:
        return call.recording.after_leave, call.recording.after_leave_reason
    if state is State.CUSTOMER_GONE and not _has_third_answered(turn, call):
        return None, "no party is in the call"
    is_agent_alone = state is State.DIALING and call.parking.customer_place is LegBridge.HOLDING
    if is_agent_alone or state is State.PARKED:
        decision = recording_rules.decide_when_parked(get_campaign(turn, call))
        if decision:
            return decision.track, decision.reason
    if LAYOUT[state].agent is not None and state not in (State.RINGING_AGENT, State.RESCUE):
        return call.recording.track, call.recording.track_reason
    return None, "no agent is in the call"


def _has_third_answered(turn: Turn, call: Call) -> bool:
    """Return whether the third party has answered."""
    third = turn.world.legs.get(call.third or "")
    return third is not None and third.phase is Phase.UP


def end_unwanted_recording(turn: Turn, call: Call) -> Call:
    """End the running recording, or the notice of the next one, if nothing should be recorded now."""
    recording = turn.world.recordings.get(call.recording.running or "")
    if recording and recording.stopping:
        recording = None
    if (recording or call.recording.notice_playing) and choose_track(turn, call)[0] is None:
        call = recording_notice.stop_notice(turn, call)
        if recording:
            request_stop(turn, recording)
    return call


def start_wanted_recording(turn: Turn, call: Call) -> Call:
    """Start the recording that the rules want, or its notice; then end that of another kind or another agent.

    The order matters because a recorder is a member of the bridge. Without a recorder in between, Asterisk would change
    its mixing twice, and each change costs the parties 20 ms of audio.
    """
    track, reason = choose_track(turn, call)
    if track is None or not call.asked_bridges.room:
        return call
    old_recording = turn.world.recordings.get(call.recording.running or "")
    if old_recording and old_recording.stopping:
        old_recording = None
    user = call.agent or call.outcome.last_agent
    if old_recording and (old_recording.kind, old_recording.agent) == (track, user):
        return call
    call = recording_notice.play_notice(turn, call, f"{track} {user}")
    if call.recording.notice_playing:
        if old_recording:
            request_stop(turn, old_recording)
        return call
    recording = Recording(
        id=make_file_name(turn, call),
        call=call.id,
        server=call.server,
        kind=track,
        reason=reason,
        agent=user,
        format=get_campaign(turn, call).recording_format,
        asked=turn.now,
        muted=call.recording.muted,
        muting=call.recording.muted,
        notice=call.recording.notice,
    )
    turn.put(recording)
    turn.do(call.id, StartRecording(recording.id, call.mixing_bridge_id))
    recording_mute.request_mute(turn, recording)
    if old_recording:
        request_stop(turn, old_recording)
    files = call.recording.files + 1
    return turn.put(call.with_recording(running=recording.id, files=files, noticed="", notice=""))


def request_stop(turn: Turn, recording: Recording) -> None:
    """End a running recording; its file is kept."""
    turn.put(replace(recording_mute.abandon_commands(turn, recording), stopping=True))
    turn.do(recording.call, StopRecording(recording.id))


def handle_timer(turn: Turn, recording: Recording) -> None:
    """Handle a request to start, stop or mute a recording that Asterisk has not carried out.

    A recording whose server was lost is measured after that is back.
    """
    if recording.ended is not None:
        if is_cut_off(recording) and recording.server not in turn.world.held_servers:
            turn.do(recording.call, MeasureRecording(recording.id))
    elif _is_start_uncertain(recording) and _is_start_overdue(turn, recording):
        _give_up(turn, recording, recording.cause)
        request_stop(turn, recording)  # it may have started unnoticed; after a certain end, its file shows
    else:
        recording_mute.repeat_request(turn, recording)
        repeat_stop(turn, recording)


def repeat_stop(turn: Turn, recording: Recording) -> None:
    """Repeat the request to stop a recording that should end."""
    if recording.stopping and recording.ended is None:
        turn.do(recording.call, StopRecording(recording.id))


def keep_unconfirmed_recording(turn: Turn, recording: Recording, cause: str) -> None:
    """Keep a recording for which Asterisk has not answered in time, because it may still start."""
    schedule_start_check(turn, turn.put(replace(recording, cause=cause)))


def schedule_start_check(turn: Turn, recording: Recording) -> None:
    """If it is unknown whether the recording starts, check again when it can no longer start."""
    if _is_start_uncertain(recording):
        turn.wake(recording.asked + START_TIMEOUT_US, TimerKind.RECORDING, recording.id)


def _is_start_uncertain(recording: Recording) -> bool:
    return bool(recording.cause) and recording.started is None


def _is_start_overdue(turn: Turn, recording: Recording) -> bool:
    return turn.now >= recording.asked + START_TIMEOUT_US


def note_start(turn: Turn, recording: Recording) -> None:
    """Record that Asterisk has started to write."""
    if recording.started is None:
        recording = turn.put(replace(recording, started=turn.now, cause=""))
        repeat_stop(turn, recording)


def note_end(turn: Turn, recording: Recording, cause: str = "", *, is_late: bool = False) -> None:
    """Measure the file after Asterisk has written the last sample, or has died (`cause`).

    A recording that may still start is not finished. `is_late`: it ended some time before this turn.
    """
    is_uncertain = _is_start_uncertain(recording)
    if recording.ended is None and (cause or not is_uncertain or _is_start_overdue(turn, recording)):
        recording = recording_mute.abandon_commands(turn, recording)
        cause = cause or (recording.cause if is_uncertain else "")
        turn.put(replace(recording, ended=turn.now, end_found=is_late, cause=cause))
        has_stopped_itself = recording.started is not None and not recording.stopping and not cause
        if has_stopped_itself and turn.now - (recording.started or 0) < MIN_DURATION_US:
            _disable_track(turn, recording, "it ended at once: may Asterisk write there, and is there room?")
        turn.do(recording.call, MeasureRecording(recording.id))
        _detach_from_call(turn, recording)


def note_loss(turn: Turn, recording: Recording) -> None:
    """Record that a recording has ended with its server, which may only be cut off or frozen.

    Asterisk may still write the file. It is measured FILE_SETTLE_US after the server is back.
    """
    if recording.ended is None:
        turn.put(replace(recording_mute.abandon_commands(turn, recording), ended=turn.now, cause=CUT_OFF_CAUSE))
        _detach_from_call(turn, recording)


def note_failure(turn: Turn, recording: Recording, cause: str) -> None:
    """Close a recording that was not written, with the cause. The call continues."""
    turn.close(replace(recording_mute.abandon_commands(turn, recording), ended=turn.now, status="failed", cause=cause))
    _give_up(turn, recording, cause)


def _give_up(turn: Turn, recording: Recording, cause: str) -> None:
    """Give up a recording that did not start, or ended immediately. The call continues without it."""
    if not recording.stopping:
        _disable_track(turn, recording, cause)
    _detach_from_call(turn, recording)


def _disable_track(turn: Turn, recording: Recording, cause: str) -> None:
    """Start no other recording of this kind in the call without a command."""
    turn.note(f"recording {recording.id}: {cause}")
    call = turn.world.calls.get(recording.call)
    if call and recording.kind is Track.CALL:
        turn.put(call.with_recording(track=None, track_reason=f"failed: {cause}"))
    elif call:
        turn.put(call.with_recording(after_leave=None, after_leave_reason=f"failed: {cause}"))


def _detach_from_call(turn: Turn, recording: Recording) -> None:
    call = turn.world.calls.get(recording.call)
    if call and call.recording.running == recording.id:
        turn.put(call.with_recording(running=None))
