"""The replacement of an agent's leg by a new login from the same phone, or by the offer of a browser phone.

The old leg belongs to a phone that died without a hang-up, to another device of the same account, or to an earlier
page. The new leg replaces it after the answer, so an incomplete login or offer changes nothing. A browser phone
also comes in this way if there is no old leg: at the login, and after a loss.

The leg of a browser phone joins the bridge before the old one leaves it. Asterisk translates its codec for the others.
If the old leg left first, their translators would take packets of the new one with lower numbers for late ones, and
drop them. With three legs in the bridge the translators begin again.
"""

from warmline.core.agents import agent_states, login, moved_supervisors, phone_call_back, remote_login, supervision
from warmline.core.calls import rescue
from warmline.core.indexes.timers import TimerKind
from warmline.core.messages.audio_messages import Play
from warmline.core.messages.leg_messages import AnswerLeg, HangUpLeg, LegArrived
from warmline.core.model.call_states import LAYOUT, LegBridge, State
from warmline.core.model.leg import Leg, Phase, Role
from warmline.core.model.session import Session
from warmline.core.replace import replace
from warmline.core.world.turn import Turn

JOIN_TIMEOUT_US = 2_000_000  # until the old leg is hung up in any case


def accept_phone(turn: Turn, event: LegArrived) -> bool:
    """Accept the phone of an agent whose session has a leg or whose call is being rescued. Return whether it did.

    The arguments of the leg are its kind, the agent, and the page of a browser phone.
    """
    user, page = event.get_argument(1), event.get_argument(2)
    if not _can_replace(turn, user, page=page, server=event.server):
        return False
    phase = Phase.UP if event.up else Phase.ARRIVED
    leg = turn.put(
        Leg(
            id=event.leg,
            role=Role.RETURNING,
            owner=user,
            server=event.server,
            number=event.number[:80],
            page=page,
            created=turn.now,
            phase=phase,
        )
    )
    continue_replacement(turn, leg)
    return True


def continue_replacement(turn: Turn, leg: Leg) -> None:
    """Answer the new leg. After the answer, it replaces the old leg, or is hung up if the session has ended."""
    if not _can_replace(turn, leg.owner, page=leg.page, server=leg.server):
        turn.put(replace(leg, hangup_requested=True))
        turn.do(leg.owner, HangUpLeg(leg.id))
    elif leg.phase is Phase.UP:
        _replace_leg(turn, turn.world.sessions[leg.owner], leg)
    else:
        turn.do(leg.owner, AnswerLeg(leg.id))


def _can_replace(turn: Turn, user: str, *, page: str, server: str) -> bool:
    """Return whether the agent's own phone may replace the leg of the session.

    The login script has checked the endpoint and the PIN, if there is one. It may not replace a phone that rings for a
    call or for a login, because that phone must be answered. A browser phone, which has a page, always may: the token
    has named its agent. Either one has to be on the server of the agent's call.
    """
    session, agent = turn.world.sessions.get(user), turn.world.rules.agents.get(user)
    call = turn.world.calls.get((session.call if session else None) or "")
    if call and call.server != server:
        return False
    if page:
        return session is not None and session.browser
    if session is None or agent is None or session.login or session.phone != agent.phone:
        return False
    if turn.world.session_index.list_phone_agents(agent.phone) != (user,):
        return False
    if _is_call_rescued(turn, session):
        return True
    old_leg = turn.world.legs.get(session.leg or "")
    return old_leg is not None and old_leg.phase is Phase.UP and (session.call is not None or not session.on_hook)


def _is_call_rescued(turn: Turn, session: Session) -> bool:
    call = turn.world.calls.get(session.call or "")
    return call is not None and call.agent == session.agent and call.state is State.RESCUE


def _replace_leg(turn: Turn, session: Session, leg: Leg) -> None:
    """Use the new leg instead of the old one, and hang up the old one."""
    old_leg = turn.world.legs.get(session.leg or "")
    if old_leg or not session.browser:
        turn.note(
            f"agent {session.agent} logs in again on phone {session.phone_name}: leg {leg.id} replaces {session.leg}"
        )
    is_call_rescued = _is_call_rescued(turn, session)
    session, leg = _take_over_supervision(turn, session, leg, old_leg=old_leg)
    session, leg = _install_leg(turn, session, leg, old_leg=old_leg)
    if session.call is None:
        _welcome_idle_agent(turn, session, leg)
    else:
        _rejoin_call(turn, session, leg, old_leg=old_leg, is_call_rescued=is_call_rescued)


