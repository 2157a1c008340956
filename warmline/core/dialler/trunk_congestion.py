"""The congestion of trunks: when ended dials show it, and what the dialler does then.

A trunk is congested if 4 of its last 20 dials found it so. It is left three quarters of the dialled calls that ring
or talk, and one more with each ten seconds. If none is left, the diallers of the trunk halt.
"""

from warmline.core.calls.lead import lead_outcome
from warmline.core.dialler import dialler_halts
from warmline.core.model.call import Call
from warmline.core.model.call_ends import ENDED_UNSEEN
from warmline.core.model.call_states import State
from warmline.core.rules import dial_rules, reasons
from warmline.core.world.turn import Turn

COUNTED_DIALS = 20  # the last dials of a trunk
CONGESTED_DIALS_LIMIT = 4  # congested dials of the last 20
ENDED_UNDIALLED = (lead_outcome.ENDED_BY_REFUSAL, ENDED_UNSEEN)


def follow_ended_dials(turn: Turn) -> None:
    """Halt the diallers of a trunk that the dials which ended in this turn have shown to be congested."""
    for call, _ in turn.changes:
        if not isinstance(call, Call) or not call.is_automatic or call.outcome.ended_by in ENDED_UNDIALLED:
            continue
        previous_call = turn.get_previous_call(call.id)
        if previous_call and previous_call.state is State.CALLING and call.state is not State.CALLING:
            _count_dial(turn, call)


def _count_dial(turn: Turn, call: Call) -> None:
    campaign = turn.world.rules.campaigns.get(call.outcome.campaign)
    trunk = dial_rules.get_trunk(campaign) if campaign else ""
    dialler = turn.world.diallers.get(call.outcome.campaign)
    learnt_lines = turn.world.trunk_use.get_learnt_lines(trunk)
    learnt_at_us = learnt_lines.learnt_at_us if learnt_lines else 0
    if not trunk or dialler is None or call.arrived < max(dialler.begins_at, learnt_at_us):
        return  # it began before the last halt, or before lines were taken
    is_congested = call.outcome.status == lead_outcome.CONGESTION_STATUS
    congested_dials = turn.world.trunk_use.record_end(trunk, congested=is_congested, sample_size=COUNTED_DIALS)
    if congested_dials < CONGESTED_DIALS_LIMIT:
        return
    turn.world.trunk_use.forget_ends(trunk)
    reason = reasons.TRUNK_CONGESTED.text(trunk=trunk, congested=congested_dials)
    if lines := _count_lines_left(turn.world.trunk_use.count_working(trunk)):
        turn.world.trunk_use.learn_lines(trunk, lines, turn.now)
        turn.note(f"{reason}: the dialler uses {lines} lines, and one more with each 10 s")
        return
    for name in _list_campaigns(turn, trunk):
        dialler_halts.halt_longer(turn, turn.world.diallers[name], reason)


def _count_lines_left(working_calls: int) -> int:
    """Return how many of the dialled calls that ring or talk a congested trunk keeps: three quarters."""
    return working_calls * 3 // 4


def _list_campaigns(turn: Turn, trunk: str) -> list[str]:
    campaigns = turn.world.rules.campaigns
    return [
        name for name in turn.world.diallers if name in campaigns and dial_rules.get_trunk(campaigns[name]) == trunk
    ]
