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
    known = turn.world.rules.agents.get(user) or Agent(id=user)
    return recording_rules.choose_policy(get_campaign(turn, call), get_home_ingroup(turn, call), known)


def _apply_decision(turn: Turn, call: Call, decision: RecordingDecision | None) -> Call:
    if decision is None:
        return call
    return turn.put(call.with_recording(track=decision.track, track_reason=decision.reason, start_at=None))


def decide_with_agent(turn: Turn, call: Call) -> Call:
    """Decide on recording when an agent has joined, after `allcalls_delay` seconds."""
    decision = recording_rules.decide_during_call(*_get_policy(turn, call))
    delay = get_campaign(turn, call).allcalls_delay
    if decision.track is None or not delay:
        return _apply_decision(turn, call, decision)
    at = turn.now + delay * SECOND_US
    turn.wake(at, TimerKind.CALL, call.id)
    return turn.put(call.with_recording(start_at=at, track=None, track_reason=f"allcalls_delay={delay}"))


def decide_after_delay(turn: Turn, call: Call) -> Call:
    """Decide on recording after `allcalls_delay` seconds."""
    call = turn.put(call.with_recording(start_at=None))
    return (
        _apply_decision(turn, call, recording_rules.decide_during_call(*_get_policy(turn, call)))
        if call.agent
        else call
    )


def decide_with_third(turn: Turn, call: Call) -> Call:
    """Decide on recording when a third party is connected (`three_way_record_stop`)."""
    campaign = get_campaign(turn, call)
    listed = _is_third_listed(turn, call, campaign.three_way_record_stop_exception)
    return _apply_decision(turn, call, recording_rules.decide_with_third(campaign, listed))


def decide_without_third(turn: Turn, call: Call) -> Call:
    """Decide on recording when the agent has hung up the third party (`hangup_xfer_record_start`)."""
    return _apply_decision(turn, call, recording_rules.decide_without_third(get_campaign(turn, call)))


def decide_without_customer(turn: Turn, call: Call) -> Call:
    """Decide on recording when the customer has hung up (`dead_stop_recording`)."""
    return _apply_decision(
        turn, turn.put(call), recording_rules.decide_when_dead(get_campaign(turn, call), is_outbound=call.is_outbound)
    )


def decide_for_leave(turn: Turn, call: Call) -> Call:
    """Decide what is recorded after the agent has left."""
    campaign = get_campaign(turn, call)
    value, rule, _ = _get_policy(turn, call)
    listed = _is_third_listed(turn, call, campaign.leave_3way_start_recording_exception)
    decision = recording_rules.decide_at_leave(
        campaign, value, rule, is_number_listed=listed, is_recording=call.recording.track is not None
    )
    return turn.put(call.with_recording(after_leave=decision.track, after_leave_reason=decision.reason))


def _is_third_listed(turn: Turn, call: Call, container: str) -> bool:
    leg = turn.world.legs.get(call.third or "")
    prefix = recording_rules.get_third_prefix(get_campaign(turn, call))
    return recording_rules.is_listed(turn.world.rules, container, leg.number if leg else "", prefix)


def get_start_refusal(turn: Turn, call: Call) -> str:
    """Return why the agent cannot start a recording, or ""."""
    if why := get_away_reason(turn.world, call.server):
        return why
    value, rule, _ = _get_policy(turn, call)
    if call.recording.track is Track.CALL:
        return reasons.RECORDED_ALREADY.text()
    return reasons.RECORDING_FORBIDDEN.text(rule=rule) if value == "NEVER" else ""


def start_by_command(turn: Turn, call: Call) -> str:
    """Start a recording for the agent. Return ""."""
    _apply_decision(turn, call, RecordingDecision(Track.CALL, "START"))
    return ""


def get_stop_refusal(turn: Turn, call: Call) -> str:
    """Return why the agent cannot stop the recording, or ""."""
    if why := get_away_reason(turn.world, call.server):
        return why
    value, rule, _ = _get_policy(turn, call)
    if call.recording.track is None:
        return reasons.NOT_RECORDED.text()
    return reasons.RECORDING_FORBIDDEN.text(rule=rule) if value == "ALLFORCE" else ""


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
    alone = state is State.DIALING and call.parking.customer_place is LegBridge.HOLDING
    if (alone or state is State.PARKED) and (decision := recording_rules.decide_when_parked(get_campaign(turn, call))):
        return decision.track, decision.reason
    if LAYOUT[state].agent is not None and state not in (State.RINGING_AGENT, State.RESCUE):
        return call.recording.track, call.recording.track_reason
    return None, "no agent is in the call"


def _has_third_answered(turn: Turn, call: Call) -> bool:
    """Return whether the third party has answered."""
    third = turn.world.legs.get(call.third or "")
    return third is not None and third.phase is Phase.UP


def stop_recording(turn: Turn, call: Call) -> Call:
    """End the running recording, or the notice of the next one, if nothing should be recorded now."""
    running = turn.world.recordings.get(call.recording.running or "")
    running = None if running and running.stopping else running
    if (running or call.recording.notice_playing) and choose_track(turn, call)[0] is None:
        call = recording_notice.stop_notice(turn, call)
        if running:
            end_recording(turn, running)
    return call


