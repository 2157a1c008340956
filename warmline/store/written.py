"""What the journal keeps of a turn: the input with the id its new ids were drawn from, and what was decided."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, get_args

import msgspec

from warmline.core.actions import Action
from warmline.core.call.call import Call
from warmline.core.commands import Ask
from warmline.core.disposition import DispositionEntry
from warmline.core.engine import Input
from warmline.core.events import (
    ActionDone,
    ActionFailed,
    Configured,
    Event,
    FallbackTaken,
    LegArrived,
    Reconciled,
    Reconciling,
    Started,
)
from warmline.core.leg import Leg, Role
from warmline.core.receipt import Receipt
from warmline.core.recording import Recording
from warmline.core.session import Session
from warmline.core.webhook import Webhook
from warmline.core.world import Turn
from warmline.store.entry import Entry

CORE_VERSION = 9  # of what `handle` does with an input; a replay of rows with another one says so
OF_AN_AGENT = (Role.AGENT, Role.RETURNING, Role.WHISPER, Role.SUPERVISOR, Role.EAR)
ACTIONS = {kind.__name__: kind for kind in get_args(Action)}
INPUTS = {kind.__name__: kind for kind in (Ask, *get_args(Event))}


@dataclass(frozen=True, slots=True)
class Written:
    """One journal row's payload. `action` names the class inside an ActionDone or ActionFailed.

    `became`: what the turn changed, as (what, its id, its state), for those who follow the journal from outside.
    """

    core: int
    base: str
    input: Input
    action: str = ""
    asked: tuple[tuple[str, object], ...] = ()
    notes: tuple[str, ...] = ()
    became: tuple[tuple[str, str, str], ...] = ()


def entry_of(entry: Input, turn: Turn, base: str) -> Entry | None:
    """The journal entry of a turn; None when the input changed nothing, asked for nothing and set no alarm."""
    always = isinstance(entry, Started | Configured | Reconciling | Reconciled | FallbackTaken)
    if not turn.actions and not turn.changes and not turn.alarmed and not always:
        return None
    if isinstance(entry, FallbackTaken):
        payload = Written(CORE_VERSION, base, entry)
        return Entry(turn.now, type(entry).__name__, entry.call, "", payload, ((entry, False),))
    action = type(entry.action).__name__ if isinstance(entry, ActionDone | ActionFailed) else ""
    asked = tuple((type(action).__name__, action) for _, action in turn.actions)
    payload = Written(CORE_VERSION, base, entry, action, asked, tuple(turn.notes), tuple(_became(turn)))
    call, agent = _whose(turn)
    if isinstance(entry, LegArrived) and not turn.changes:
        call = entry.call  # of a caller who is not taken
    return Entry(turn.now, type(entry).__name__, call, agent, payload, turn.changes)


def input_of(kind: str, payload: dict[str, Any]) -> Input:
    """The input that a journal row of this kind holds. Raises ValueError if this core has no such input."""
    said = payload["input"]
    try:
        if kind in ("ActionDone", "ActionFailed"):
            said = said | {"action": msgspec.convert(said["action"], ACTIONS[payload["action"]])}
            found: Input = INPUTS[kind](**said)
        else:
            found = msgspec.convert(said, INPUTS[kind])
    except (KeyError, TypeError, msgspec.ValidationError) as error:
        raise ValueError(f"{kind} cannot be read: {error}") from None
    return found


def _became(turn: Turn) -> Iterator[tuple[str, str, str]]:
    """What people outside may want to know of: the state of each call, agent, receipt and file, and dispositions."""
    for entity, is_open in turn.changes:
        match entity:
            case Call():
                yield "call", entity.id, entity.state
            case Session():
                yield "agent", entity.agent, entity.state if is_open else "LOGGED_OUT"
            case Receipt():
                yield "receipt", entity.id, entity.outcome or entity.steps[-1][0]
            case Recording():
                yield "recording", entity.id, entity.status
            case DispositionEntry():
                yield "disposition", entity.call, entity.status


def _whose(turn: Turn) -> tuple[str, str]:
    """The call and the agent a turn was about: a call that changed, else whose leg, receipt or file changed."""
    changed = [entity for entity, _ in turn.changes]
    call = next((c for c in changed if isinstance(c, Call)), None)
    if call:
        return call.id, call.agent or call.last_agent
    owned = next((e for e in changed if isinstance(e, Receipt | Recording | Webhook)), None)
    if owned:
        return owned.call, owned.agent
    session = next((s for s in changed if isinstance(s, Session)), None)
    if session:
        return session.call or session.last_call, session.agent
    leg = next((leg for leg in changed if isinstance(leg, Leg)), None)
    if leg is None:
        return "", ""
    return ("", leg.owner) if leg.role in OF_AN_AGENT else (leg.owner, "")
