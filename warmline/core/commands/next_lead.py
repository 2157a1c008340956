"""The next lead of an agent's campaign: the agent dials it, or looks at it first, for a time that may be limited."""

from warmline.core.calls import outbound
from warmline.core.indexes.timers import TimerKind
from warmline.core.messages.agent_command_types import CustomerDial, Dial, DialNext, Preview
from warmline.core.messages.commands import Ask
from warmline.core.messages.dial_facts_messages import CHECK_LEAD, CHOOSE_LEAD, CHOOSE_OWN_CALLBACK
from warmline.core.model.receipt import Outcome
from warmline.core.model.session import Session
from warmline.core.moment import SECOND_US
from warmline.core.receipts import receipts
from warmline.core.replace import replace
from warmline.core.rules import reasons
from warmline.core.rules.configuration import Campaign
from warmline.core.world.turn import Turn


def find_refusal(turn: Turn, session: Session) -> str:
    """Return why the agent cannot dial the next lead, or ""."""
    return reasons.PREVIEW_OPEN.text() if session.previewed else outbound.find_dial_refusal(turn, session)


def accept_command(turn: Turn, request: Ask, command: DialNext) -> None:
    """Dial or show the chosen lead, or refuse it in the receipt. The command has the lead's number by now."""
    receipt = receipts.open_receipt(turn, request, "")
    session = turn.world.sessions.get(command.agent)
    if session is None:
        receipts.finish(turn, receipt.id, Outcome.REFUSED, cause=reasons.AGENT_LOGGED_OUT.text())
    elif reason := _find_lead_refusal(turn, session, command, receipt=receipt.id):
        receipts.finish(turn, receipt.id, Outcome.REFUSED, cause=reason)
    elif command.preview:
        _show_preview(turn, session, command)
        receipts.finish(turn, receipt.id, Outcome.COMPLETED)
    else:
        outbound.begin_call(turn, session, receipt, command=command)


def _find_lead_refusal(turn: Turn, session: Session, command: DialNext, receipt: str) -> str:
    reason = find_refusal(turn, session)
    if command.preview:
        reason = reason or outbound.find_preview_refusal(turn, session)
    if not reason and not command.number:
        return reasons.NO_NEXT_LEAD.text(campaign=session.campaign)
    return reason or outbound.find_number_refusal(turn, session, command, receipt_id=receipt)


def _show_preview(turn: Turn, session: Session, command: DialNext) -> None:
    seconds = turn.world.rules.campaign(session.campaign).preview_seconds
    preview = Preview(
        session.agent,
        number=command.number,
        lead=command.lead,
        callback=command.callback,
        campaign=session.campaign,
        until=turn.now + seconds * SECOND_US if seconds else 0,
    )
    set_timer(turn, turn.put(replace(session, previewed=preview)))


def set_timer(turn: Turn, session: Session) -> None:
    """Set a timer for the end of the agent's preview."""
    if session.previewed and session.previewed.until:
        turn.wake(session.previewed.until, TimerKind.SESSION, session.agent)


def handle_expiry(turn: Turn, session: Session) -> Dial | None:
    """Skip a preview whose time is over, or return the command that dials it."""
    preview = session.previewed
    if preview is None or not 0 < preview.until <= turn.now:
        return None
    if turn.world.rules.campaign(session.campaign).preview_expiry == "SKIP":
        outbound.skip_preview(turn, session)
        return None
    turn.put(replace(session, previewed=replace(preview, until=0)))  # it stays shown if its dial is refused
    return Dial(session.agent)


def to_lead_query(campaign: Campaign, command: CustomerDial, preview: Preview | None) -> tuple[str, int]:
    """Return what a dial asks the database about leads: a value of FindDialFacts.leads, and a lead or 0."""
    if isinstance(command, DialNext):
        return CHOOSE_OWN_CALLBACK if campaign.next_dial_my_callbacks == "Y" else CHOOSE_LEAD, 0
    return (CHECK_LEAD, preview.lead) if preview and preview.campaign else ("", 0)
