"""The arrival of a customer: it begins a call, or goes back to the dialplan."""

from warmline.core.calls.lead import call_lead
from warmline.core.messages.leg_messages import ContinueInFallback, LegArrived
from warmline.core.model import ids
from warmline.core.model.call import Call, Queueing
from warmline.core.model.call_states import Direction, Origin, State
from warmline.core.model.leg import Leg, Phase, Role
from warmline.core.permission import node_limit
from warmline.core.rules import call_data
from warmline.core.rules.configuration import AGENTDIRECT, Ingroup
from warmline.core.world.turn import Turn


def handle_arrival(turn: Turn, event: LegArrived) -> Call | None:
    """Begin a call for a customer's leg in Stasis, or send the leg back to the dialplan."""
    kind, name = event.get_argument(0), event.get_argument(1)
    limit_reason = node_limit.find_node_refusal(turn.world)
    agent = turn.world.rules.agents.get(name) if kind == "agent" else None
    if not limit_reason and agent and agent.active == "Y":
        return _begin_call(turn, event, ingroup=AGENTDIRECT, direct_agent=name)
    if not limit_reason and kind == "ingroup" and name != AGENTDIRECT and _find_active_ingroup(turn, name):
        return _begin_call(turn, event, ingroup=name, direct_agent="")
    reason = limit_reason or _explain_refusal(kind, name)
    has_own_id = event.call != ""  # Warmline's dialplan or scripts gave it an id
    turn.note(f"leg {event.leg} goes {'to the fallback' if has_own_id else 'on in its dialplan'}: {reason}")
    turn.do(event.leg, ContinueInFallback(event.leg, reason, next=not has_own_id, server=event.server))
    return None


def _find_active_ingroup(turn: Turn, name: str) -> Ingroup | None:
    ingroup = turn.world.rules.ingroups.get(name)
    return ingroup if ingroup and ingroup.active == "Y" else None


def _explain_refusal(kind: str, name: str) -> str:
    if (kind, name) == ("ingroup", AGENTDIRECT):
        return "AGENTDIRECT without an agent: use Stasis(warmline,agent,USER)"
    if kind in ("agent", "ingroup"):
        return f"{kind} {name or '(none)'} is unknown or inactive"
    return "Stasis() names no in-group: use Stasis(warmline,ingroup,NAME) or the route_did script"


def _begin_call(turn: Turn, event: LegArrived, *, ingroup: str, direct_agent: str) -> Call:
    is_taken = event.call in turn.world.calls
    call_id = event.call if ids.is_ulid(event.call) and not is_taken else turn.new_id()
    phase = Phase.UP if event.up else Phase.ARRIVED
    data_pairs, problems = call_data.check_items(event.data)
    turn.put(
        Leg(
            id=event.leg,
            role=Role.CUSTOMER,
            owner=call_id,
            server=event.server,
            trunk=event.trunk,
            number=event.number[:80],
            created=turn.now,
            phase=phase,
        )
    )
    call = Call(
        id=call_id,
        agc_id=f"Y{turn.now:019d}",
        direction=Direction.IN,
        origin=Origin.CALLER,
        server=event.server,
        state=State.WAITING,
        since=turn.now,
        arrived=turn.now,
        number=event.number[:80],
        caller_name=event.caller_name[:80],
        dialled=event.dialled[:40],
        ingroup=ingroup,
        direct=direct_agent,
        data=data_pairs,
        customer=event.leg,
        queueing=Queueing(
            why=(*event.why, *(f"data: {problem}" for problem in problems)),
            queued_at=turn.now,
            after=event.after,
            own_priority=max(-call_data.MAX_PRIORITY, min(call_data.MAX_PRIORITY, event.priority)),
        ),
    )
    call_lead.request_lead(turn, call)
    return call
