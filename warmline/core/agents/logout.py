"""The logout of an agent: the end of the session, its phone and its interval."""

from warmline.core.agents import disposition_undo, supervisor_page
from warmline.core.agents.agent_states import leave_queues
from warmline.core.messages.leg_messages import HangUpLeg
from warmline.core.model.receipt import Outcome
from warmline.core.model.session import Session
from warmline.core.receipts import receipts
from warmline.core.replace import replace
from warmline.core.rules import reasons
from warmline.core.world.turn import Turn


def log_out(turn: Turn, session: Session) -> None:
    """End the session, and hang up its phone."""
    session = disposition_undo.settle_code(turn, session)
    receipts.finish(turn, session.login, Outcome.ABANDONED, cause=reasons.LOGGED_OUT.text())
    for leg in filter(None, map(turn.world.legs.get, (session.leg or "", session.typed.line))):
        if not leg.hangup_requested:
            turn.put(replace(leg, hangup_requested=True))
            turn.do(session.agent, HangUpLeg(leg.id))
    if current_interval := turn.world.intervals.get(session.interval):
        turn.close(replace(current_interval, ended=turn.now))
    leave_queues(turn, session)
    turn.close(replace(session, ended=turn.now, leg=None))
    supervisor_page.abandon_commands(turn, session.agent, reasons.AGENT_LOGGED_OUT.text())
    for check in session.dial_checks:
        if check.ask:
            receipts.open_receipt(turn, check.ask, "")
            receipts.finish(turn, check.id, Outcome.REFUSED, cause=reasons.AGENT_LOGGED_OUT.text())
