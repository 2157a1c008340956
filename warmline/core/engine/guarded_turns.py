"""The turns of one input, with what is done where one of them raises an exception."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TypeVar

from warmline.core.engine.engine import Input, take
from warmline.core.engine.failed_turn import IDLE, NEXT, failure
from warmline.core.model.events import (
    AppStarted,
    AsteriskConnected,
    ConfigurationChanged,
    Reconciled,
    Reconciling,
    Remedy,
    TimerFired,
    TurnFailed,
)
from warmline.core.state.world import Turn, World

T = TypeVar("T")

OF_ALL = (TimerFired, AppStarted, ConfigurationChanged, Reconciling, Reconciled, AsteriskConnected)
"""Inputs that are about everybody: nobody may miss one because another call failed."""


def turns(
    world: World,
    entry: Input,
    stamp: Callable[[], tuple[int, str]],
    finish: Callable[[Input, Turn, str], T],
    failed: Callable[[TurnFailed, Exception], None],
) -> Iterator[T]:
    """Handle an input; where its turn raises, the world is as before, and the turn of a TurnFailed comes instead.

    `stamp` gives each turn its time, microseconds UTC, and a fresh ULID. `finish` is called with each turn that was
    taken, and is a part of it: if it raises, the turn has failed. What it returns is yielded. `failed` is told of each
    failed turn.

    An input about everybody is tried again without the record that failed, until it succeeds or the same record fails
    although it was left out. After a call was removed, what waits for its agent gets a turn at once.
    """
    given_up: set[str] = set()
    while True:
        now, base = stamp()
        turn = Turn(world, now, base)
        try:
            done = _taken(turn, entry, base, finish)
        except Exception as error:  # any bug: it harms one call
            event = failure(world, entry, error, turn.subject, now)
            failed(event, error)
        else:
            yield done
            return
        event, done = _set_aside(world, event, stamp, finish)
        yield done
        if event.remedy in IDLE and event.subject in given_up:
            return
        if event.remedy in IDLE:
            given_up.add(event.subject)
        if not isinstance(entry, OF_ALL):
            if event.remedy not in (Remedy.FALLBACK, Remedy.REMOVE):
                return
            entry = TimerFired()


def _taken(turn: Turn, entry: Input, base: str, finish: Callable[[Input, Turn, str], T]) -> T:
    take(turn, entry)
    try:
        return finish(entry, turn, base)
    except Exception:  # whatever it is, it goes on; `take` has put back what it did itself
        turn.world.roll_back()
        raise


def _set_aside(
    world: World, event: TurnFailed, stamp: Callable[[], tuple[int, str]], finish: Callable[[Input, Turn, str], T]
) -> tuple[TurnFailed, T]:
    """Do what the remedy says; where that raises too, the next one, until nothing is done. Only that may raise."""
    while True:
        now, base = stamp()
        try:
            return event, _taken(Turn(world, now, base), event, base, finish)
        except Exception:  # any bug here too: a milder remedy is left
            if event.remedy is Remedy.GIVEN_UP:
                raise
            event = replace(event, remedy=NEXT[event.remedy])
