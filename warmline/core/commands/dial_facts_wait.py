"""The database query of a command that dials a number. The command waits for the answer."""

import dataclasses

from warmline.core.calls import outbound
from warmline.core.commands import next_lead
from warmline.core.messages.agent_command_types import CustomerDial, Dial, DialNext
from warmline.core.messages.command_classes import NumberDial
from warmline.core.messages.commands import Ask
from warmline.core.messages.dial_facts_messages import DialFacts
from warmline.core.model.dial_check import DialCheck
from warmline.core.model.session import Session
from warmline.core.permission import dial_facts_queries, dial_gate
from warmline.core.receipts import repeated_dials
from warmline.core.replace import replace
from warmline.core.world.turn import Turn


def query_dial_facts(turn: Turn, request: Ask) -> bool:
    """Query the database about the number of a dial. Return whether the command waits for the answer."""
    command = request.command
    session = turn.world.sessions.get(command.agent)
    if not isinstance(command, NumberDial) or command.impossible or session is None:
        return False
    if dial_facts_queries.find_check(turn.world, session.agent, request.receipt):
        return True
    is_next_lead = isinstance(command, DialNext)
    if is_next_lead and next_lead.find_refusal(turn, session):
        return False
    preview = session.previewed if isinstance(command, Dial) and not command.number else None
    number = preview.number if preview else command.number
    if not (number or is_next_lead) or is_repeat(turn, command, session):
        return False
    # Another agent may have made the callback since the preview.
    callback = preview.callback.id if preview and preview.callback else ""
    campaign = turn.world.rules.campaign(session.campaign)
    query = dial_facts_queries.make_query(
        turn, request.receipt, session.agent, campaign=campaign, number=number, callback=callback
    )
    if isinstance(command, CustomerDial):
        leads, lead = next_lead.to_lead_query(campaign, command, preview)
        query = dataclasses.replace(query, leads=leads, lead=lead)
    dial = outbound.fill_from_preview(preview, command) if preview and isinstance(command, Dial) else command
    # A typed emergency number waits for nothing.
    if request.checked or dial_gate.get_typed_emergency(turn.world, campaign, dial, number=number):
        check = DialCheck(question=query, asked=turn.now, facts=DialFacts())
        turn.put(replace(session, dial_checks=(*session.dial_checks, check)))
        return False
    dial_facts_queries.begin_query(turn, session, query, request=request)
    return True


def is_repeat(turn: Turn, command: NumberDial, session: Session) -> bool:
    """Return whether the command repeats a recent dial, so that it follows that one."""
    if isinstance(command, Dial):
        return repeated_dials.find_customer_dial(turn.world, session, command.number, now_us=turn.now) is not None
    call = turn.world.calls.get(session.call or "") or turn.world.calls.get(session.last.call)
    return call is not None and repeated_dials.find_call_dial(turn.world, call, command, now_us=turn.now) is not None
