"""The stored form of a turn in the journal: the input, the base of its new ids, and the decisions."""

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

import msgspec

from warmline.core.engine.engine import Input
from warmline.core.messages.action_answers import ActionDone, ActionFailed
from warmline.core.messages.commands import Ask
from warmline.core.messages.dialler_messages import LeadAnsweredAway
from warmline.core.messages.events import Remedy, TurnFailed
from warmline.core.messages.fallback_messages import FallbackTaken
from warmline.core.messages.leg_messages import LegArrived
from warmline.core.messages.process_messages import (
    AppStarted,
    ConfigurationChanged,
    Reconciled,
    Reconciling,
    ServerAway,
)
from warmline.core.model.call import Call
from warmline.core.model.leg import Leg, Role
from warmline.core.model.receipt import Receipt
from warmline.core.model.recording import Recording
from warmline.core.model.session import Session
from warmline.core.model.webhook import Webhook
from warmline.core.world.turn import Turn
from warmline.core.world.world import OpenRecord
from warmline.store.events.event_fields import Fields, Row, stored
from warmline.store.events.turn_events import events_of
from warmline.store.journal import command_codec, server_codec
from warmline.store.journal.journal_entry import JournalEntry
from warmline.store.wire_names.journal_classes import KINDS, NAMES, action_class, input_class
from warmline.store.wire_names.journal_kinds import kind_of

CORE_VERSION = 15  # counts up when `handle` decides differently; a replay stops at rows of another version
UNGATED = 9  # up to this version the app queried the database about a number before the input reached the core
RECOVERED = 0  # of a row that was written later, from a spill file: nothing follows from it
OF_AN_AGENT = (Role.AGENT, Role.RETURNING, Role.WHISPER, Role.SUPERVISOR, Role.SNOOP, Role.KEYS)
ASKED_BEFORE = ("command.requested", "leg.refer", "leg.redirected")
ABOUT_ACTION = (ActionDone, ActionFailed)
NOTES = (FallbackTaken, LeadAnsweredAway)
ALWAYS = (AppStarted, ConfigurationChanged, Reconciling, Reconciled, ServerAway, *NOTES, TurnFailed)
"""Inputs that are always journalled."""


Changes = Sequence[tuple[OpenRecord, bool]]  # the records of a turn, and whether they are open


class JournalPayload(msgspec.Struct, frozen=True, omit_defaults=True):
    """The payload of a journal row. `action` is the name of the action in an ActionDone or ActionFailed.

    `asked` are the requested actions as (name, action). `events` are the changes of the turn as (type, fields), for
    clients of the event stream: see event_fields.py. Rows of older versions have other names, and `became` instead of
    `events`, as (record, id, state). Empty fields are not stored.
    """

    core: int
    base: str
    input: Input | dict[str, Any]
    action: str = ""
    asked: tuple[tuple[str, object], ...] = ()
    notes: tuple[str, ...] = ()
    events: tuple[tuple[str, Fields], ...] = ()


def entry_of(entry: Input, turn: Turn, base: str) -> JournalEntry | None:
    """Return the journal entry of a turn; None if it changed nothing, requested no action and set no timer."""
    always, changes = isinstance(entry, ALWAYS), turn.changes
    if not turn.actions and not changes and not turn.has_timer_change and not always:
        return None
    kind = KINDS[type(entry)]
    if isinstance(entry, FallbackTaken):
        payload = JournalPayload(CORE_VERSION, base, entry)
        return JournalEntry(turn.now, kind, entry.call, "", payload, ((entry, False),), "", turn.world.correction)
    action = _action(entry)
    asked = tuple([(NAMES[type(action)], server_codec.stored(action)) for _, action in turn.actions])
    call, agent = _whose(changes)
    if isinstance(entry, LegArrived) and not changes:
        call = entry.call  # of a caller whom the app does not accept
    if isinstance(entry, LeadAnsweredAway):
        call = entry.call
    if isinstance(entry, TurnFailed):
        call, action = _failed_call(entry), _action(entry.failed)
    row = Row(call, agent, turn.now)
    events = tuple([(of, stored(record, row)) for of, record in events_of(turn)])
    payload = JournalPayload(CORE_VERSION, base, stored_input(entry), action, asked, tuple(turn.notes), events)
    opted_out = _opted_out(entry, turn)
    return JournalEntry(turn.now, kind, call, agent, payload, changes, opted_out, turn.world.correction)


