"""The core on the simulated Asterisk, with turns that fail where a test wants it, as they can in the app."""

from collections.abc import Callable, Iterable
from pathlib import Path

from tools.simulation.asterisk.core_driver import Driver
from tools.simulation.asterisk.recorded_driver import RecordedDriver
from warmline.core.engine.engine import Input
from warmline.core.engine.guarded_turns import run_guarded_turns
from warmline.core.messages import events as ev
from warmline.core.rules.configuration import Rules
from warmline.core.world.turn import Turn

Taken = tuple[Input, Turn, str]


class ProvokedError(Exception):
    """The exception that a test makes a turn raise."""


class FailingDriver(Driver):
    """`fails` decides whether a turn raises after it has made all its changes.

    `failures` are the turns that failed; `rolled_back` is called after such a turn has been undone.
    """

    def __init__(self, rules: Rules | None = None) -> None:
        self.fails: Callable[[Input], bool] = lambda _: False
        self.rolled_back: Callable[[], None] = lambda: None
        self.failures: list[ev.TurnFailed] = []
        super().__init__(rules)

    def feed_together(self, entries: Iterable[Input]) -> None:
        for turn in [turn for entry in entries for turn in self._turns(entry)]:
            self._perform_all(turn)
        self._hand_over_answers()
        self.pump()

    def _turn(self, entry: Input) -> Turn:
        *_, last = (self._performed(turn) for turn in self._turns(entry))
        self._hand_over_answers()
        return last

    def _performed(self, turn: Turn) -> Turn:
        self._perform_all(turn)
        return turn

    def _turns(self, entry: Input) -> list[Turn]:
        if isinstance(entry, ev.DtmfReceived):
            entry = self.private.hide_key(self.world, entry, self._base())
        found = []
        for taken, turn, base in run_guarded_turns(self.world, entry, self._stamp, self._finish, self._failed):
            self._taken(taken, turn, base)
            found.append(turn)
        return found

    def _stamp(self) -> tuple[int, str]:
        self.asterisk.now += 1
        return self.asterisk.now, self._base()

    def _finish(self, entry: Input, turn: Turn, base: str) -> Taken:
        if self.fails(entry):
            raise ProvokedError
        return entry, turn, base

    def _failed(self, event: ev.TurnFailed, _: Exception) -> None:
        self.failures.append(event)
        self.rolled_back()


class RecordedFailingDriver(FailingDriver, RecordedDriver):
    """The same driver with the real database."""

    def __init__(self, database: Path) -> None:
        self.fails = lambda _: False
        self.rolled_back = lambda: None
        self.failures = []
        RecordedDriver.__init__(self, database)
