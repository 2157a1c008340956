"""A phone logs in again although its agent's session still has a leg: the new leg takes the old one's place.

The old leg belongs to a phone that died without a word, or to another device of the same account. The new one is taken
once it is answered, so that a call that is not completed costs nobody the seat.
"""

from warmline.core.agents import agent, login, supervision
from warmline.core.calls import leg_loss
from warmline.core.model.actions import AnswerLeg, HangUpLeg, Play
from warmline.core.model.call_states import LAYOUT, State
from warmline.core.model.events import LegArrived
from warmline.core.model.leg import Leg, Phase, Role
from warmline.core.model.replace import replace
from warmline.core.model.session import Session
from warmline.core.state.world import Turn


def begins(turn: Turn, event: LegArrived) -> bool:
    """Take in the phone of an agent whose session has a leg, or whose call is being rescued; else return False."""
    user = event.args[1] if len(event.args) > 1 else ""
    if not _may_replace(turn, user):
        return False
    phase = Phase.UP if event.up else Phase.ARRIVED
    leg = turn.put(
        Leg(
            id=event.leg,
            role=Role.RETURNING,
            owner=user,
            server=event.server,
            number=event.number[:80],
            created=turn.now,
            phase=phase,
        )
    )
    go_on(turn, leg)
    return True


def go_on(turn: Turn, leg: Leg) -> None:
    """Answer the new leg; once it is answered, give it the old one's place. A session that has ended needs it not."""
    if not _may_replace(turn, leg.owner):
        turn.put(replace(leg, hangup_requested=True))
        turn.do(leg.owner, HangUpLeg(leg.id))
    elif leg.phase is Phase.UP:
        _take_over(turn, turn.world.sessions[leg.owner], leg)
    else:
        turn.do(leg.owner, AnswerLeg(leg.id))


def _may_replace(turn: Turn, user: str) -> bool:
    """Whether this agent's own phone may take the place of the leg that the session has.

    The login script has proved the endpoint, and asked for the PIN if there is one. A phone that rings for a call is
    to be answered, and one that is called to log in, too.
    """
    session, known = turn.world.sessions.get(user), turn.world.rules.agents.get(user)
    if session is None or known is None or session.login or session.phone != known.phone:
        return False
    if turn.world.session_index.on_phone(known.phone) != (user,):
        return False
    if _is_rescued(turn, session):
        return True
    old = turn.world.legs.get(session.leg or "")
    return old is not None and old.phase is Phase.UP and (session.call is not None or not session.on_hook)


def _is_rescued(turn: Turn, session: Session) -> bool:
    call = turn.world.calls.get(session.call or "")
    return call is not None and call.agent == session.agent and call.state is State.RESCUE


def _take_over(turn: Turn, session: Session, leg: Leg) -> None:
    """Seat the new leg, or bring it to where the old one was in the call; hang the old one up."""
    old = turn.world.legs.get(session.leg or "")
    rescued = _is_rescued(turn, session)
    turn.note(f"agent {session.agent} logs in again on phone {session.phone}: leg {leg.id} replaces {session.leg}")
    leg = replace(
        leg,
        role=Role.AGENT,
        prompt=session.call is None,
        supervision=replace(leg.supervision, heard_by=old.supervision.heard_by if old else ()),
    )
    turn.put(leg)
    if old:
        turn.put(replace(old, supervision=replace(old.supervision, heard_by=())))
    session = login.leave_phone(turn, session)
    session = turn.put(replace(session, leg=leg.id, phone_loss=replace(session.phone_loss, recall_until=0)))
    session = agent.set_phone_away(turn, session, 0)
    supervision.listen_anew(turn, leg)
    if session.call is None:
        turn.do(session.agent, Play(leg.id, login.LOGIN_OK, login.play_id(leg.id)))
        return
    call = turn.world.calls[session.call]
    if old and call.third == old.id:
        call = turn.put(replace(call, third=leg.id))
    if rescued:
        leg_loss.agent_back(turn, call)
    if LAYOUT[call.commands.target or call.state].agent is None:
        agent.to_idle(turn, leg)
    turn.touch(call.id)
