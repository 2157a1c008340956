"""Which message is played to a call before it ends."""

from warmline.core.model.call import Call
from warmline.core.model.call_states import State
from warmline.core.world.campaign_and_ingroup import get_campaign
from warmline.core.world.turn import Turn


def choose_message(turn: Turn, call: Call, previous_state: State) -> Call:
    """Choose the message of a call after `previous_state`: for a drop, an unanswered call, or a voicemail."""
    if call.attempt.drop_at is not None:
        message = get_campaign(turn, call).safe_harbor_audio
    elif previous_state is State.WAITING:
        message = call.prompts.message
    elif call.consultation.unanswered or previous_state is State.RESCUE:
        message = get_campaign(turn, call).unanswered_message
    else:
        message = call.prompts.vm_message or get_campaign(turn, call).am_message_exten
    return turn.put(call.with_prompts(message=message))