def _take_over_supervision(turn: Turn, session: Session, leg: Leg, *, old_leg: Leg | None) -> tuple[Session, Leg]:
    """Make the new leg an agent's, with the supervisors of the old one. On another server they are called again."""
    heard_by = old_leg.supervision.heard_by if old_leg else ()
    if old_leg and old_leg.server != leg.server:
        session, heard_by = moved_supervisors.hang_up_supervisors(turn, session), ()
    hears_prompt = session.call is None and not session.browser
    leg = turn.put(replace(leg.with_supervision(heard_by=heard_by), role=Role.AGENT, prompt=hears_prompt))
    if old_leg:
        turn.put(old_leg.with_supervision(heard_by=()))
    return session, leg


def _install_leg(turn: Turn, session: Session, leg: Leg, *, old_leg: Leg | None) -> tuple[Session, Leg]:
    """Give the new leg to the session. Its supervisors hear it from now on."""
    session, leg = _release_old_leg(turn, session, leg, old_leg=old_leg)
    session = turn.put(replace(session.with_phone_loss(recall_until=0, page_away_since=0), leg=leg.id))
    session = agent_states.set_phone_away(turn, session, 0)
    supervision.replace_snoop_channels(turn, leg)
    moved_supervisors.reconnect_supervisors(turn, session.agent)
    return session, leg


def _release_old_leg(turn: Turn, session: Session, leg: Leg, *, old_leg: Leg | None) -> tuple[Session, Leg]:
    """Hang up the old leg, or let a browser phone's stay until the new one is in its bridge."""
    if old_leg is None or not leg.page or old_leg.bridge is None or old_leg.hangup_requested:
        return login.release_phone(turn, session, answered_elsewhere=True), leg
    leg = turn.put(replace(leg, replaces=old_leg.id))
    turn.wake(turn.now + JOIN_TIMEOUT_US, TimerKind.LEG, leg.id)
    return login.release_phone(turn, replace(session, leg=None)), leg


def _rejoin_call(turn: Turn, session: Session, leg: Leg, *, old_leg: Leg | None, is_call_rescued: bool) -> None:
    """Let the new leg take the place of the old one in the agent's call, whose next check moves it there."""
    call = turn.world.calls[session.call or ""]
    is_old_third = old_leg is not None and call.third == old_leg.id
    is_missing_closer = old_leg is None and call.third is None and call.consultation.closer == session.agent
    if is_old_third or is_missing_closer:
        call = turn.put(replace(call, third=leg.id))
    if call.state is State.RINGING_AGENT and call.parking.customer_place is LegBridge.HOLDING:
        call = turn.put(call.with_parking(customer_place=LegBridge.MIXING))
    if is_call_rescued:
        rescue.resume_after_rescue(turn, call)
    if LAYOUT[call.commands.target or call.state].agent is None:
        agent_states.make_idle(turn, leg)
    turn.touch(call.id)


def hang_up_old_leg(turn: Turn, leg: Leg) -> None:
    """Hang up the leg that this one replaces: it has joined the bridge, has ended, or was too slow."""
    old_leg = turn.world.legs.get(leg.replaces)
    if leg.id in turn.world.legs:
        turn.put(replace(turn.world.legs[leg.id], replaces=""))
    if old_leg and not old_leg.hangup_requested:
        turn.put(replace(old_leg, hangup_requested=True))
        turn.do(old_leg.owner, HangUpLeg(old_leg.id))


def _welcome_idle_agent(turn: Turn, session: Session, leg: Leg) -> None:
    """Let the new leg hear the prompt of a login. A browser phone that only came back is idle immediately."""
    if session.login:
        remote_login.handle_answer(turn, session, leg)
    elif session.browser:
        phone_call_back.handle_answer(turn, session, leg)
    else:
        turn.do(session.agent, Play(leg.id, login.LOGIN_OK_SOUND, login.to_playback_id(leg.id)))