def start_recording(turn: Turn, call: Call) -> Call:
    """Start the wanted recording, or its notice, and then end one of another kind or another agent.

    The order matters because a recorder is a member of the bridge. Without a recorder in between, Asterisk would change
    its mixing twice, and each change costs the parties 20 ms of audio.
    """
    track, reason = choose_track(turn, call)
    running = turn.world.recordings.get(call.recording.running or "")
    running = None if running and running.stopping else running
    user = call.agent or call.outcome.last_agent
    if track is None or not call.asked_bridges.room or (running and (running.kind, running.agent) == (track, user)):
        return call
    call = recording_notice.play_notice(turn, call, f"{track} {user}")
    if call.recording.notice_playing:
        if running:
            end_recording(turn, running)
        return call
    file = Recording(
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
    turn.put(file)
    turn.do(call.id, StartRecording(file.id, call.mixing_bridge_id))
    recording_mute.request_mute(turn, file)
    if running:
        end_recording(turn, running)
    state = replace(call.recording, running=file.id, files=call.recording.files + 1, noticed="", notice="")
    return turn.put(replace(call, recording=state))


def end_recording(turn: Turn, running: Recording) -> None:
    """End a running recording; its file is kept."""
    turn.put(replace(recording_mute.abandon_commands(turn, running), stopping=True))
    turn.do(running.call, StopRecording(running.id))


def handle_timer(turn: Turn, file: Recording) -> None:
    """Handle a request to start, stop or mute a recording that Asterisk has not carried out.

    A recording whose server was lost is measured after that is back.
    """
    if file.ended is not None:
        if is_cut_off(file) and file.server not in turn.world.held_servers:
            turn.do(file.call, MeasureRecording(file.id))
    elif _is_start_uncertain(file) and _is_start_overdue(turn, file):
        _give_up(turn, file, file.cause)
        end_recording(turn, file)  # it may have started unnoticed; after a certain end, its file shows
    else:
        recording_mute.repeat_request(turn, file)
        repeat_stop(turn, file)


def repeat_stop(turn: Turn, file: Recording) -> None:
    """Repeat the request to stop a recording that should end."""
    if file.stopping and file.ended is None:
        turn.do(file.call, StopRecording(file.id))


def keep_unanswered(turn: Turn, file: Recording, cause: str) -> None:
    """Keep a recording for which Asterisk has not answered in time, because it may still start."""
    schedule_start_check(turn, turn.put(replace(file, cause=cause)))


def schedule_start_check(turn: Turn, file: Recording) -> None:
    """If it is unknown whether the recording starts, check again when it can no longer start."""
    if _is_start_uncertain(file):
        turn.wake(file.asked + START_TIMEOUT_US, TimerKind.RECORDING, file.id)


def _is_start_uncertain(file: Recording) -> bool:
    return bool(file.cause) and file.started is None


def _is_start_overdue(turn: Turn, file: Recording) -> bool:
    return turn.now >= file.asked + START_TIMEOUT_US


def record_start(turn: Turn, file: Recording) -> None:
    """Record that Asterisk has started to write."""
    if file.started is None:
        file = turn.put(replace(file, started=turn.now, cause=""))
        repeat_stop(turn, file)


def record_end(turn: Turn, file: Recording, cause: str = "", *, is_late: bool = False) -> None:
    """Measure the file after Asterisk has written the last sample, or has died (`cause`).

    A recording that may still start is not finished. `is_late`: it ended some time before this turn.
    """
    doubt = _is_start_uncertain(file)
    if file.ended is None and (cause or not doubt or _is_start_overdue(turn, file)):
        file = recording_mute.abandon_commands(turn, file)
        cause = cause or (file.cause if doubt else "")
        turn.put(replace(file, ended=turn.now, end_found=is_late, cause=cause))
        by_itself = file.started is not None and not file.stopping and not cause
        if by_itself and turn.now - (file.started or 0) < MIN_DURATION_US:
            _disable_track(turn, file, "it ended at once: may Asterisk write there, and is there room?")
        turn.do(file.call, MeasureRecording(file.id))
        _detach_from_call(turn, file)


def record_loss(turn: Turn, file: Recording) -> None:
    """Record that a recording has ended with its server, which may only be cut off or frozen.

    Asterisk may still write the file. It is measured SETTLES after the server is back.
    """
    if file.ended is None:
        turn.put(replace(recording_mute.abandon_commands(turn, file), ended=turn.now, cause=CUT_OFF_CAUSE))
        _detach_from_call(turn, file)


def record_failure(turn: Turn, file: Recording, cause: str) -> None:
    """Close a recording that was not written, with the cause. The call continues."""
    turn.close(replace(recording_mute.abandon_commands(turn, file), ended=turn.now, status="failed", cause=cause))
    _give_up(turn, file, cause)


def _give_up(turn: Turn, file: Recording, cause: str) -> None:
    """Give up a recording that did not start, or ended at once. The call continues without it."""
    if not file.stopping:
        _disable_track(turn, file, cause)
    _detach_from_call(turn, file)


def _disable_track(turn: Turn, file: Recording, cause: str) -> None:
    """Start no other recording of this kind in the call without a command."""
    turn.note(f"recording {file.id}: {cause}")
    call = turn.world.calls.get(file.call)
    if call and file.kind is Track.CALL:
        turn.put(call.with_recording(track=None, track_reason=f"failed: {cause}"))
    elif call:
        turn.put(call.with_recording(after_leave=None, after_leave_reason=f"failed: {cause}"))


def _detach_from_call(turn: Turn, file: Recording) -> None:
    call = turn.world.calls.get(file.call)
    if call and call.recording.running == file.id:
        turn.put(call.with_recording(running=None))
