"""The time limits for an agent's states, of the campaign and of pause codes, each from the beginning of the state."""

from warmline.core.indexes.timers import TimerKind
from warmline.core.model.call_states import AgentState
from warmline.core.model.session import Session
from warmline.core.moment import SECOND_US
from warmline.core.rules.configuration import Campaign, Rules
from warmline.core.world.turn import Turn


def is_wrapping_up(session: Session) -> bool:
    """Return whether the code is given and the agent stays in DISPO only for the wrap-up."""
    return session.state is AgentState.DISPO and bool(session.last.status)


def find_state_end_us(session: Session, rules: Rules) -> int | None:
    """Return when the state ends by itself, in microseconds UTC, or None if it has no limit."""
    campaign = rules.campaign(session.campaign)
    if is_wrapping_up(session):
        agent = rules.agents.get(session.agent)
        override_seconds = agent.wrapup_seconds_override if agent else -1
        return session.since + (campaign.wrapup_seconds if override_seconds < 0 else override_seconds) * SECOND_US
    match session.state:
        case AgentState.DISPO:
            seconds = campaign.dispo_max
        case AgentState.DEAD:
            seconds = campaign.dead_max
        case AgentState.PAUSED:
            seconds = campaign.pause_max
        case _:
            return None
    state_limit_us = session.since + seconds * SECOND_US if seconds else None
    return min(filter(None, (state_limit_us, find_lost_phone_logout_us(session, campaign))), default=None)


def find_pause_limit_us(session: Session, rules: Rules) -> int | None:
    """Return until when the code of a pause allows it, in microseconds UTC, or None without a limit.

    The pause goes on after that; only the end of the state, `find_state_end_us`, ends it.
    """
    code = rules.pause_codes.get(session.pause_code) if session.state is AgentState.PAUSED else None
    return session.since + code.time_limit * SECOND_US if code and code.time_limit else None


def find_lost_phone_logout_us(session: Session, campaign: Campaign) -> int | None:
    """Return when an agent whose phone is lost is logged out, in microseconds UTC, or None."""
    return session.lost_since + campaign.lost_max * SECOND_US if session.lost_since and campaign.lost_max else None


def set_timers(turn: Turn, session: Session) -> None:
    """Set timers for the end of the session's state, and for the limit of a pause's code."""
    state_end_us = find_state_end_us(session, turn.world.rules)
    if state_end_us is not None:
        turn.wake(state_end_us, TimerKind.SESSION, session.agent)
    pause_limit_us = None if session.overdue else find_pause_limit_us(session, turn.world.rules)
    if pause_limit_us is not None:
        turn.wake(pause_limit_us, TimerKind.SESSION, session.agent)
