"""Answering-machine detection during an automatic call: Asterisk's AMD() listens to the lead, and no party waits.

A detector, a channel that hears the lead alone, runs AMD() in the dialplan and returns with the verdict. The lead never
leaves Warmline. A detector that fails changes nothing for the call. With TAKE, a machine is taken from an agent who has
certainly not spoken. For the message, a second detector waits until the machine is silent.
"""

import re

from warmline.core.agents import agent_speech
from warmline.core.calls.call_transitions import transition
from warmline.core.calls.lead import lead_outcome
from warmline.core.indexes.timers import TimerKind
from warmline.core.messages.dialler_messages import DETECTION_CONTEXT, SILENCE_CONTEXT, CreateDetector
from warmline.core.messages.leg_messages import ContinueInDialplan, HangUpLeg, LegArrived
from warmline.core.model.call import Call
from warmline.core.model.call_states import State
from warmline.core.model.dialler import Verdict
from warmline.core.model.leg import Leg
from warmline.core.model.transition_tables import Trigger
from warmline.core.replace import replace
from warmline.core.world.campaign_and_ingroup import get_campaign
from warmline.core.world.turn import Turn

AMD_OFF = "OFF"  # of the option `amd`
SILENCE_STATUS = "SILENCE"  # WAITSTATUS of WaitForSilence()
SILENCE_TIMEOUT_US = 65_000_000  # the dialplan waits for 60 s
DETECTION_STATES = (State.ANSWERED, State.RINGING_AGENT, State.TALKING)


def begin(turn: Turn) -> bool:
    """Let a detector listen to each lead whom this turn has answered. Return whether there is one.

    This comes after all other requests of the turn, so that lead and agent are connected first.
    """
    answered_calls = [
        call for call, is_open in turn.changes if is_open and isinstance(call, Call) and _is_due(turn, call)
    ]
    for call in answered_calls:
        _detect(turn, call)
    return bool(answered_calls)


def _is_due(turn: Turn, call: Call) -> bool:
    """Return whether a lead of the dialler has answered in this turn. An agent hears the answer of their own calls."""
    if (
        not call.is_automatic
        or call.state not in DETECTION_STATES
        or call.attempt.answered is None
        or call.attempt.amd.detector
    ):
        return False
    previous_call = turn.get_previous(call)
    return (
        previous_call is not None and previous_call.attempt.answered is None and get_campaign(turn, call).amd != AMD_OFF
    )


def _detect(turn: Turn, call: Call) -> Call:
    detector = turn.new_id()
    turn.do(call.id, CreateDetector(call.customer or "", detector, call.id))
    amd = replace(call.attempt.amd, detector=detector)
    return turn.put(call.with_attempt(amd=amd))


def handle_arrival(turn: Turn, event: LegArrived) -> None:
    """Handle a detector in Stasis: a new one, or one that returns with a verdict or a machine's silence."""
    _, call_id, *answers = (*event.args, "")
    call = turn.world.calls.get(call_id)
    leg = turn.world.legs.get(call.customer or "") if call else None
    if call is None or leg is None or leg.hangup_requested or call.attempt.amd.detector != event.leg:
        turn.do(event.leg, HangUpLeg(event.leg, server=event.server))
    elif not answers[0]:
        context = SILENCE_CONTEXT if call.state is State.MACHINE else DETECTION_CONTEXT
        turn.do(call.id, ContinueInDialplan(event.leg, context, call.id, server=event.server))
    else:
        turn.do(event.leg, HangUpLeg(event.leg, server=event.server))
        if call.state is State.MACHINE:
            transition(turn, call, Trigger.MACHINE_SILENT if answers[0] == SILENCE_STATUS else Trigger.CALL_GIVEN_UP)
        elif not call.attempt.amd.verdict:
            _record_verdict(turn, call, answers[0], cause=answers[1])


def _record_verdict(turn: Turn, call: Call, status: str, cause: str) -> None:
    verdict = Verdict(status) if status in list(Verdict) else Verdict.FAILED
    if verdict is Verdict.FAILED:
        turn.note("AMD() did not run: check app_amd.so and amd.conf with warmline doctor")
    amd = replace(call.attempt.amd, verdict=verdict, cause=re.sub(r"[^A-Z0-9-]", "", cause)[:40], at=turn.now)
    call = turn.put(call.with_attempt(amd=amd))
    if verdict is Verdict.MACHINE:
        take_machine(turn, call)
    else:
        agent_speech.stop_listening(turn, call)


def take_machine(turn: Turn, call: Call) -> None:
    """Take a machine from an agent who has certainly not spoken, and who has given no command for the call."""
    commands, verdict = call.commands, call.attempt.amd.verdict
    if verdict is not Verdict.MACHINE or call.state is not State.TALKING or commands.target or commands.queue:
        return
    if not agent_speech.is_quiet(turn, call):
        return
    call = turn.put(lead_outcome.with_machine_status(agent_speech.stop_listening(turn, call)))
    call = transition(turn, call, Trigger.MACHINE_TAKEN)
    if call.state is State.MACHINE:
        silent_by = turn.now + SILENCE_TIMEOUT_US
        amd = replace(call.attempt.amd, silent_by=silent_by)
        turn.wake(silent_by, TimerKind.CALL, call.id)
        _detect(turn, call.with_attempt(amd=amd))


def handle_agent_silence(turn: Turn, leg: str, *, is_on: bool) -> None:
    """Take a machine whose verdict came before Asterisk began to listen to the agent."""
    if call := agent_speech.record_listening(turn, leg, enabled=is_on):
        take_machine(turn, call)


def handle_failure(turn: Turn, leg: Leg) -> None:
    """Go on without the detector that was not created. A machine that waits for the message is hung up."""
    if call := turn.world.calls.get(leg.owner):
        give_up(turn, call)


def give_up(turn: Turn, call: Call) -> None:
    """Hang up a machine that was not silent in time."""
    if call.state is State.MACHINE:
        transition(turn, call, Trigger.CALL_GIVEN_UP)
