"""Supervision: a supervisor hears an agent, whispers to the agent, or speaks to everyone in the call.

Warmline calls the supervisor's phone, or the supervisor's page brings a browser phone (supervisor_page.py). The
supervisor hears what the agent's phone hears and says, through Asterisk's snoop channel. No party of the call is moved,
and the call does not depend on the supervisor.
"""

from collections.abc import Callable, Iterator
from typing import Literal, NamedTuple

from warmline.core.agents import agent_states, supervisor_help, supervisor_page
from warmline.core.indexes.timers import TimerKind
from warmline.core.messages.agent_command_types import Supervision
from warmline.core.messages.bridge_messages import AddToBridge, CreateMixingBridge, DestroyBridge
from warmline.core.messages.leg_messages import DialLeg, HangUpLeg
from warmline.core.messages.recording_messages import CreateSnoopLeg
from warmline.core.model.leg import Leg, LegSupervision, Phase, Role
from warmline.core.model.receipt import Outcome, Receipt, get_outcome_for_cause
from warmline.core.model.session import BROWSER_PHONE, Session
from warmline.core.permission import node_limit
from warmline.core.receipts import receipts
from warmline.core.replace import replace
from warmline.core.rules import reasons
from warmline.core.world.originate import make_phone_presentation, originate
from warmline.core.world.server_away import get_away_reason
from warmline.core.world.turn import Turn
from warmline.core.world.world import World

SupervisionKind = Literal["LISTEN", "WHISPER", "BARGE"]
KIND_BY_WHISPERS: dict[str, SupervisionKind] = {"none": "LISTEN", "out": "WHISPER", "both": "BARGE"}
RING_SECONDS = 30
# The time between two snoop channels. After 1 ms, one in ten passed only one direction; after 100 ms, none.
SNOOP_INTERVAL_US = 200_000


class ConnectedSupervisor(NamedTuple):
    """A supervisor's phone, and the mode. The phone "browser" also has its client and a page; others have ""."""

    phone: str
    kind: SupervisionKind
    client: str
    page: str


def begin_supervision(turn: Turn, session: Session, receipt: Receipt, command: Supervision) -> None:
    """Start LISTEN, WHISPER or BARGE by a call to the supervisor's phone, or wait for that of a page.

    It is completed when the phone is answered. A phone that already supervises this agent is not called again. Only the
    supervision changes.
    """
    if supervisor_leg := _find_supervisor_leg(turn, receipt, command):
        _change_supervision(turn, supervisor_leg, receipt, listeners=command.whispers)
    elif reason := _find_phone_refusal(turn, command):
        receipts.finish(turn, receipt.id, Outcome.REFUSED, cause=reason)
    elif command.phone == BROWSER_PHONE:
        supervisor_page.await_page_leg(turn, receipt, command.page)
    else:
        _call_supervisor(turn, session, receipt, command=command)


def _call_supervisor(turn: Turn, session: Session, receipt: Receipt, command: Supervision) -> None:
    phone = command.phone
    display = make_phone_presentation(turn.world.rules.campaign(session.campaign), phone, "") | {
        "caller": session.phone
    }
    originate(
        turn,
        role=Role.SUPERVISOR,
        owner=session.agent,
        number=phone,
        endpoint=f"PJSIP/{phone}",
        server=turn.world.server_of(session),
        seconds=RING_SECONDS,
        media=command.whispers,
        receipt=receipt.id,
        **display,
    )
    receipts.record_step(turn, receipt.id, "dialling")
    receipts.answer_sender(turn, receipt.id)


def find_refusal(turn: Turn, session: Session) -> str:
    """Return why the agent cannot be supervised, from any phone, or ""."""
    leg = agent_states.find_agent_leg(turn, session.agent)
    if leg and (reason := get_away_reason(turn.world, leg.server)):
        return reason
    return "" if leg and leg.phase is Phase.UP else reasons.PHONE_OFF_LINE.text()


def list_supervisors(world: World, session: Session) -> Iterator[ConnectedSupervisor]:
    """Yield the supervisors of an agent, in the order in which they joined."""
    yield from find_supervisors(world.legs.get, session)


