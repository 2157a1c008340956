"""The reachability of agents' phones. A phone that cannot be reached gets no call. When it is back, it is called.

Nothing here ends a leg or a call; only Asterisk ends a live leg.
"""

from warmline.core.agents import agent_states, phone_call_back
from warmline.core.messages.leg_messages import HangUpLeg
from warmline.core.model.leg import Leg, Phase
from warmline.core.model.session import Session
from warmline.core.replace import replace
from warmline.core.world.turn import Turn

FRESH_CALL_US = 1_000_000  # a younger call to the phone went to its current contact


def record_phone_away(turn: Turn, line: str) -> None:
    """Stop offering calls to the agents of a phone that cannot be reached."""
    for session in [turn.world.sessions[user] for user in turn.world.session_index.list_phone_agents(line)]:
        if not session.phone_loss.away_since:
            turn.note(f"phone {line} cannot be reached: agent {session.agent} is offered no call")
            agent_states.set_phone_away(turn, session, turn.now)


def record_phone_back(turn: Turn, line: str) -> None:
    """Offer calls again to the agents of a reachable phone. A lost phone is called immediately."""
    for session in [turn.world.sessions[user] for user in turn.world.session_index.list_phone_agents(line)]:
        if session.phone_loss.away_since:
            turn.note(f"phone {line} can be reached again: agent {session.agent} is offered calls")
            session = agent_states.set_phone_away(turn, session, 0)
        # A try that lasts beyond its time is the last one.
        if session.phone_loss.rescue_until > turn.now or session.phone_loss.recall_until:
            _call_immediately(turn, session)


def _call_immediately(turn: Turn, session: Session) -> None:
    """Call a lost phone now. A try that does not ring yet is replaced; it may go to an old contact."""
    leg = turn.world.legs.get(session.leg or "")
    if leg and _is_setting_up(turn, leg):
        turn.put(replace(leg, hangup_requested=True))
        turn.do(leg.owner, HangUpLeg(leg.id))
        session = turn.put(replace(session, leg=None))
    phone_call_back.call_if_lost(turn, session)


def _is_setting_up(turn: Turn, leg: Leg) -> bool:
    return leg.originated and leg.phase < Phase.RINGING and leg.created + FRESH_CALL_US <= turn.now
