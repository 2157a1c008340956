"""The events of a turn: one for each record whose public fields the turn changed."""

from collections.abc import Iterator

from warmline.core.model.call import Call
from warmline.core.model.call_states import AgentState
from warmline.core.model.dialler import Dialler
from warmline.core.model.disposition_entry import DispositionEntry
from warmline.core.model.leg import Leg, Role
from warmline.core.model.receipt import Receipt
from warmline.core.model.recording import Recording
from warmline.core.model.session import Session
from warmline.core.model.shown_state import LOGGED_OUT, to_shown_state
from warmline.core.world.turn import Turn
from warmline.store.events import event_types, public_records
from warmline.store.events.public_records import OF_CALL, OF_SESSION, Public

TurnEvent = tuple[str, Public]


def events_of(turn: Turn) -> Iterator[TurnEvent]:
    """Yield the type and the public fields of each changed record, in the order of their first change."""
    changes = turn.changes
    sessions = {record.id for record, _ in changes if isinstance(record, Session)}
    for record, is_open in changes:
        match record:
            case Call():
                yield from _call(turn, record)
            case Session():
                yield from _agent(turn, record, is_open)
                if is_open and record.state is AgentState.INCALL:
                    yield from _handover(turn, record)
            case Leg():
                session = _supervised(turn, record)
                if session and session.id not in sessions:
                    sessions.add(session.id)
                    yield from _agent(turn, session, is_open=True)
            case Receipt():
                yield from _command(turn, record)
            case Recording():
                yield from _recording(turn, record)
            case DispositionEntry(undo_until=0):
                corrected = event_types.DISPOSITION_CORRECTED
                kind = corrected if record.correction else event_types.DISPOSITION_ENTERED
                yield kind, public_records.disposition(record)
            case Dialler():
                if kind := event_types.dialler_type(turn.get_previous(record), record):
                    yield kind, public_records.dialler(record)


def _call(turn: Turn, now: Call) -> Iterator[TurnEvent]:
    before = turn.get_previous(now)
    if before and now.third is None and OF_CALL(before) == OF_CALL(now):
        return
    public = public_records.call(now, turn.world.legs.get)
    if before is None or public != public_records.call(before, turn.get_previous_leg):
        yield event_types.call_type(before.state if before else None, now.state), public


def _agent(turn: Turn, now: Session, is_open: bool) -> Iterator[TurnEvent]:
    before = turn.get_previous(now)
    if before and before.id != now.id:  # the agent logged in again on another phone
        before = None
    live = turn.world.calls.get(now.call or "")
    if before and is_open and now.overdue and not before.overdue:
        yield event_types.AGENT_OVERDUE, public_records.agent(now, to_shown_state(now, live), live, turn.world.legs.get)
        return
    if before and is_open and OF_SESSION(before) == OF_SESSION(now) and _same_beside(turn, now, live):
        return
    state = to_shown_state(now, live) if is_open else LOGGED_OUT
    public = public_records.agent(now, state, live, turn.world.legs.get)
    was = None
    if before:
        then = turn.get_previous_call(before.call or "")
        was = to_shown_state(before, then)
        if public == public_records.agent(before, was, then, turn.get_previous_leg):
            return
    yield event_types.agent_type(was, state), public


def _handover(turn: Turn, now: Session) -> Iterator[TurnEvent]:
    """Yield the event of an agent who has joined a call that an agent had before, or shares with them."""
    before, live = turn.get_previous(now), turn.world.calls.get(now.call or "")
    if live is None or (before and before.state is AgentState.INCALL and before.call == now.call):
        return
    then = turn.get_previous_call(live.id)
    sender = live.agent if live.consultation.closer == now.agent else then.outcome.last_agent if then else ""
    if sender:
        session = before if sender == now.agent else turn.world.sessions.get(sender)
        told = public_records.handover(live, now.agent, sender, session, turn.now)
        yield event_types.HANDOVER_RECEIVED, told


def _same_beside(turn: Turn, session: Session, live: Call | None) -> bool:
    """Return whether the agent's call and supervisors cannot have changed."""
    heard = turn.world.legs.get(session.leg or "")
    then = turn.get_previous_call(session.call or "")
    return not (heard and heard.supervision.heard_by) and (live.state if live else None) is (
        then.state if then else None
    )


def _supervised(turn: Turn, leg: Leg) -> Session | None:
    """Return the agent whose supervisor or mode a changed leg may have changed; None if there is none."""
    before = turn.get_previous(leg)
    heard = leg.role is Role.AGENT and (
        leg.supervision.heard_by if before is None else leg.supervision.heard_by != before.supervision.heard_by
    )
    return turn.world.sessions.get(leg.owner) if heard or leg.role is Role.SUPERVISOR else None


def _command(turn: Turn, now: Receipt) -> Iterator[TurnEvent]:
    before = turn.get_previous(now)
    public = public_records.command(now)
    if before is None or public != public_records.command(before):
        was = public_records.last_step(before) if before else None
        yield event_types.command_type(was, now.outcome, public.step), public


def _recording(turn: Turn, now: Recording) -> Iterator[TurnEvent]:
    before = turn.get_previous(now)
    public, of = public_records.recording(now), event_types.recording_type(before, now)
    if of and (before is None or public != public_records.recording(before)):
        yield of, public