def find_supervisors(find_leg: Callable[[str], Leg | None], session: Session) -> Iterator[ConnectedSupervisor]:
    """Yield the same, with legs looked up by `find_leg`."""
    supervised_leg = find_leg(session.leg) if session.leg else None
    for leg_id in supervised_leg.supervision.heard_by if supervised_leg else ():
        leg = find_leg(leg_id)
        if leg and not leg.hangup_requested:
            phone, client = (BROWSER_PHONE, leg.number) if leg.page else (leg.number, "")
            yield ConnectedSupervisor(phone, KIND_BY_WHISPERS[leg.media], client, page=leg.page)


def _find_supervisor_leg(turn: Turn, receipt: Receipt, command: Supervision) -> Leg | None:
    """Return the leg of the supervisor's phone for this agent, or None."""
    if command.phone == BROWSER_PHONE:
        return supervisor_page.find_page_leg(turn.world, user=receipt.agent, client=receipt.by, page=command.page)
    identity = (Role.SUPERVISOR, receipt.agent, command.phone, False)
    legs = turn.world.legs.values()
    return next((leg for leg in legs if (leg.role, leg.owner, leg.number, leg.hangup_requested) == identity), None)


def _change_supervision(turn: Turn, supervisor_leg: Leg, receipt: Receipt, listeners: str) -> None:
    """Change who hears the supervisor, with a new snoop channel. Its arrival completes the command."""
    if supervisor_leg.phase is not Phase.UP and not supervisor_leg.page:
        reason = reasons.SUPERVISOR_RINGS.text(phone=supervisor_leg.number, agent=supervisor_leg.owner)
        receipts.finish(turn, receipt.id, Outcome.REFUSED, cause=reason)
        return
    if supervisor_leg.media == listeners and supervisor_leg.phase is Phase.UP:
        receipts.finish(turn, receipt.id, Outcome.COMPLETED)
        return
    receipts.finish(
        turn, supervisor_leg.supervision.receipt, Outcome.ABANDONED, cause=reasons.SUPERVISION_CHANGED.text()
    )
    supervisor_help.end_help(turn, supervisor_leg.owner)
    turn.put(replace(supervisor_leg.with_supervision(receipt=receipt.id), media=listeners))
    _hang_up(turn, turn.world.legs.get(supervisor_leg.supervision.peer_leg))


def _find_phone_refusal(turn: Turn, command: Supervision) -> str:
    phone = command.phone
    if phone == BROWSER_PHONE:
        return node_limit.find_node_refusal(turn.world) if command.page else reasons.SUPERVISOR_PAGE_MISSING.text()
    if all(agent.phone != phone for agent in turn.world.rules.agents.values()):
        command_line = (
            f"warmline agent create {phone} phone={phone} (if phone {phone} is new: warmline phone create {phone})"
        )
        return reasons.SUPERVISOR_PHONE_UNKNOWN.text(phone=phone, make=command_line)
    if user := next(iter(turn.world.session_index.list_phone_agents(phone)), ""):
        return reasons.SUPERVISOR_LOGGED_IN.text(phone=phone, agent=user)
    return node_limit.find_node_refusal(turn.world)


def handle_arrival(turn: Turn, leg: Leg) -> None:
    """Dial the supervisor's channel, or add an arrived snoop channel to the supervisor's bridge."""
    if leg.role is Role.SUPERVISOR:
        turn.put(leg.with_dialling(asked=True))
        turn.do(leg.owner, DialLeg(leg.id, leg.dialling.timeout))
        return
    supervisor_leg = turn.world.legs.get(leg.supervision.peer_leg)
    if supervisor_leg and not leg.hangup_requested:  # else another snoop channel follows
        turn.do(leg.owner, AddToBridge(leg.id, to_bridge_id(supervisor_leg.id)))
        receipts.finish(turn, supervisor_leg.supervision.receipt, Outcome.COMPLETED)  # of a change of supervision


def handle_answer(turn: Turn, leg: Leg) -> None:
    """Start supervision after the supervisor has answered."""
    supervised_leg = agent_states.find_agent_leg(turn, leg.owner)
    if supervised_leg is None or supervised_leg.phase is not Phase.UP or supervised_leg.server != leg.server:
        receipts.finish(turn, leg.supervision.receipt, Outcome.FAILED, cause=reasons.PHONE_OFF_LINE.text())
        _hang_up(turn, leg)
        return
    receipts.finish(turn, leg.supervision.receipt, Outcome.COMPLETED)
    supervisor_help.end_help(turn, leg.owner)
    turn.put(supervised_leg.with_supervision(heard_by=(*supervised_leg.supervision.heard_by, leg.id)))
    bridge_id = to_bridge_id(leg.id)
    turn.do(leg.owner, CreateMixingBridge(bridge_id, server=leg.server), AddToBridge(leg.id, bridge_id))
    _create_snoop_leg(turn, leg, supervised_leg)


