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
from warmline.core.world.server_away import get_away_reason
from warmline.core.world.turn import Turn

RETRY_DELAY_US = 500_000  # until a failed request is repeated


def find_refusal(turn: Turn, session: Session) -> str:
    """Return why the agent cannot be muted or unmuted, or ""."""
    if session.call is None:
        return reasons.AGENT_WITHOUT_CALL.text()
    leg = turn.world.legs.get(session.leg or "")
    if leg and (reason := get_away_reason(turn.world, leg.server)):
        return reason
    is_on_line = leg is not None and leg.phase is Phase.UP and not leg.hangup_requested
    return "" if is_on_line else reasons.PHONE_OFF_LINE.text()


def switch_mute(turn: Turn, session: Session, receipt: Receipt, command: Mute | Unmute) -> None:
    """Mute or unmute the agent. The command is completed when Asterisk has done it."""
    session = turn.put(replace(session, muted=isinstance(command, Mute)))
    turn.touch(session.call)
    leg = turn.world.legs[session.leg or ""]
    if leg.mute.muting is None and leg.mute.muted is _must_be_muted(session, leg):
        receipts.finish(turn, receipt.id, Outcome.COMPLETED)
        return
    turn.put(leg.with_mute(receipts=(*leg.mute.receipts, receipt.id)))
    apply_mute(turn, session)


def apply_mute(turn: Turn, session: Session) -> None:
    """Request the mute state that the agent wants, unless it is set or already requested."""
    if leg := turn.world.legs.get(session.leg or ""):
        request_mute(turn, session.call or session.agent, leg, muted=_must_be_muted(session, leg))


def _must_be_muted(session: Session, leg: Leg) -> bool:
    """Return whether the phone must be muted: by the agent, or still by the hold of its line."""
    return session.muted or (leg.held and is_muted(leg) is True)


def unmute_after_call(turn: Turn, session: Session) -> None:
    """Unmute the agent after the call. Pending commands are abandoned, and the unmute is repeated until it succeeds."""
    leg = turn.world.legs.get(session.leg or "")
    if leg and leg.mute.receipts:
        _finish_commands(turn, leg, Outcome.ABANDONED, cause=reasons.CALL_OVER.text())
    apply_mute(turn, session)


def is_muted(leg: Leg) -> bool | None:
    """Return whether the leg is muted or will be; None: not known."""
    return leg.mute.muted if leg.mute.muting is None else leg.mute.muting


def request_mute(turn: Turn, order_key: str, leg: Leg, *, muted: bool) -> None:
    """Request this mute state for an answered leg, unless it is set or already requested."""
    if leg.phase is not Phase.UP or leg.hangup_requested or leg.wait_until > turn.now or is_muted(leg) is muted:
        return
    turn.put(leg.with_mute(muted=None, muting=muted))
    turn.do(order_key, MuteInbound(leg.id, on=muted))


def record_mute(turn: Turn, leg_id: str, *, muted: bool) -> None:
    """Record that Asterisk has muted or unmuted the leg."""
    leg = turn.world.legs.get(leg_id)
    if leg and leg.mute.muting is muted:
        _finish_commands(turn, leg.with_mute(muted=muted, muting=None), Outcome.COMPLETED, cause="")


def handle_failed_mute(turn: Turn, leg: Leg, cause: str, *, muted: bool) -> None:
    """Handle a mute or unmute that failed. A command fails and the previous state stays; otherwise retry."""
    if leg.mute.muting is not muted:
        return
    session = turn.world.sessions.get(leg.owner)
    if leg.mute.receipts and session and session.leg == leg.id:
        turn.put(replace(session, muted=not muted))
    leg = replace(leg.with_mute(muted=None, muting=None), wait_until=turn.now + RETRY_DELAY_US)
    _finish_commands(turn, leg, Outcome.FAILED, cause=cause)
    turn.wake(turn.now + RETRY_DELAY_US, TimerKind.LEG, leg.id)


def abandon_commands(turn: Turn, leg: Leg) -> None:
    """Abandon the mute commands of a phone that has hung up."""
    for receipt in leg.mute.receipts:
        receipts.finish(turn, receipt, Outcome.ABANDONED, cause=reasons.AGENT_PHONE_HUNG_UP.text())


def _finish_commands(turn: Turn, leg: Leg, outcome: Outcome, cause: str) -> None:
    turn.put(leg.with_mute(receipts=()))
    for receipt in leg.mute.receipts:
        receipts.finish(turn, receipt, outcome, cause=cause)
