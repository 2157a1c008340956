"""The customer's exit after the call: the dialplan's [warmline-after] instead of a hang-up.

The customer takes it when the others have gone: the third party after the agent's leave, or the agent, if the campaign
has `continue_after_hangup`. dialplan/warmline.conf has the context, and hangs up if [warmline-after] has gone by then.
"""

from warmline.core.model.call import Call
from warmline.core.world.campaign_and_ingroup import get_campaign
from warmline.core.world.turn import Turn

AFTER_CALL_CONTEXT = "warmline-after-call"  # a context of dialplan/warmline.conf; extensions are calls
ENDED_BY_THIRD = "third"  # the call's `ended_by`
ENDED_BY_AGENT = ("agent", "agent_hung_up")  # with a command, or by putting the phone down
CONTINUATION_STEP = "after the call: the customer continues at [warmline-after]"


def choose_exit(turn: Turn, call: Call) -> Call:
    """Return the call, which ends, with its customer's exit if that is [warmline-after].

    The exit is stored before the customer leaves, so a restart repeats the same request.
    """
    if call.queueing.exit or not _is_continuing(turn, call):
        return call
    steps = (*call.queueing.why, CONTINUATION_STEP)
    return turn.put(call.with_queueing(exit=f"{AFTER_CALL_CONTEXT},{call.id}", why=steps))


def _is_continuing(turn: Turn, call: Call) -> bool:
    """Return whether the customer continues. The dialplan of a dialled customer is not known; the option decides."""
    if call.outcome.connected is None:
        return False
    has_option = get_campaign(turn, call).continue_after_hangup == "Y"
    has_context = has_option if call.is_outbound else call.queueing.after
    ended_by = call.outcome.ended_by
    return has_context and (ended_by == ENDED_BY_THIRD or (has_option and ended_by in ENDED_BY_AGENT))
