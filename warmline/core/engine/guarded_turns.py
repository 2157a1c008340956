"""The turns of one input, with the remedies for turns that raise an exception."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TypeVar

from warmline.core.engine.engine import Input, run_turn
from warmline.core.engine.failed_turn import NEXT_REMEDIES, PASSIVE_REMEDIES, make_turn_failed
from warmline.core.messages.events import Remedy, TurnFailed
from warmline.core.messages.process_messages import (
    AppStarted,
    AsteriskConnected,
    ClockCorrected,
    ConfigurationChanged,
    Reconciled,
    Reconciling,
    ServerAway,
    ServerLost,
    ServersKnown,
    TimerFired,
)
from warmline.core.world.turn import Turn
from warmline.core.world.world import World

T = TypeVar("T")

SERVER_INPUTS = (Reconciling, Reconciled, AsteriskConnected, ServerAway, ServerLost, ServersKnown)
INPUTS_ABOUT_ALL_RECORDS = (TimerFired, AppStarted, ConfigurationChanged, ClockCorrected, *SERVER_INPUTS)
"""Inputs about all records: no record may miss one because another failed."""


def run_guarded_turns(
    world: World,
    entry: Input,
    stamp: Callable[[], tuple[int, str]],
    finish: Callable[[Input, Turn, str], T],
    failed: Callable[[TurnFailed, Exception], None],
) -> Iterator[T]:
    """Handle an input. If its turn raises, the world is as before, and the turn of a TurnFailed follows instead.

    `stamp` returns the time of each turn, in microseconds UTC, and a new ULID. `finish` is called with each completed
    turn and is a part of it: if `finish` raises, the turn has failed. Its result is yielded. `failed` is called for
    each failed turn.

    An input about all records is tried again without the failed record. This ends with a success, or when the same
    record fails although it was left out. After the removal of a call, calls that wait for its agent get a turn at
    once.
    """
    given_up: set[str] = set()
    while True:
        now, base = stamp()
        turn = Turn(world, now, base)
        try:
            done = _taken(turn, entry, base, finish)
        except Exception as error:  # any bug; it affects only one call
            event = make_turn_failed(world, entry, error, turn.subject, now)
            failed(event, error)
        else:
            yield done
            return
        event, done = _set_aside(world, event, stamp, finish)
        yield done
        if event.remedy in PASSIVE_REMEDIES and event.subject in given_up:
            return
        if event.remedy in PASSIVE_REMEDIES:
            given_up.add(event.subject)
        if not isinstance(entry, INPUTS_ABOUT_ALL_RECORDS):
            if event.remedy not in (Remedy.FALLBACK, Remedy.REMOVE):
                return
            entry = TimerFired()


def _taken(turn: Turn, entry: Input, base: str, finish: Callable[[Input, Turn, str], T]) -> T:
    run_turn(turn, entry)
    try:
        return finish(entry, turn, base)
    except Exception:  # re-raised; `take` rolls back only its own failures
        turn.world.roll_back()
        raise


def _set_aside(
    world: World, event: TurnFailed, stamp: Callable[[], tuple[int, str]], finish: Callable[[Input, Turn, str], T]
) -> tuple[TurnFailed, T]:
    """Apply the remedy. If it raises, apply the next one; only the last one may raise."""
    while True:
        now, base = stamp()
        try:
            return event, _taken(Turn(world, now, base), event, base, finish)
        except Exception:  # any bug here too; the next remedy changes less
            if event.remedy is Remedy.GIVEN_UP:
                raise
            event = replace(event, remedy=NEXT_REMEDIES[event.remedy])
