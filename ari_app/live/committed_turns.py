"""The live state of the process that has the calls, once, then each batch of its turns; from it, or from a copy."""

from collections.abc import Callable
from typing import Protocol

from msgspec import Struct

from warmline.operations.live_records import AgentNow, CallWhole


class JournalRow(Struct, frozen=True, array_like=True):
    """A row of the journal: its number, time in microseconds UTC, kind, call, agent, and the payload as JSON.

    `correction` (microseconds) is added to its times for those of the machine.
    """

    seq: int
    at: int
    kind: str
    call: str
    agent: str
    payload: bytes
    correction: int = 0


class LiveState(Struct, frozen=True):
    """Every live agent and call after all turns up to the journal's row `row`."""

    row: int
    agents: list[AgentNow]
    calls: list[CallWhole]


class CommittedTurns(Struct, frozen=True):
    """The rows of turns that the journal has, in order, and each agent and call that these turns may have changed.

    A record is None after its end. Each record is as after the journal's row `row`, the last of these turns. Records
    can come before their rows, while the disk is late.
    """

    row: int
    rows: list[JournalRow]
    agents: dict[str, AgentNow | None]
    calls: dict[str, CallWhole | None]


class TurnSource(Protocol):
    """The process that has the calls, as one follower sees it."""

    @property
    def told_row(self) -> int:
        """The number of the last journal row that has come here, 0 before the first; the database can be ahead."""

    def follow(self, take: Callable[[CommittedTurns], None], begin_again: Callable[[LiveState], None]) -> LiveState:
        """Return the live state now, and call `take` with each later commit, until `leave`.

        After a gap, `begin_again` gets the whole live state again.
        Rows of turns before `follow` can still come, because their commit is later. They change no record.
        """

    def leave(self) -> None:
        """Tell the follower nothing more."""
