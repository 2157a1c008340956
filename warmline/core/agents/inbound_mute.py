"""The mute of a leg's inbound audio, by an agent's command or by the hold of its line. A failed request is repeated."""

from warmline.core.indexes.timers import TimerKind
from warmline.core.messages.leg_messages import MuteInbound
from warmline.core.model.leg import Leg, Phase
from warmline.core.model.receipt import Outcome
from warmline.core.receipts import receipts
from warmline.core.replace import replace
from warmline.core.rules import reasons
from warmline.core.world.turn import Turn

RETRY = 500_000  # microseconds until a failed request is repeated


def is_on(leg: Leg) -> bool | None:
    """Return whether the leg is muted or will be; None: not known."""
    return leg.mute.muted if leg.mute.muting is None else leg.mute.muting


def ask(turn: Turn, lane: str, leg: Leg, *, on: bool) -> None:
    """Request this mute state for an answered leg, unless it is set or already requested."""
    if leg.phase is not Phase.UP or leg.hangup_requested or leg.wait_until > turn.now or is_on(leg) is on:
        return
    turn.put(replace(leg, mute=replace(leg.mute, muted=None, muting=on)))
    turn.do(lane, MuteInbound(leg.id, on=on))


def done(turn: Turn, leg_id: str, *, on: bool) -> None:
    """Record that Asterisk has muted or unmuted the leg."""
    leg = turn.world.legs.get(leg_id)
    if leg and leg.mute.muting is on:
        end(turn, replace(leg, mute=replace(leg.mute, muted=on, muting=None)), Outcome.COMPLETED, "")


def failed(turn: Turn, leg: Leg, cause: str, *, on: bool) -> None:
    """Handle a mute or unmute that failed. A command fails and the previous state stays; otherwise retry."""
    if leg.mute.muting is not on:
        return
    session = turn.world.sessions.get(leg.owner)
    if leg.mute.receipts and session and session.leg == leg.id:
        turn.put(replace(session, muted=not on))
    leg = replace(leg, wait_until=turn.now + RETRY, mute=replace(leg.mute, muted=None, muting=None))
    end(turn, leg, Outcome.FAILED, cause)
    turn.wake(turn.now + RETRY, TimerKind.LEG, leg.id)


def gone(turn: Turn, leg: Leg) -> None:
    """Abandon the mute commands of a phone that has hung up."""
    for receipt in leg.mute.receipts:
        receipts.finish(turn, receipt, Outcome.ABANDONED, reasons.AGENT_PHONE_HUNG_UP.text())


def end(turn: Turn, leg: Leg, outcome: Outcome, cause: str) -> None:
    """Finish the commands that wait for this leg's mute."""
    turn.put(replace(leg, mute=replace(leg.mute, receipts=())))
    for receipt in leg.mute.receipts:
        receipts.finish(turn, receipt, outcome, cause)
