"""Which actions of a turn go to Asterisk before its record is on disk, and which wait for it."""

from collections.abc import Iterator

from warmline.core.messages import actions as do
from warmline.core.messages.dial_facts_messages import FindDialFacts
from warmline.core.messages.dialler_messages import OriginateToDialplan
from warmline.core.messages.leg_messages import MoveIntoStasis
from warmline.core.model.call import Call
from warmline.core.model.receipt import Receipt
from warmline.core.world.turn import Turn

BEGINS = do.CreateChannel | do.DialLeg | MoveIntoStasis | OriginateToDialplan  # they must not come late

Pairs = list[tuple[str, do.Action]]  # lane and action, in order


def at_once(actions: Pairs) -> tuple[Pairs, Pairs]:
    """Split actions into those that need no commit, and the others.

    A party who answers can hear the bridge before the commit, if no other action touches that leg. After a crash the
    app repeats that action. A join waits for the commit, because the restarted app would undo an unrecorded join.
    """
    ends = {action.leg: action for _, action in actions if isinstance(action, do.MuteOutbound) and not action.on}
    if not ends:
        return [], actions
    for _, action in actions:
        leg = do.get_leg(action) or ""
        if leg in ends and action != ends[leg]:
            del ends[leg]
    first: Pairs = []
    others: Pairs = []
    for pair in actions:
        (first if do.get_leg(pair[1]) in ends else others).append(pair)
    return first, others


def waits_for_row(action: do.Action) -> bool:
    """Return whether an action waits for the database: it begins a leg, informs others, or counts the rows."""
    match action:
        case do.CreateChannel() | do.DialLeg() | MoveIntoStasis() | OriginateToDialplan() | do.SendWebhook():
            return True
        case FindDialFacts(since=since):  # earlier dials must be counted
            return since > 0
    return False


def by_answer(actions: Pairs) -> tuple[Pairs, Pairs, Pairs]:
    """Split actions into those that answer no client, refusals, and successes."""
    moves: Pairs = []
    refusals: Pairs = []
    successes: Pairs = []
    for pair in actions:
        action = pair[1]
        if not isinstance(action, do.Reply):
            moves.append(pair)
        else:
            (refusals if action.why or action.refused else successes).append(pair)
    return moves, refusals, successes


def receipts_of(replies: Pairs) -> list[str]:
    """Return the receipts of the answered commands."""
    return [action.receipt for _, action in replies if isinstance(action, do.Reply)]


def lead_calls_ended_in(turn: Turn) -> Iterator[Call]:
    """Yield the automatic calls that ended in this turn."""
    calls = (record for record, is_open in turn.changes if isinstance(record, Call) and not is_open)
    return (call for call in calls if call.is_automatic)


def ended_in(turn: Turn) -> Iterator[Receipt]:
    """Yield the commands that ended in this turn."""
    return (record for record, is_open in turn.changes if isinstance(record, Receipt) and not is_open)
