"""An agent's number outside: the person who answers it presses a key, so that a voicemail takes no caller."""

from warmline.core.agents import agent_states
from warmline.core.calls import leg_answer_and_loss
from warmline.core.indexes.timers import TimerKind
from warmline.core.messages.audio_messages import Play, StopPlay
from warmline.core.messages.leg_messages import HangUpLeg
from warmline.core.model.leg import Leg
from warmline.core.moment import SECOND_US
from warmline.core.replace import replace
from warmline.core.world.turn import Turn

KEY_TIMEOUT_US = 15 * SECOND_US  # from the answer
PROMPT_PAUSE_US = 1 * SECOND_US
PROMPT_FILE = "vm-press"
KEY_FILES = {"*": "star", "#": "pound"}  # a digit is its own file


def ask_for_key(turn: Turn, leg: Leg) -> bool:
    """Ask the person who has answered an agent's outside number for the key. Return False if none is needed."""
    session = agent_states.find_session_by_leg(turn, leg)
    agent = turn.world.rules.agents.get(session.agent) if session else None
    if session is None or not session.outside or agent is None or not agent.accept_key:
        return False
    deadline_us = turn.now + KEY_TIMEOUT_US
    leg = turn.put(replace(leg, prompt=True, accept=agent.accept_key, accept_until=deadline_us))
    turn.wake(deadline_us, TimerKind.LEG, leg.id)
    _play_prompt(turn, leg)
    return True


def handle_prompt_end(turn: Turn, leg: Leg, media_id: str) -> None:
    """Repeat the prompt after a pause."""
    if media_id == leg.media:
        turn.put(replace(leg, media=""))
        turn.wake(turn.now + PROMPT_PAUSE_US, TimerKind.LEG, leg.id)


def handle_timer(turn: Turn, leg: Leg) -> None:
    """Hang up a phone on which the key was not pressed in time, as if it had not been answered; otherwise ask again."""
    if leg.accept_until <= turn.now:
        turn.put(replace(leg, hangup_requested=True))
        turn.do(leg.owner, HangUpLeg(leg.id))
    elif not leg.media:
        _play_prompt(turn, leg)


def handle_key(turn: Turn, leg_id: str, digit: str) -> bool:
    """Handle a key of a phone that is asked for one. Return False for any other phone."""
    leg = turn.world.legs.get(leg_id)
    if leg is None or not leg.accept:
        return False
    if digit == leg.accept and not leg.hangup_requested:
        _accept_key(turn, leg)
    return True


def resume_prompt(turn: Turn, leg: Leg) -> None:
    """Ask again after a restart, in which a key may have been lost."""
    if leg.media:
        turn.do(_get_order_key(turn, leg), StopPlay(leg.id, leg.media))
    turn.wake(leg.accept_until, TimerKind.LEG, leg.id)
    _play_prompt(turn, leg)


def _accept_key(turn: Turn, leg: Leg) -> None:
    """Bring the agent to the call, as any other phone that has been answered. Asterisk moves no leg in a prompt."""
    if leg.media:
        turn.do(_get_order_key(turn, leg), StopPlay(leg.id, leg.media))
    leg = turn.put(replace(leg, prompt=False, accept="", accept_until=0, media=""))
    leg_answer_and_loss.handle_agent_answer(turn, leg)
    if call := leg_answer_and_loss.find_call_of_leg(turn, leg):
        turn.touch(call.id)


def _play_prompt(turn: Turn, leg: Leg) -> None:
    leg = turn.put(replace(leg, media=f"accept-{leg.id}-{turn.now}"))
    files = f"sound:{PROMPT_FILE}|digits/{KEY_FILES.get(leg.accept, leg.accept)}"
    turn.do(_get_order_key(turn, leg), Play(leg.id, files, leg.media))


def _get_order_key(turn: Turn, leg: Leg) -> str:
    """Return the order key of the actions that bring the leg into its bridge, so that a stop comes before them."""
    session = agent_states.find_session_by_leg(turn, leg)
    return (session.call if session else None) or leg.owner
