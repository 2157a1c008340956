"""How long an agent may stay in a state: the campaign's times, each counted from when the state began."""

from warmline.core.model.session import AgentState, Session
from warmline.core.rules.configuration import Campaign
from warmline.core.state.timers import TimerKind
from warmline.core.state.world import Turn

SECOND = 1_000_000


def wraps_up(session: Session) -> bool:
    """Whether he has given the code of the call and only `wrapup_seconds` keep him in DISPO."""
    return session.state is AgentState.DISPO and bool(session.last.status)


def ends_at(session: Session, campaign: Campaign) -> int | None:
    """When the session's state ends by itself, in microseconds UTC; None: somebody else must end it."""
    if wraps_up(session):
        return session.since + campaign.wrapup_seconds * SECOND
    limits = {
        AgentState.DISPO: campaign.dispo_max,
        AgentState.DEAD: campaign.dead_max,
        AgentState.PAUSED: campaign.pause_max,
    }
    seconds = limits.get(session.state, 0)
    return session.since + seconds * SECOND if seconds else None


def watch(turn: Turn, session: Session) -> None:
    """Be called when the session's state has lasted as long as it may."""
    at = ends_at(session, turn.world.rules.campaign(session.campaign))
    if at is not None:
        turn.wake(at, TimerKind.SESSION, session.agent)
