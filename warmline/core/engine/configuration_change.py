"""The immediate effects of a changed configuration on calls and agents."""

from warmline.core.agents import agent_states, agent_time_limits
from warmline.core.calls import leave
from warmline.core.queue import agent_ranking, closing_time, empty_ingroup, queue_tickets
from warmline.core.rules.configuration import Rules
from warmline.core.world.turn import Turn


def apply_rules(turn: Turn, rules: Rules) -> None:
    """Apply new rules. Tickets and ready agents get new places by these rules."""
    turn.world.rules = rules
    agent_ranking.update_all_queues(turn)
    for session in turn.iterate(turn.world.sessions):
        agent_time_limits.set_timers(turn, session)
        agent_states.pause_if_inactive(turn, session)
    for call in turn.iterate(turn.world.calls):
        if turn.world.matcher.has_call(call.id):
            queue_tickets.place_ticket(turn, call)
        empty_ingroup.recheck_call(turn, closing_time.schedule_closing(turn, turn.world.calls[call.id]))
        leave.start_timer(turn, call)
