"""Queries to the database about numbers. Each belongs to an agent's session, or to the leg that redirects.

A query about a number that counts for a daily limit waits until the agent's previous query is answered and decided.
Otherwise a hundred queries at once would all see the same count.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from warmline.core.indexes.timers import TimerKind
from warmline.core.messages.commands import Ask
from warmline.core.messages.dial_facts_messages import FindDialFacts
from warmline.core.model.dial_check import DialCheck
from warmline.core.model.leg import Leg
from warmline.core.model.session import Session
from warmline.core.replace import replace
from warmline.core.rules import dial_rules
from warmline.core.rules.configuration import Campaign
from warmline.core.world.turn import Turn
from warmline.core.world.world import World

ANSWER_TIMEOUT_US = 4_000_000  # microseconds for the database's answer; a command is answered within 5 s


def make_query(
    turn: Turn, check: str, agent: str, campaign: Campaign, number: str, callback: str = ""
) -> FindDialFacts:
    """Return the query about a number for the agent's campaign. `check` is the receipt or the leg."""
    since = find_midnight_us(turn.machine_time, turn.world.rules.timezone) if campaign.daily_limit_manual else 0
    readings = tuple(sorted(dial_rules.list_readings(campaign, number)))
    return FindDialFacts(check, agent, campaign.id, number, readings, turn.machine_time, since, callback)


def begin_query(turn: Turn, session: Session, asked: FindDialFacts, ask: Ask | None = None) -> None:
    """Start a query for this agent. The command `ask`, if given, waits for the answer."""
    waits = bool(asked.since) and any(one.question.since and one.facts is None for one in session.dial_checks)
    check = DialCheck(question=asked, asked=turn.now, ask=ask, begun=not waits)
    needed = (one for one in session.dial_checks if one.facts is None or one.id in turn.world.receipts)
    turn.put(replace(session, dial_checks=(*needed, check)))
    turn.wake(turn.now + ANSWER_TIMEOUT_US, TimerKind.SESSION, session.agent)
    if check.begun:
        turn.do(asked.check, asked)


def begin_redirect_query(turn: Turn, leg: Leg, asked: FindDialFacts) -> None:
    """Start a query about the number to which this leg redirects."""
    turn.put(leg.with_dialling(redirect_check=DialCheck(question=asked, asked=turn.now)))
    turn.wake(turn.now + ANSWER_TIMEOUT_US, TimerKind.LEG, leg.id)
    turn.do(leg.owner, asked)


def begin_next_query(turn: Turn, agent: str) -> None:
    """Start the agent's next query after the previous one has been decided."""
    session = turn.world.sessions.get(agent)
    if session is None or any(one.begun and one.question.since and one.facts is None for one in session.dial_checks):
        return
    if waiting := next((one for one in session.dial_checks if not one.begun), None):
        put_check(turn, session, replace(waiting, begun=True))
        turn.do(waiting.id, waiting.question)


def put_check(turn: Turn, session: Session, check: DialCheck) -> Session:
    """Return the session with one of its checks changed."""
    checks = tuple(check if one.id == check.id else one for one in session.dial_checks)
    return turn.put(replace(session, dial_checks=checks))


def find_check(world: World, agent: str, check: str) -> DialCheck | None:
    """Return the agent's check with this id, or None."""
    session = world.sessions.get(agent)
    return next((one for one in session.dial_checks if one.id == check), None) if session else None


def drop_check(turn: Turn, agent: str, check: str) -> None:
    """Remove a check whose number has been dialled, or is not dialled after all."""
    session = turn.world.sessions.get(agent)
    if session and session.dial_checks and any(one.id == check for one in session.dial_checks):
        turn.put(replace(session, dial_checks=tuple(one for one in session.dial_checks if one.id != check)))


def find_midnight_us(now: int, zone: str) -> int:
    """Return when the day began in that time zone; both times in microseconds UTC."""
    here = datetime.fromtimestamp(now / 1_000_000, ZoneInfo(zone))
    return int(here.replace(hour=0, minute=0, second=0, microsecond=0).timestamp()) * 1_000_000
