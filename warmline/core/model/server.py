"""The runs of Asterisk servers. Each leg, call and recording is on one server."""

from dataclasses import dataclass

from warmline.core.messages.values.server_action import MAIN


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
