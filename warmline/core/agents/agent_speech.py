"""Knows whether an agent has spoken to an automatic call before the verdict of machine detection.

A call is taken from its agent only with a proof that the agent was silent. A failed request, missed events, another
phone and a voice before the detection runs all count as speech.
"""

from warmline.core.agents import agent_states
from warmline.core.messages.dialler_messages import DetectTalking, LegTalking
from warmline.core.model.call import Call
from warmline.core.model.dialler import AgentSpeech, Verdict
from warmline.core.replace import replace
from warmline.core.world.campaign_and_ingroup import get_campaign
from warmline.core.world.turn import Turn

AMD_TAKES_CALL = "TAKE"  # a value of the option `amd`
LISTENING_STATES = (AgentSpeech.REQUESTED, AgentSpeech.QUIET)
UNDECIDED_VERDICTS = (Verdict.NONE, Verdict.MACHINE)  # the verdict may still take the call from the agent


def start_listening(turn: Turn, call: Call) -> Call:
    """Listen to the agent who has just been connected, if the verdict may take the call from that agent."""
    amd, leg = call.attempt.amd, agent_states.find_agent_leg(turn, call.agent)
    is_undecided = amd.detector and amd.verdict in UNDECIDED_VERDICTS and not amd.agent_leg
    if not is_undecided or leg is None or get_campaign(turn, call).amd != AMD_TAKES_CALL:
        return call
    turn.do(call.id, DetectTalking(leg.id, on=True))
    return _store_speech(turn, call, AgentSpeech.REQUESTED, leg=leg.id)


def record_listening(turn: Turn, leg_id: str, *, enabled: bool) -> Call | None:
    """Return the call whose agent is silent from now on, because Asterisk has begun to listen; otherwise None."""
    call = _find_call(turn, leg_id)
    if not enabled or call is None or call.attempt.amd.speech is not AgentSpeech.REQUESTED:
        return None
    return _store_speech(turn, call, AgentSpeech.QUIET, leg=leg_id)


def record_speech(turn: Turn, event: LegTalking) -> None:
    """Record that the agent speaks."""
    call = _find_call(turn, event.leg)
    if call and call.attempt.amd.speech in LISTENING_STATES:
        call = stop_listening(turn, call)
        _store_speech(turn, call, AgentSpeech.SPOKE, leg=event.leg)


def forget_silence(turn: Turn, call: Call) -> None:
    """Count a silent agent as not known, because events of the leg may have been missed."""
    if call.attempt.amd.speech in LISTENING_STATES:
        _store_speech(turn, call, AgentSpeech.UNKNOWN, leg=call.attempt.amd.agent_leg)


def is_quiet(turn: Turn, call: Call) -> bool:
    """Return whether the agent of the call has certainly not spoken on the phone that they have now."""
    leg, amd = agent_states.find_agent_leg(turn, call.agent), call.attempt.amd
    return leg is not None and leg.id == amd.agent_leg and amd.speech is AgentSpeech.QUIET


def stop_listening(turn: Turn, call: Call) -> Call:
    """Stop listening to the agent, because nothing depends on it any more."""
    leg = call.attempt.amd.agent_leg
    if call.attempt.amd.speech not in LISTENING_STATES:
        return call
    if leg in turn.world.legs:
        turn.do(call.id, DetectTalking(leg, on=False))
    return _store_speech(turn, call, AgentSpeech.UNKNOWN, leg=leg)


def _find_call(turn: Turn, leg_id: str) -> Call | None:
    leg = turn.world.legs.get(leg_id)
    session = agent_states.find_session_by_leg(turn, leg) if leg else None
    call = turn.world.calls.get(session.call or "") if session else None
    return call if call and call.attempt.amd.agent_leg == leg_id else None


def _store_speech(turn: Turn, call: Call, speech: AgentSpeech, leg: str) -> Call:
    amd = replace(call.attempt.amd, speech=speech, agent_leg=leg)
    return turn.put(call.with_attempt(amd=amd))
