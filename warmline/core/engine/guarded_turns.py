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
    core_input: Input,
    make_stamp: Callable[[], tuple[int, str]],
    finish_turn: Callable[[Input, Turn, str], T],
    report_failure: Callable[[TurnFailed, Exception], None],
) -> Iterator[T]:
    """Handle an input. If its turn raises, the world is as before, and the turn of a TurnFailed follows instead.

    `make_stamp` returns the time of each turn, in microseconds UTC, and a new ULID. `finish_turn` is called with each
    completed turn and is a part of it: if it raises, the turn has failed. Its result is yielded. `report_failure` is
    called for each failed turn.

    An input about all records is tried again without the failed record. This ends with a success, or when the same
    record fails although it was left out. After the removal of a call, calls that wait for its agent get a turn
    immediately.
    """
    given_up_records: set[str] = set()
    while True:
        now_us, turn_id = make_stamp()
        turn = Turn(world, now_us, turn_id)
        try:
            outcome = _run_turn(turn, core_input, turn_id, finish_turn=finish_turn)
        except Exception as error:  # any bug; it affects only one call
            event = make_turn_failed(world, core_input, error, subject=turn.subject, now_us=now_us)
            report_failure(event, error)
        else:
            yield outcome
            return
        event, outcome = _apply_remedy(world, event, make_stamp, finish_turn=finish_turn)
        yield outcome
        if event.remedy in PASSIVE_REMEDIES and event.subject in given_up_records:
            return
        if event.remedy in PASSIVE_REMEDIES:
            given_up_records.add(event.subject)
        if not isinstance(core_input, INPUTS_ABOUT_ALL_RECORDS):
            if event.remedy not in (Remedy.FALLBACK, Remedy.REMOVE):
                return
            core_input = TimerFired()


def _run_turn(turn: Turn, core_input: Input, turn_id: str, finish_turn: Callable[[Input, Turn, str], T]) -> T:
    run_turn(turn, core_input)
    try:
        return finish_turn(core_input, turn, turn_id)
    except Exception:  # re-raised; `take` rolls back only its own failures
        turn.world.roll_back()
        raise


def _apply_remedy(
    world: World,
    event: TurnFailed,
    make_stamp: Callable[[], tuple[int, str]],
    finish_turn: Callable[[Input, Turn, str], T],
) -> tuple[TurnFailed, T]:
    """Apply the remedy. If it raises, apply the next one; only the last one may raise."""
    while True:
        now_us, turn_id = make_stamp()
        try:
            return event, _run_turn(Turn(world, now_us, turn_id), event, turn_id, finish_turn=finish_turn)
        except Exception:  # any bug here too; the next remedy changes less
            if event.remedy is Remedy.GIVEN_UP:
                raise
            event = replace(event, remedy=NEXT_REMEDIES[event.remedy])
