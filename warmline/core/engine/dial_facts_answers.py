"""The database's answers about numbers. The command or redirect continues or is refused."""

import dataclasses

from warmline.core.commands import command_dispatch, dial_facts_wait
from warmline.core.engine import leg_events
from warmline.core.indexes.timers import TimerKind
from warmline.core.messages.agent_command_types import CustomerDial, DialNext
from warmline.core.messages.command_classes import NumberDial
from warmline.core.messages.commands import Ask
from warmline.core.messages.dial_facts_messages import CHECK_LEAD, DialFacts, DialFactsFound
from warmline.core.model.dial_check import DialCheck
from warmline.core.model.leg import Leg
from warmline.core.model.session import Session
from warmline.core.permission import dial_facts_queries, dial_gate, lead_in_use
from warmline.core.replace import replace
from warmline.core.rules.reasons import DO_NOT_CALL_RESTART as RESTARTED
from warmline.core.rules.reasons import DO_NOT_CALL_UNREADABLE as UNREADABLE
from warmline.core.world.turn import Turn


def handle_facts(turn: Turn, event: DialFactsFound) -> None:
    """Continue the command or redirect that waits for this answer. A late or repeated answer changes nothing."""
    session, leg = turn.world.sessions.get(event.agent), turn.world.legs.get(event.check)
    if leg and leg.dialling.redirect_check and leg.dialling.redirect_check.facts is None:
        _continue_redirect(turn, leg, leg.dialling.redirect_check, dial_facts=event.facts)
    elif (
        session
        and (check := dial_facts_queries.find_check(turn.world, event.agent, event.check))
        and check.facts is None
    ):
        _continue_command(turn, session, check, dial_facts=event.facts)


def _continue_redirect(turn: Turn, leg: Leg, check: DialCheck, dial_facts: DialFacts) -> None:
    turn.put(leg.with_dialling(redirect_check=replace(check, facts=dial_facts)))
    if leg.dialling.end_held is not None:
        leg_events.close_leg(turn, leg.id, leg.dialling.end_held)


def _continue_command(turn: Turn, session: Session, check: DialCheck, dial_facts: DialFacts) -> None:
    lead = dial_facts.lead if check.question.leads != CHECK_LEAD else None
    if lead and lead_in_use.find_lead_refusal(turn.world, lead):  # since the database was asked
        turn.do(check.id, check.question)
        return
    if lead:
        check = replace(check, question=dataclasses.replace(check.question, number=lead.number))
    session = dial_facts_queries.put_check(turn, session, replace(check, facts=dial_facts, ask=None))
    if check.ask is None:
        turn.touch(session.call)
    else:
        command_dispatch.carry_out(turn, _apply_facts(turn, check.ask, session, check=check, dial_facts=dial_facts))
        if check.id not in turn.world.receipts:
            dial_facts_queries.drop_check(turn, session.agent, check.id)
    dial_facts_queries.begin_next_query(turn, session.agent)


def _apply_facts(turn: Turn, request: Ask, session: Session, check: DialCheck, dial_facts: DialFacts) -> Ask:
    """Return the command with the facts. It is impossible if the facts forbid its number."""
    campaign = turn.world.rules.campaign(session.campaign)
    refusal = dial_gate.find_facts_refusal(campaign, check.question.number, dial_facts)
    command = request.command
    if isinstance(command, DialNext) and dial_facts.lead:
        command = replace(command, number=dial_facts.lead.number, lead=dial_facts.lead.lead)
    if isinstance(command, CustomerDial) and dial_facts.callback:
        command = replace(command, callback=dial_facts.callback)
    if refusal and not (isinstance(command, NumberDial) and dial_facts_wait.is_repeat(turn, command, session)):
        command = dataclasses.replace(command, impossible=refusal)
    if UNREADABLE.matches(refusal):  # so that a repetition with the same key is tried again
        request = dataclasses.replace(request, key="", request="")
    return dataclasses.replace(request, command=command)


def refuse_overdue_commands(turn: Turn, session: Session) -> None:
    """Refuse commands without an answer in time, because the number may be on a do-not-call list."""
    for check in session.dial_checks:
        if check.facts is None and check.asked + dial_facts_queries.ANSWER_TIMEOUT_US <= turn.now:
            handle_facts(turn, DialFactsFound(check.id, session.agent, DialFacts(problem=UNREADABLE.text())))


def refuse_overdue_redirect(turn: Turn, leg: Leg) -> None:
    """Refuse a redirect without an answer in time."""
    check = leg.dialling.redirect_check
    if check and check.facts is None and check.asked + dial_facts_queries.ANSWER_TIMEOUT_US <= turn.now:
        handle_facts(turn, DialFactsFound(leg.id, check.question.agent, DialFacts(problem=UNREADABLE.text())))


def resume(turn: Turn) -> None:
    """Refuse commands whose answer was lost in a restart of the app, and repeat the queries of continuing calls."""
    for leg in list(turn.world.legs.values()):
        if leg.dialling.redirect_check and leg.dialling.redirect_check.facts is None:
            dial_facts_queries.begin_redirect_query(turn, leg, leg.dialling.redirect_check.question)
    for agent, session in list(turn.world.sessions.items()):
        for check in session.dial_checks:
            if check.facts is None and check.ask:
                handle_facts(turn, DialFactsFound(check.id, agent, DialFacts(problem=RESTARTED.text())))
            elif check.facts is None:
                dial_facts_queries.put_check(turn, turn.world.sessions[agent], replace(check, asked=turn.now))
                turn.wake(turn.now + dial_facts_queries.ANSWER_TIMEOUT_US, TimerKind.SESSION, agent)
                turn.do(check.id, check.question)
