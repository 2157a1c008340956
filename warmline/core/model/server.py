"""The Asterisks, by name: each leg, call and recording is on one of them, and each action for Asterisk goes to one."""

from dataclasses import dataclass

MAIN = "main"  # the only server today


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerAction:
    """An action that Asterisk carries out on `server`, or that is about a file there.

    `Turn.do` names the server. Only an action whose leg, bridge or file the core does not know is made with one.
    """

    server: str = MAIN


@dataclass(frozen=True, kw_only=True)
class AsteriskInstance:
    """One run of a server's Asterisk, identified by its start time.

    `started` as it says itself, `seen` when we were first connected to it, `ended` when another one was found in its
    place. Times in microseconds, UTC.
    """

    id: str
    server: str = MAIN
    started: int
    seen: int
    ended: int | None = None
