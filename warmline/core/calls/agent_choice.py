"""The hook `choose_agent`: which of the ready agents gets a waiting call.

The core asks, and continues to match others. The caller keeps the place in line, and as many agents stay free as
questions are open. An answer counts only if that agent is still ready in the same line. Without an answer by the
deadline, the call is matched like any other.
"""

from warmline.core.calls import call_transitions
from warmline.core.indexes.timers import TimerKind
from warmline.core.messages.agent_choice_messages import AgentChosen, AskAgentChoice, Candidate
from warmline.core.model.call import Call
from warmline.core.replace import replace
from warmline.core.world.turn import Turn

MILLISECOND = 1000
CANDIDATES_MAX = 100
RULE = "choose_agent"


def ask(turn: Turn, call: Call) -> None:
    """Ask the hook about a call that the matcher has marked, with the ready agents of its line, the best first."""
    ingroup = call.consultation.asked_group or call.ingroup
    until = turn.now + turn.world.rules.hook_deadline * MILLISECOND
    question = turn.new_id()
    call = turn.put(replace(call, hooks=replace(call.hooks, question=question, until=until)))
    turn.wake(until, TimerKind.CALL, call.id)
    sessions = [turn.world.sessions[user] for user in turn.world.matcher.ready_agents(ingroup)[:CANDIDATES_MAX]]
    turn.do(
        call.id,
        AskAgentChoice(
            call=call.id,
            question=question,
            until=until,
            ingroup=ingroup,
            number=call.number,
            dialled=call.dialled,
            data=call.data,
            lead=call.lead,
            waited=turn.now - call.ticket_at,
            agents=tuple(Candidate(one.agent, turn.now - one.ready_since, one.calls) for one in sessions),
        ),
    )


def answered(turn: Turn, event: AgentChosen) -> None:
    """Give the call to the chosen agent, if the agent can still take it. A late or repeated answer changes nothing."""
    call = turn.world.calls.get(event.call)
    if call and call.hooks.question == event.question:
        by = f"{RULE}: {event.by}: " if event.by else f"{RULE}: "
        reason = f" because {event.reason}" if event.reason else ""
        _decide(turn, call, event.agent, by + (f"agent {event.agent}{reason}" if event.agent else event.why))


def overdue(turn: Turn, call: Call) -> Call:
    """Continue without an answer that did not come in time."""
    if call.hooks.until is None or call.hooks.until > turn.now:
        return call
    return _decide(turn, call, "", f"{RULE}: no answer within {turn.world.rules.hook_deadline} ms")


def resume(turn: Turn) -> None:
    """Match the calls whose answer was lost in a restart of the app like any other."""
    for call in turn.each(turn.world.calls):
        if call.hooks.question:
            hooks = replace(call.hooks, question="", until=None, choice=f"{RULE}: the app was restarted")
            turn.put(replace(call, hooks=hooks))
            if turn.world.matcher.is_asking(call.id):
                turn.world.matcher.answered(call.id, again=False)


def _decide(turn: Turn, call: Call, agent: str, said: str) -> Call:
    """End the question: give the call to the agent, or let it be matched like any other, which `said` explains."""
    matcher, line = turn.world.matcher, call.consultation.asked_group or call.ingroup
    call = turn.put(replace(call, hooks=replace(call.hooks, question="", until=None)))
    if not matcher.is_asking(call.id):
        return call  # it has left the line, or its place in it was taken back
    free = not turn.world.is_held(call.id)
    if agent and free and matcher.is_in(agent, line) and not turn.world.is_held(agent):
        matcher.forget_call(call.id)
        matcher.forget_agent(agent)
        return call_transitions.given(turn, call, agent, said)
    if agent:
        said = f"{said}, who is not ready any more"
    matcher.answered(call.id, again=not matcher.ready_agents(line))
    return turn.put(replace(call, hooks=replace(call.hooks, choice=said if matcher.ready_agents(line) else "")))
