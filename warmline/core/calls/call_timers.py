"""The timers of a call."""

from warmline.core.calls import leave, park_time, prompt_events, queue_entry_and_exit
from warmline.core.calls.call_transitions import transition
from warmline.core.media import bridge_audio, recording_decision
from warmline.core.model.call import Call
from warmline.core.model.call_states import State
from warmline.core.model.queue_wait import WaitStatus
from warmline.core.model.receipt import Outcome
from warmline.core.model.transition_tables import Trigger
from warmline.core.moment import MINUTE_US
from warmline.core.queue import empty_ingroup, queue_tickets, waits
from warmline.core.receipts import receipts
from warmline.core.rules import reasons
from warmline.core.world.turn import Turn


def handle_timers(turn: Turn, call: Call) -> None:
    """Handle each timer of the call that is due. Its cause may be over."""
    if call.recording.start_at is not None and call.recording.start_at <= turn.now:
        call = recording_decision.decide_after_delay(turn, call)
    if call.parking.remind_at is not None and call.parking.remind_at <= turn.now:
        call = park_time.remind_agent(turn, call)
    if call.consultation.gone_at is not None and call.consultation.gone_at <= turn.now:
        call = turn.put(call.with_consultation(gone_at=None).with_outcome(ended_by="customer"))
        call = transition(turn, call, Trigger.CUSTOMER_GONE_TIMEOUT)
    deadline_us = leave.get_deadline_us(turn, call)
    if deadline_us is not None and deadline_us <= turn.now:
        ended_by = leave.ENDED_BY_LIMIT
        minutes = (turn.now - (call.outcome.left or 0)) // MINUTE_US
        turn.note(f"customer and third party talked for {minutes} minutes after the leave; {ended_by} ends the call")
        call = transition(turn, turn.put(call.with_outcome(ended_by=ended_by)), Trigger.LEFT_CALL_TIMEOUT)
    call = queue_tickets.recheck_preference(turn, queue_tickets.release(turn, call))
    call = prompt_events.handle_timer(turn, bridge_audio.retry_requests(turn, call))
    if call.queueing.close_at is not None and call.queueing.close_at <= turn.machine_time:
        call = queue_entry_and_exit.leave_queue(
            turn, call, "closing_time_action", status=WaitStatus.CLOSOP, cause="closing_time_action"
        )
    if reason := empty_ingroup.find_leave_reason(turn, call):
        call = turn.put(call.with_queueing(why=(*call.queueing.why, reason)))
        call = queue_entry_and_exit.leave_queue(
            turn, call, "no_agent_action", status=WaitStatus.NANQUE, cause=empty_ingroup.LEAVE_OPTION
        )
    if call.queueing.drop_at is not None and call.queueing.drop_at <= turn.now:
        _end_wait(turn, call)


def _end_wait(turn: Turn, call: Call) -> None:
    """End the wait of a call, or of its request for a closer, after drop_call_seconds."""
    if call.state is State.WAITING:
        status = WaitStatus.XDROP if call.direct else WaitStatus.TIMEOT
        queue_entry_and_exit.leave_queue(turn, call, "drop_action", status=status, cause="drop_call_seconds")
        return
    turn.world.matcher.forget_call(call.id)
    receipts.finish(turn, call.commands.dialling, Outcome.NO_AGENT, cause=reasons.NO_CLOSER.text())
    call = waits.close_wait(turn, call, WaitStatus.XDROP if call.consultation.asked_agent else WaitStatus.TIMEOT)
    call = turn.put(
        call.with_queueing(drop_at=None).with_consultation(asked_group="", asked_agent="").with_commands(dialling=None)
    )
    transition(turn, call, Trigger.DROP_TIMEOUT)
