"""Mute of an agent's microphone. It stays muted on every phone until the agent unmutes it or the call is over."""

from warmline.core.agents import inbound_mute
from warmline.core.messages.agent_command_types import Mute, Unmute
from warmline.core.model.leg import Leg, Phase
from warmline.core.model.receipt import Outcome, Receipt
from warmline.core.model.session import Session
from warmline.core.receipts import receipts
from warmline.core.replace import replace
from warmline.core.rules import reasons
from warmline.core.world.turn import Turn


def why_not(turn: Turn, session: Session) -> str:
    """Return why the agent cannot be muted or unmuted, or ""."""
    if session.call is None:
        return reasons.AGENT_WITHOUT_CALL.text()
    leg = turn.world.legs.get(session.leg or "")
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
    turn.put(replace(leg, mute=replace(leg.mute, receipts=(*leg.mute.receipts, receipt.id))))
    watch(turn, session)


def watch(turn: Turn, session: Session) -> None:
    """Request the mute state that the agent wants, unless it is set or already requested."""
    if leg := turn.world.legs.get(session.leg or ""):
        inbound_mute.ask(turn, session.call or session.agent, leg, on=_wanted(session, leg))


def _wanted(session: Session, leg: Leg) -> bool:
    """Return whether the phone must be muted: by the agent, or further on by the hold of its line."""
    return session.muted or (leg.held and inbound_mute.is_on(leg) is True)


def call_over(turn: Turn, session: Session) -> None:
    """Unmute the agent after the call. Pending commands are abandoned, and the unmute is repeated until it succeeds."""
    leg = turn.world.legs.get(session.leg or "")
    if leg and leg.mute.receipts:
        inbound_mute.end(turn, leg, Outcome.ABANDONED, reasons.CALL_OVER.text())
    watch(turn, session)
