"""One life of the Asterisk that we are connected to: told apart from the next by when it started."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class AsteriskInstance:
    """`started` as it says itself, `seen` when we were first connected to it, `ended` when another one was found in
    its place. Times in microseconds, UTC."""

    id: str
    started: int
    seen: int
    ended: int | None = None