def _opted_out(entry: Input, turn: Turn) -> str:
    """Return the number that this turn puts on the system's do-not-call list, or ""."""
    if isinstance(entry, LeadAnsweredAway):
        return entry.number if entry.opted_out else ""
    for record, _ in turn.changes:
        if isinstance(record, Call) and record.attempt.opted_out:
            was = turn.get_previous(record)
            if was and not was.attempt.opted_out:
                return record.number
    return ""


def stored_input(entry: Input) -> Input | dict[str, Any]:
    """Return the stored form of an input; a request stores only the fields that it uses."""
    match entry:
        case TurnFailed():
            said = {one.name: getattr(entry, one.name) for one in fields(entry)}
            return said | {"kind": KINDS[type(entry.failed)], "failed": stored_input(entry.failed)}
        case ActionDone(action):
            return {"action": server_codec.stored(action)}
        case ActionFailed(action, status, text):
            return {"action": server_codec.stored(action), "status": status, "text": text}
        case Ask():
            return command_codec.written_request(entry)
        case _:
            found: Input | dict[str, Any] = server_codec.stored(entry)
            return found


def _action(entry: Input) -> str:
    return NAMES[type(entry.action)] if isinstance(entry, ABOUT_ACTION) else ""


def _failed_call(entry: TurnFailed) -> str:
    """Return the call of a failed turn: its own call, the first call that it concerned, or the arriving call."""
    came = entry.failed.call if isinstance(entry.failed, LegArrived) else ""
    return entry.call or next(iter(entry.calls), came)


def input_of(kind: str, payload: dict[str, Any]) -> Input:
    """Return the input in a journal row of this kind. Raises ValueError if this core has no such input."""
    said = payload["input"]
    if payload["core"] == UNGATED and kind_of(kind) in ASKED_BEFORE:
        said = said | {"checked": True}
    try:
        of = input_class(kind)
        if of is TurnFailed:
            failed = input_of(said["kind"], payload | {"input": said["failed"]})
            rest = {name: value for name, value in said.items() if name not in ("kind", "failed")}
            found: Input = _failed_turn(failed, **rest)
        elif of in ABOUT_ACTION:
            said = said | {"action": msgspec.convert(said["action"], action_class(payload["action"]))}
            found = of(**said)
        else:
            found = msgspec.convert(said, of, dec_hook=command_codec.stored)
    except (KeyError, TypeError, msgspec.ValidationError) as error:
        raise ValueError(f"{kind} cannot be read: {error}") from None
    return found


def _failed_turn(failed: Input, remedy: str, calls: Sequence[str], legs: Sequence[str], **said: str) -> TurnFailed:
    return TurnFailed(failed=failed, remedy=Remedy(remedy), calls=tuple(calls), legs=tuple(legs), **said)


def _whose(changes: Changes) -> tuple[str, str]:
    """Return the call and the agent of a turn: of a changed call, or of a changed receipt, file, session or leg."""
    owned: Receipt | Recording | Webhook | None = None
    session: Session | None = None
    leg: Leg | None = None
    for one, _ in changes:
        match one:
            case Call():
                return one.id, one.agent or one.outcome.last_agent
            case Leg():
                leg = leg or one
            case Session():
                session = session or one
            case Receipt() | Recording() | Webhook():
                owned = owned or one
    if owned:
        return owned.call, owned.agent
    if session:
        return session.call or session.last.call, session.agent
    if leg is None:
        return "", ""
    return ("", leg.owner) if leg.role in OF_AN_AGENT else (leg.owner, "")
