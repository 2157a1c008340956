"""Whether an agent's phone can be reached: one that cannot is offered no call, one that is back is called at once.

Nothing here ends a leg or a call: a live leg is Asterisk's to end.
"""

from warmline.core.agents import agent, phone
from warmline.core.model.actions import HangUpLeg
from warmline.core.model.leg import Leg, Phase
from warmline.core.model.replace import replace
from warmline.core.model.session import Session
from warmline.core.state.world import Turn

FRESH = 1_000_000  # microseconds: a call to the phone that is younger went to the contact that is there now


def away(turn: Turn, line: str) -> None:
    """Offer no call to the agents of a phone that cannot be reached."""
    for session in [turn.world.sessions[user] for user in turn.world.session_index.on_phone(line)]:
        if not session.phone_loss.away_since:
            turn.note(f"phone {line} cannot be reached: agent {session.agent} is offered no call")
            agent.set_phone_away(turn, session, turn.now)


def back(turn: Turn, line: str) -> None:
    """Offer calls again to the agents of a phone that can be reached; one that is lost is called at once."""
    for session in [turn.world.sessions[user] for user in turn.world.session_index.on_phone(line)]:
        if session.phone_loss.away_since:
            turn.note(f"phone {line} can be reached again: agent {session.agent} is offered calls")
            session = agent.set_phone_away(turn, session, 0)
        if (
            session.phone_loss.rescue_until > turn.now or session.phone_loss.recall_until
        ):  # a try that outlasts its time is the last
            _call_at_once(turn, session)


def _call_at_once(turn: Turn, session: Session) -> None:
    """Call a lost phone now; a try that has not reached it may be on its way to the contact that it had before."""
    leg = turn.world.legs.get(session.leg or "")
    if leg and _is_under_way(turn, leg):
        turn.put(replace(leg, hangup_requested=True))
        turn.do(leg.owner, HangUpLeg(leg.id))
        session = turn.put(replace(session, leg=None))
    phone.call_again_if_lost(turn, session)


def _is_under_way(turn: Turn, leg: Leg) -> bool:
    return leg.originated and leg.phase < Phase.RINGING and leg.created + FRESH <= turn.now
