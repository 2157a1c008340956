"""A time that a call has set for itself has come."""

from warmline.core import receipts
from warmline.core.call import heard, parking, tape
from warmline.core.call.call import Call
from warmline.core.call.happen import happen
from warmline.core.call.states import State, Trigger
from warmline.core.changed import replace
from warmline.core.receipt import Outcome
from warmline.core.world import Turn


def rings(turn: Turn, call: Call) -> None:
    """Look at each time the call has set; what it was about may be over."""
    if call.record_at is not None and call.record_at <= turn.now:
        call = tape.delay_over(turn, call)
    if call.remind_at is not None and call.remind_at <= turn.now:
        call = parking.remind(turn, call)
    if call.gone_at is not None and call.gone_at <= turn.now:
        call = turn.put(replace(call, gone_at=None, ended_by="customer"))
        call = happen(turn, call, Trigger.GONE_TIME)
    call = heard.rings(turn, call)
    if call.drop_at is not None and call.drop_at <= turn.now:
        drop(turn, call, "drop_call_seconds")


def drop(turn: Turn, call: Call, why: str) -> None:
    """The call, or its request for a closer, has waited long enough; `why` names the option that says so."""
    turn.world.floor.forget_call(call.id)
    call = turn.put(replace(call, drop_at=None))
    if call.state is State.WAITING:
        call = turn.put(replace(call, status="DROP", ended_by=why))
    else:
        receipts.finish(turn, call.dialling, Outcome.NO_AGENT, f"no agent took it in {why}")
        call = turn.put(replace(call, asked_group="", asked_agent="", dialling=None))
    happen(turn, call, Trigger.DROP_TIME)
