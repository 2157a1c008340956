"""The mute of a leg's inbound audio, by an agent's command or by the hold of its line (hold_mute.py).

An agent stays muted on every phone until the agent unmutes or the call is over. A failed request is repeated.
"""

from warmline.core.indexes.timers import TimerKind
from warmline.core.messages.agent_command_types import Mute, Unmute
from warmline.core.messages.leg_messages import MuteInbound
from warmline.core.model.leg import Leg, Phase
from warmline.core.model.receipt import Outcome, Receipt
from warmline.core.model.session import Session
from warmline.core.receipts import receipts
from warmline.core.replace import replace
from warmline.core.rules import reasons
from warmline.core.world.server_away import why_away
from warmline.core.world.turn import Turn

RETRY = 500_000  # microseconds until a failed request is repeated


def why_not(turn: Turn, session: Session) -> str:
    """Return why the agent cannot be muted or unmuted, or ""."""
    if session.call is None:
        return reasons.AGENT_WITHOUT_CALL.text()
    leg = turn.world.legs.get(session.leg or "")
    if leg and (why := why_away(turn.world, leg.server)):
        return why
    there = leg is not None and leg.phase is Phase.UP and not leg.hangup_requested
    return "" if there else reasons.PHONE_OFF_LINE.text()


def switch(turn: Turn, session: Session, receipt: Receipt, command: Mute | Unmute) -> None:
    """Mute or unmute the agent. The command is completed when Asterisk has done it."""
    session = turn.put(replace(session, muted=isinstance(command, Mute)))
    turn.touch(session.call)
    leg = turn.world.legs[session.leg or ""]
    if leg.mute.muting is None and leg.mute.muted is _wanted(session, leg):
        receipts.finish(turn, receipt.id, Outcome.COMPLETED)
        return
    turn.put(leg.with_mute(receipts=(*leg.mute.receipts, receipt.id)))
    watch(turn, session)


def watch(turn: Turn, session: Session) -> None:
    """Request the mute state that the agent wants, unless it is set or already requested."""
    if leg := turn.world.legs.get(session.leg or ""):
        ask(turn, session.call or session.agent, leg, on=_wanted(session, leg))


def _wanted(session: Session, leg: Leg) -> bool:
    """Return whether the phone must be muted: by the agent, or further on by the hold of its line."""
    return session.muted or (leg.held and is_on(leg) is True)


def call_over(turn: Turn, session: Session) -> None:
    """Unmute the agent after the call. Pending commands are abandoned, and the unmute is repeated until it succeeds."""
    leg = turn.world.legs.get(session.leg or "")
    if leg and leg.mute.receipts:
        _end(turn, leg, Outcome.ABANDONED, reasons.CALL_OVER.text())
    watch(turn, session)


def is_on(leg: Leg) -> bool | None:
    """Return whether the leg is muted or will be; None: not known."""
    return leg.mute.muted if leg.mute.muting is None else leg.mute.muting


def ask(turn: Turn, lane: str, leg: Leg, *, on: bool) -> None:
    """Request this mute state for an answered leg, unless it is set or already requested."""
    if leg.phase is not Phase.UP or leg.hangup_requested or leg.wait_until > turn.now or is_on(leg) is on:
        return
    turn.put(leg.with_mute(muted=None, muting=on))
    turn.do(lane, MuteInbound(leg.id, on=on))


def done(turn: Turn, leg_id: str, *, on: bool) -> None:
    """Record that Asterisk has muted or unmuted the leg."""
    leg = turn.world.legs.get(leg_id)
    if leg and leg.mute.muting is on:
        _end(turn, leg.with_mute(muted=on, muting=None), Outcome.COMPLETED, "")


def failed(turn: Turn, leg: Leg, cause: str, *, on: bool) -> None:
    """Handle a mute or unmute that failed. A command fails and the previous state stays; otherwise retry."""
    if leg.mute.muting is not on:
        return
    session = turn.world.sessions.get(leg.owner)
    if leg.mute.receipts and session and session.leg == leg.id:
        turn.put(replace(session, muted=not on))
    leg = replace(leg.with_mute(muted=None, muting=None), wait_until=turn.now + RETRY)
    _end(turn, leg, Outcome.FAILED, cause)
    turn.wake(turn.now + RETRY, TimerKind.LEG, leg.id)


def gone(turn: Turn, leg: Leg) -> None:
    """Abandon the mute commands of a phone that has hung up."""
    for receipt in leg.mute.receipts:
        receipts.finish(turn, receipt, Outcome.ABANDONED, reasons.AGENT_PHONE_HUNG_UP.text())


def _end(turn: Turn, leg: Leg, outcome: Outcome, cause: str) -> None:
    turn.put(leg.with_mute(receipts=()))
    for receipt in leg.mute.receipts:
        receipts.finish(turn, receipt, outcome, cause)