def replace_snoop_channels(turn: Turn, supervised_leg: Leg | None) -> None:
    """Replace the snoop channels of an agent's phone after a beep to the agent, or a snoop channel, has ended.

    If two channels snoop on a phone and one of them ends, Asterisk often passes only what that phone says to the other.
    All snoop channels are therefore hung up. New ones start SNOOP_INTERVAL_US after the last has ended.
    """
    leg_ids = supervised_leg.supervision.heard_by if supervised_leg else ()
    for leg in [turn.world.legs[leg_id] for leg_id in leg_ids if leg_id in turn.world.legs]:
        if leg.supervision.peer_leg in turn.world.legs:
            _hang_up(turn, turn.world.legs[leg.supervision.peer_leg])
        elif not leg.hangup_requested:
            turn.wake(turn.now + SNOOP_INTERVAL_US, TimerKind.LEG, leg.id)


def start_snoop_channel(turn: Turn, leg: Leg) -> None:
    """Give the supervisor a new snoop channel after SNOOP_INTERVAL_US, or hang up if the supervised phone was lost."""
    if not leg.supervision.peer_leg or leg.supervision.peer_leg in turn.world.legs:
        return
    if supervised_leg := _find_supervised_leg(turn, leg.id, leg.owner):
        _create_snoop_leg(turn, leg, supervised_leg)
    else:
        _hang_up(turn, leg)


def _find_supervised_leg(turn: Turn, leg_id: str, user: str) -> Leg | None:
    """Return the agent's phone if this supervisor still hears it, else None."""
    supervised_leg = agent_states.find_agent_leg(turn, user)
    return supervised_leg if supervised_leg and leg_id in supervised_leg.supervision.heard_by else None


def _create_snoop_leg(turn: Turn, leg: Leg, supervised_leg: Leg) -> None:
    snoop_leg = turn.put(
        Leg(
            id=turn.new_id(),
            role=Role.SNOOP,
            owner=leg.owner,
            server=supervised_leg.server,
            created=turn.now,
            originated=True,
            supervision=LegSupervision(peer_leg=leg.id),
        )
    )
    turn.put(leg.with_supervision(peer_leg=snoop_leg.id))
    turn.do(leg.owner, CreateSnoopLeg(snoop_leg.id, to=supervised_leg.id, whisper=leg.media))


def handle_leg_end(turn: Turn, leg: Leg, cause: int) -> None:
    """Handle the end of a supervisor's leg or snoop channel; the other of the two is hung up too."""
    if leg.role is Role.SNOOP:
        if not leg.hangup_requested or not _find_supervised_leg(turn, leg.supervision.peer_leg, leg.owner):
            _hang_up(turn, turn.world.legs.get(leg.supervision.peer_leg))
        if leg.hangup_requested:
            replace_snoop_channels(turn, agent_states.find_agent_leg(turn, leg.owner))
        return
    outcome, reason = get_outcome_for_cause(cause)
    if leg.hangup_requested:
        outcome, reason = Outcome.ABANDONED, reasons.RINGING_CANCELLED.text()
    receipts.finish(turn, leg.supervision.receipt, outcome, cause=reason)
    if supervised_leg := _find_supervised_leg(turn, leg.id, leg.owner):
        leg_ids = supervised_leg.supervision.heard_by
        turn.put(supervised_leg.with_supervision(heard_by=tuple(leg_id for leg_id in leg_ids if leg_id != leg.id)))
    if leg.supervision.peer_leg:
        _hang_up(turn, turn.world.legs.get(leg.supervision.peer_leg))
        turn.do(leg.owner, DestroyBridge(to_bridge_id(leg.id), server=leg.server))


def handle_failed_bridging(turn: Turn, leg: Leg) -> None:
    """Hang up a supervisor or snoop channel that could not be bridged, because the supervisor would hear nothing."""
    _hang_up(turn, leg)


def _hang_up(turn: Turn, leg: Leg | None) -> None:
    if leg and not leg.hangup_requested:
        turn.put(replace(leg, hangup_requested=True))
        turn.do(leg.owner, HangUpLeg(leg.id))


def to_bridge_id(leg: str) -> str:
    """Return the id of a supervisor's bridge."""
    return f"ear-{leg}"
