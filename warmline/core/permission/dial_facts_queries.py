"""Queries to the database about numbers. Each belongs to an agent's session, or to the leg that redirects.

A query about a number that counts for a daily limit waits until the agent's previous query is answered and decided.
Otherwise a hundred queries in parallel would all see the same count.
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

ANSWER_TIMEOUT_US = 4_000_000  # a command is answered within 5 s


def make_query(
    turn: Turn, check_id: str, user: str, campaign: Campaign, number: str, callback: str = ""
) -> FindDialFacts:
    """Return the query about a number for the agent's campaign. `check_id` is the receipt or the leg."""
    day_start_us = find_midnight_us(turn.machine_time, turn.world.rules.timezone) if campaign.daily_limit_manual else 0
    readings = tuple(sorted(dial_rules.list_readings(campaign, number)))
    return FindDialFacts(
        check_id,
        user,
        campaign.id,
        number=number,
        readings=readings,
        at=turn.machine_time,
        since=day_start_us,
        callback=callback,
    )


def begin_query(turn: Turn, session: Session, query: FindDialFacts, request: Ask | None = None) -> None:
    """Start a query for this agent. The command `request`, if given, waits for the answer."""
    must_wait = bool(query.since) and any(
        earlier_check.question.since and earlier_check.facts is None for earlier_check in session.dial_checks
    )
    check = DialCheck(question=query, asked=turn.now, ask=request, begun=not must_wait)
    needed_checks = (
        earlier_check
        for earlier_check in session.dial_checks
        if earlier_check.facts is None or earlier_check.id in turn.world.receipts
    )
    turn.put(replace(session, dial_checks=(*needed_checks, check)))
    turn.wake(turn.now + ANSWER_TIMEOUT_US, TimerKind.SESSION, session.agent)
    if check.begun:
        turn.do(query.check, query)


def begin_redirect_query(turn: Turn, leg: Leg, query: FindDialFacts) -> None:
    """Start a query about the number to which this leg redirects."""
    turn.put(leg.with_dialling(redirect_check=DialCheck(question=query, asked=turn.now)))
    turn.wake(turn.now + ANSWER_TIMEOUT_US, TimerKind.LEG, leg.id)
    turn.do(leg.owner, query)


def begin_next_query(turn: Turn, user: str) -> None:
    """Start the agent's next query after the previous one has been decided."""
    session = turn.world.sessions.get(user)
    if session is None or any(
        check.begun and check.question.since and check.facts is None for check in session.dial_checks
    ):
        return
    if next_check := next((check for check in session.dial_checks if not check.begun), None):
        put_check(turn, session, replace(next_check, begun=True))
        turn.do(next_check.id, next_check.question)


def put_check(turn: Turn, session: Session, check: DialCheck) -> Session:
    """Return the session with one of its checks changed."""
    checks = tuple(check if existing_check.id == check.id else existing_check for existing_check in session.dial_checks)
    return turn.put(replace(session, dial_checks=checks))


def find_check(world: World, user: str, check_id: str) -> DialCheck | None:
    """Return the agent's check with this id, or None."""
    session = world.sessions.get(user)
    return next((check for check in session.dial_checks if check.id == check_id), None) if session else None


def drop_check(turn: Turn, user: str, check_id: str) -> None:
    """Remove a check whose number has been dialled, or is not dialled after all."""
    session = turn.world.sessions.get(user)
    if session and session.dial_checks and any(check.id == check_id for check in session.dial_checks):
        turn.put(replace(session, dial_checks=tuple(check for check in session.dial_checks if check.id != check_id)))


def find_midnight_us(now_us: int, zone: str) -> int:
    """Return when the day began in that time zone; both in UTC."""
    local_time = datetime.fromtimestamp(now_us / 1_000_000, ZoneInfo(zone))
    return int(local_time.replace(hour=0, minute=0, second=0, microsecond=0).timestamp()) * 1_000_000
