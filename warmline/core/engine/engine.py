"""The engine: it handles one input, and everything that follows from it, in one turn.

What an input, a turn, `put`, `touch` and `converge` are, and how a step is added to a call: warmline/core/THEORY.md.
"""

from warmline.core.agents import agent_states
from warmline.core.calls import call_transitions, leg_answer_and_loss, park_time, rescue
from warmline.core.calls.converge import converge
from warmline.core.calls.leg_placement import has_reached_state
from warmline.core.commands import call_commands, command_dispatch, phone_keys
from warmline.core.engine import automatic_calls, failed_turn
from warmline.core.engine.event_handlers import EVENT_HANDLERS
from warmline.core.messages import events
from warmline.core.messages.commands import Ask
from warmline.core.messages.events import Event
from warmline.core.messages.values.server_action import MAIN_SERVER
from warmline.core.model.call import Call
from warmline.core.model.call_states import LAYOUT, State
from warmline.core.model.transition_tables import Trigger
from warmline.core.queue import queue_tickets
from warmline.core.webhooks import webhook_triggers
from warmline.core.world.turn import Turn
from warmline.core.world.world import World

Input = Event | Ask

MAX_ROUNDS, MAX_ROUNDS_PER_CALL = 1000, 100  # far more than a turn needs: beyond it is a bug


def handle(world: World, core_input: Input, now_us: int, turn_id: str) -> Turn:
    """Handle one input. `now_us` is in microseconds UTC; `turn_id` is a new ULID from which the turn draws its ids.

    The only side effect is the update of `world`. The turn ends when no call and no agent has a next step. Events are
    never refused. A refused command leaves only its receipt. An exception is a bug, and it leaves the world as it was.
    """
    turn = Turn(world, now_us, turn_id)
    run_turn(turn, core_input)
    return turn


def run_turn(turn: Turn, core_input: Input) -> None:
    """Let a new turn handle one input.

    An exception leaves the world as it was; `turn.subject` is the record in work.
    """
    world = turn.world
    world.begin()
    if getattr(core_input, "server", MAIN_SERVER) != MAIN_SERVER:
        world.has_several_servers = True
    try:
        _handle_input(turn, core_input)
    except Exception:
        world.roll_back()
        raise


def _handle_input(turn: Turn, core_input: Input) -> None:
    if isinstance(core_input, events.TurnFailed):
        failed_turn.apply_remedy(turn, core_input)  # without rounds, because it must not fail for another call
        return
    if isinstance(core_input, Ask):
        command_dispatch.dispatch(turn, core_input)
    else:
        EVENT_HANDLERS[type(core_input)](turn, core_input)
    for _ in range(MAX_ROUNDS + MAX_ROUNDS_PER_CALL * len(turn.world.calls)):
        if not _run_round(turn) and not automatic_calls.detect_machines(turn):
            turn.subject = ""
            phone_keys.acknowledge_commands(turn)
            automatic_calls.count_drops(turn)
            webhook_triggers.queue_webhooks(turn)
            automatic_calls.halt_congested_diallers(turn)
            automatic_calls.pause_released_agents(turn)
            return
    raise AssertionError(f"the turn does not end: {core_input}")


def _run_round(turn: Turn) -> bool:
    """Make one match, or let one call take its next step. Return False if there is nothing left to do."""
    world = turn.world
    is_held = world.is_held if world.held_servers else None
    is_kept = automatic_calls.make_ring_hold_test(turn) if world.lead_calls.has_calls_without_agent else None
    if match := world.matcher.match(is_held, is_kept):
        turn.subject, user = match
        call_transitions.give_to_matched_agent(turn, world.calls[turn.subject], user)
        return True
    while turn.touched:
        call_id, _ = turn.touched.popitem(last=False)
        call = world.calls.get(call_id)
        if call and call.server not in world.held_servers and call_id not in world.reconciling_calls:
            turn.subject = call_id
            _advance(turn, call)
            return True
    return False


def _advance(turn: Turn, call: Call) -> None:
    """Take each step that has been proved, then request what is still missing."""
    if call.queueing.preferred:
        call = queue_tickets.recheck_preference(turn, call)
    if call.is_automatic:
        call = automatic_calls.follow_call(turn, call)
    while True:
        if call.commands.target is not None:
            if not has_reached_state(turn, call, call.commands.target):
                break
            call = call_commands.complete_command(turn, call)
        elif call.state is State.RINGING_AGENT and has_reached_state(turn, call, call.state):
            call = call_transitions.connect_parties(turn, call)
        elif connected_call := leg_answer_and_loss.connect_answered_party(turn, call):
            call = connected_call
        elif rescue.has_lost_phone(turn, call):
            call = call_transitions.transition(turn, call, Trigger.AGENT_LOST)
        elif call.commands.queue:
            call = call_commands.begin_queued_command(turn, call)
        else:
            break
    session = turn.world.sessions.get(call.agent or "")
    if session and LAYOUT[call.state].agent is not None:
        agent_states.enter_state(
            turn, session, LAYOUT[call.state].agent_state, is_on_hold=park_time.is_on_hold(turn, call)
        )
    if call.id in turn.world.calls:
        converge(turn, turn.world.calls[call.id])
