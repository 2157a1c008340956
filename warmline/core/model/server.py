"""The Asterisk servers and their runs. Each leg, call and recording is on one server."""

from dataclasses import dataclass

from warmline.core.messages.values.server_action import MAIN_SERVER
from warmline.core.moment import Moment


@dataclass(frozen=True, kw_only=True)
class AsteriskInstance:
    """One run of a server's Asterisk, identified by its start time.

    `started` is the time that Asterisk reports, `seen` the first connection, and `ended` the time at which another run
    was found. Times in microseconds, UTC.
    """

    id: str
    server: str = MAIN_SERVER
    started: int
    seen: Moment
    ended: Moment | None = None


@dataclass(frozen=True, kw_only=True)
class MediaServer:
    """One of several servers in the settings; there is no such record of a server that is the only one.

    `weight` is its share of new calls, relative to the weights of the others; 0 is none. A server that drains gets no
    new call, and its calls go on. `since` is when it began or ceased to drain (microseconds UTC), and `by` is the user.
    `away`: no events of it arrive.
    """

    id: str
    weight: int
    draining: bool = False
    since: Moment = 0
    by: str = ""
    away: bool = False
