"""A browser phone whose page was closed or reloaded: away, back, or lost after `browser_grace_seconds`.

A leg that ends and a page that goes are two facts. The leg is Asterisk's, and a page that is reloaded brings a new one
soon. A page that stays away is a lost phone: its leg is hung up, and the loss of a phone follows.
"""

from warmline.core.agents import agent_states
from warmline.core.indexes.timers import TimerKind
from warmline.core.model.call_states import State
from warmline.core.model.leg import Leg
from warmline.core.model.session import Session
from warmline.core.moment import SECOND_US
from warmline.core.world.turn import Turn

CHECK_INTERVAL_US = 2 * SECOND_US  # between two checks whether a three-way call is still one


def record_page_away(turn: Turn, user: str, page: str) -> None:
    """Record that the page is away. The agent is offered no call, and the leg stays for `browser_grace_seconds`."""
    session = turn.world.sessions.get(user)
    if session is None or session.phone_loss.page_away_since or not _is_leg_of_page(turn, session, page):
        return
    turn.note(f"the page with the browser phone of agent {user} is away")
    session = turn.put(session.with_phone_loss(page_away_since=turn.now))
    agent_states.update_availability(turn, session)
    set_timer(turn, session)


def record_page_back(turn: Turn, user: str, page: str) -> None:
    """Record that the page is there again with the same leg."""
    session = turn.world.sessions.get(user)
    if session and session.phone_loss.page_away_since and _is_leg_of_page(turn, session, page):
        turn.note(f"the page with the browser phone of agent {user} is back")
        session = turn.put(session.with_phone_loss(page_away_since=0))
        agent_states.update_availability(turn, session)


def set_timer(turn: Turn, session: Session) -> None:
    """Set a timer for the end of the leg whose page is away."""
    if session.phone_loss.page_away_since:
        leg_end_us = max(_find_leg_end_us(turn, session), turn.now)
        turn.wake(min(leg_end_us, turn.now + CHECK_INTERVAL_US), TimerKind.SESSION, session.agent)


def handle_timer(turn: Turn, session: Session) -> None:
    """Hang up the leg if its page has been away for too long."""
    leg = turn.world.legs.get(session.leg or "")
    if not session.phone_loss.page_away_since or leg is None or leg.hangup_requested:
        return
    if leg.server in turn.world.held_servers:
        return
    if _find_leg_end_us(turn, session) > turn.now:
        set_timer(turn, session)
        return
    turn.note(f"the page with the browser phone of agent {session.agent} stays away; leg {leg.id} is hung up")
    agent_states.hang_up_phone(turn, session)


def _find_leg_end_us(turn: Turn, session: Session) -> int:
    """Return when the leg is given up. The end of the leg would be a leave of a three-way call, which waits longer."""
    campaign = turn.world.rules.campaign(session.campaign)
    seconds = campaign.browser_grace_seconds
    call = turn.world.calls.get(session.call or "")
    if call and call.agent == session.agent and call.state is State.THREE_WAY:
        seconds += campaign.agent_rescue_seconds
    return session.phone_loss.page_away_since + seconds * SECOND_US


def _is_leg_of_page(turn: Turn, session: Session, page: str) -> bool:
    leg: Leg | None = turn.world.legs.get(session.leg or "")
    return session.browser and leg is not None and leg.page == page
