"""Events of a caller's prompts: the end of a prompt, a key, or a timer."""

from warmline.core.calls import wait_offers
from warmline.core.calls.call_transitions import transition
from warmline.core.calls.lead import lead_outcome
from warmline.core.indexes.timers import TimerKind
from warmline.core.model.call import Call
from warmline.core.model.call_states import State
from warmline.core.model.transition_tables import Trigger
from warmline.core.queue import queue_prompts, queue_tickets
from warmline.core.world.turn import Turn

FAILURE_NOTE_DELAY_US = 1_000_000


def handle_prompt_end(turn: Turn, call: Call, media_id: str, *, ok: bool) -> None:
    """Handle the end or the failure of a prompt. The end of a prompt that was stopped before has no effect."""
    if not call.prompts.playing or media_id != call.prompts.playing:
        return
    if not ok:  # a file is missing, or the caller has hung up and that event follows
        call = call.with_prompts(unplayed="|".join(call.prompts.saying))
        turn.wake(turn.now + FAILURE_NOTE_DELAY_US, TimerKind.CALL, call.id)
    call = turn.put(call.with_prompts(playing="", saying=()))
    if call.state is State.MESSAGE:
        call = turn.put(lead_outcome.with_message_status(call)) if ok else call
        transition(turn, call, Trigger.MESSAGE_OVER)
    elif call.prompts.welcoming:
        wait_offers.offer_choices(turn, queue_tickets.end_welcome(turn, call))
    elif call.prompts.offer:
        wait_offers.wait_for_key(turn, call)
    else:
        wait_offers.offer_choices(turn, call)


def handle_key(turn: Turn, leg_id: str, digit: str) -> None:
    """Handle a key of a customer's phone. It has an effect only in a queue."""
    leg = turn.world.legs.get(leg_id)
    call = turn.world.calls.get(leg.owner) if leg else None
    if call and call.customer == leg_id:
        wait_offers.handle_key(turn, call, digit)


def handle_timer(turn: Turn, call: Call) -> Call:
    """Handle the due prompts and choices of a waiting call."""
    if call.prompts.unplayed:
        turn.note(f"call {call.id}: a file of {call.prompts.unplayed} did not play; check Asterisk's sounds folder")
        call = turn.put(call.with_prompts(unplayed=""))
    if call.state is not State.WAITING:
        return call
    if call.prompts.offer_until is not None and call.prompts.offer_until <= turn.now:
        call = wait_offers.end_offer(turn, call)
    call = wait_offers.offer_choices(turn, call)
    if call.prompts.prompt_at is not None and call.prompts.prompt_at <= turn.now:
        call = queue_prompts.play_periodic(turn, call)
    return call
