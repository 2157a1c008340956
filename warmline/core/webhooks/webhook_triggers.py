"""Queue the webhooks that report a call to other programs."""

from warmline.core.messages.command_classes import get_column
from warmline.core.messages.commands import Kind
from warmline.core.model.disposition_entry import DispositionEntry
from warmline.core.model.receipt import Outcome, Receipt
from warmline.core.model.session import Session
from warmline.core.model.webhook import Webhook, WebhookDelivery, WebhookTrigger
from warmline.core.webhooks.webhook_retries import end, send
from warmline.core.world.turn import Turn

MAX_WAITING_WEBHOOKS = 1000  # waiting webhooks; a receiver that is down for long must not fill the memory
HANDOVER_KINDS = (Kind.LEAVE_3WAY_CALL, Kind.BLIND_TRANSFER, Kind.LOCAL_CLOSER, Kind.LEAVE_VM)


def queue_start_webhook(turn: Turn, session: Session) -> None:
    """Queue the webhook for an agent who is connected with a caller."""
    _queue_webhook(turn, session, WebhookTrigger.START, call=session.call or "")


def queue_webhooks(turn: Turn) -> None:
    """Queue the webhooks for dispositions and transfers of this turn."""
    for record, is_open in turn.changes:
        match record:
            case DispositionEntry(call=call, agent=user, status=status, correction=False, undo_until=0):
                if session := _find_session_of_call(turn, user, call):
                    _queue_webhook(turn, session, WebhookTrigger.DISPO, call=call, dispo=status)
            case Receipt(kind=kind, outcome=Outcome.COMPLETED) if kind in HANDOVER_KINDS and not is_open:
                if session := _find_session(turn, record.agent):
                    target_facts = {f"transfer_{name}": target for name, target in _get_target(turn, record).items()}
                    _queue_webhook(
                        turn, session, WebhookTrigger.TRANSFER, call=record.call, transfer=kind.value, **target_facts
                    )


def _get_target(turn: Turn, receipt: Receipt) -> dict[str, str]:
    """Return the target of a handover. For a leave, it is the third party, or the closer or in-group."""
    call = turn.world.calls.get(receipt.call)
    if receipt.kind is not Kind.LEAVE_3WAY_CALL or call is None:
        column_by_name = {"number": "number", "group": "ingroup", "agent": "to_agent"}
        return {name: get_column(receipt.command, column_name) for name, column_name in column_by_name.items()}
    if third_leg := turn.world.legs.get(call.third or ""):
        return {"number": third_leg.number, "group": "", "agent": ""}
    return {"number": "", "group": call.ingroup, "agent": call.agent or call.direct}


def _find_session(turn: Turn, user: str) -> Session | None:
    """Return the agent's session, even if this turn has ended it."""
    changed_sessions = (record for record, _ in turn.changes if isinstance(record, Session) and record.agent == user)
    return turn.world.sessions.get(user) or next(changed_sessions, None)


def _find_session_of_call(turn: Turn, user: str, call: str) -> Session | None:
    """Return the agent's session with this last call: from before this turn, in which the next call may have begun."""
    session = _find_session(turn, user)
    session_before = turn.get_previous(session) if session else None
    return next(
        (candidate for candidate in (session_before, session) if candidate and candidate.last.call == call), None
    )


def _queue_webhook(turn: Turn, session: Session, hook: WebhookTrigger, call: str, **more_facts: str) -> None:
    """Queue a webhook. The in-group's address comes before the campaign's. Without an address nothing is sent."""
    rules = turn.world.rules
    url = getattr(rules.ingroup(session.last.ingroup), hook) or getattr(rules.campaign(session.campaign), hook)
    if not url:
        return
    session_facts = {
        "user": session.agent,
        "campaign": session.campaign,
        "group": session.last.ingroup,
        "phone": session.phone,
    }
    session_facts["session_id"] = session.conf_exten
    webhook = Webhook(
        id=turn.new_id(),
        hook=hook,
        url=url,
        call=call,
        agent=session.agent,
        facts=tuple((session_facts | more_facts).items()),
        queued=turn.now,
        due=turn.now,
    )
    if len(turn.world.webhooks) >= MAX_WAITING_WEBHOOKS:
        end(turn, webhook, 0, reason=f"{MAX_WAITING_WEBHOOKS} webhooks wait already", outcome=WebhookDelivery.DROPPED)
        turn.note(f"webhook {webhook.id} ({hook}) is dropped, because {MAX_WAITING_WEBHOOKS} others are waiting")
    else:
        turn.put(webhook)
        send(turn, webhook)
