"""Asterisk servers. Each leg, call and recording is on one of them, and each action for Asterisk goes to one."""

from dataclasses import dataclass

MAIN = "main"  # the only server today


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerAction:
    """An action that Asterisk carries out on `server`, or that is about a file there.

    `Turn.do` sets the server. Only actions on an unknown leg, bridge or file are created with a server.
    """

    server: str = MAIN


@dataclass(frozen=True, slots=True)
class MoveIntoStasis(ServerAction):
    """Take both legs of a conversation out of the dialplan, and into this bridge. Proof: LegJoined of each."""

    customer: str
    agent_leg: str
    bridge: str


@dataclass(frozen=True, kw_only=True)
class AsteriskInstance:
    """One run of a server's Asterisk, identified by its start time.

    `started` is the time that Asterisk reports, `seen` the first connection, and `ended` the time at which another run
    was found. Times in microseconds, UTC.
    """

    id: str
    server: str = MAIN
    started: int
    seen: int
    ended: int | None = None
