"""The line on which an on_hook agent types the keys of one command between calls. It ends with the answer."""

from warmline.core.agents import agent_states, login
from warmline.core.indexes.timers import TimerKind
from warmline.core.messages.audio_messages import Play
from warmline.core.messages.leg_messages import AnswerLeg, HangUpLeg, LegArrived
from warmline.core.model.leg import Leg, Phase, Role
from warmline.core.model.session import Session, TypedKeys
from warmline.core.replace import make_record, replace
from warmline.core.world.turn import Turn

KEY_TIMEOUT_US = 20_000_000  # without a key, until the line is hung up


def open_line(turn: Turn, event: LegArrived) -> None:
    """Wait for the keys of an on_hook agent, who gets no call in this time. Any other phone hears a refusal."""
    user = event.args[1] if len(event.args) > 1 else ""
    session = turn.world.sessions.get(user)
    if session is None or not _may_type(turn, session):
        login.refuse_leg(turn, event)
        return
    phase = Phase.UP if event.up else Phase.ARRIVED
    turn.put(
        Leg(
            id=event.leg,
            role=Role.KEYS,
            owner=user,
            server=event.server,
            number=event.number[:80],
            created=turn.now,
            phase=phase,
        )
    )
    if not event.up:
        turn.do(user, AnswerLeg(event.leg))
    session = turn.put(replace(session, typed=make_record(TypedKeys, since=turn.now, line=event.leg)))
    turn.wake(turn.now + KEY_TIMEOUT_US, TimerKind.SESSION, user)
    agent_states.update_availability(turn, session)


def _may_type(turn: Turn, session: Session) -> bool:
    has_keys = turn.world.rules.campaign(session.campaign).feature_keys == "Y"
    return has_keys and session.on_hook and session.leg is None and not session.typed.line


def play_answer(turn: Turn, session: Session, media: str) -> bool:
    """Play the answer to keys on the agent's line, which then ends. Return False if there is no such line."""
    leg = turn.world.legs.get(session.typed.line)
    if leg is None:
        return False
    if not leg.prompt and not leg.hangup_requested:
        turn.put(replace(leg, prompt=True))
        turn.do(leg.owner, Play(leg.id, media))
    return True


def hang_up_line(turn: Turn, session: Session) -> None:
    """Hang up the line, if there is one."""
    leg = turn.world.legs.get(session.typed.line)
    if leg and not leg.hangup_requested:
        turn.put(replace(leg, hangup_requested=True))
        turn.do(leg.owner, HangUpLeg(leg.id))


def handle_timer(turn: Turn, session: Session) -> None:
    """Hang up a line on which no key was typed in time."""
    if not session.typed.line:
        return
    key_timeout_at_us = session.typed.since + KEY_TIMEOUT_US
    if key_timeout_at_us <= turn.now:
        hang_up_line(turn, session)
    else:
        turn.wake(key_timeout_at_us, TimerKind.SESSION, session.agent)


def handle_line_end(turn: Turn, leg: Leg) -> None:
    """Let the agent have calls again after the line has ended."""
    session = turn.world.sessions.get(leg.owner)
    if session and session.typed.line == leg.id:
        agent_states.update_availability(turn, turn.put(replace(session, typed=TypedKeys())))
