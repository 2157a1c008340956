"""Channels outside Warmline that talk to each other."""

from dataclasses import dataclass

from warmline.core.messages.values.server_action import MAIN_SERVER


@dataclass(frozen=True, kw_only=True)
class OutsideLeg:
    """A channel outside Warmline. `phone` is the endpoint of a SIP channel, else ""; `number` is the far end's."""

    id: str
    name: str
    phone: str = ""
    number: str = ""
    up: bool = True


@dataclass(frozen=True, kw_only=True)
class OutsideTalk:
    """Two channels outside Warmline that talk to each other: the one that was named, and the other.

    `caller` is the id of the older one, and `dialled` the extension that it dialled. `app` is the ARI application that
    has both, "" for the dialplan.
    """

    named: OutsideLeg
    other: OutsideLeg
    caller: str
    dialled: str = ""
    server: str = MAIN_SERVER
    app: str = ""
