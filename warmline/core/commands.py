"""What somebody asks of a live call or an agent. A command may be refused; then nothing has changed."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The commands, by the names VICIdial's API gives them where it has them."""

    DIAL_WITH_CUSTOMER = "DIAL_WITH_CUSTOMER"
    LEAVE_3WAY_CALL = "LEAVE_3WAY_CALL"
    HANGUP_XFER = "HANGUP_XFER"
    HANGUP_BOTH = "HANGUP_BOTH"
    HANGUP = "HANGUP"
    STATUS = "STATUS"
    PAUSE = "PAUSE"
    RESUME = "RESUME"


CALL_COMMANDS = (Kind.DIAL_WITH_CUSTOMER, Kind.LEAVE_3WAY_CALL, Kind.HANGUP_XFER, Kind.HANGUP_BOTH, Kind.HANGUP)


@dataclass(frozen=True, slots=True)
class Command:
    """One request: what, about whose newest call, and with which argument."""

    kind: Kind
    agent: str
    number: str = ""  # DIAL_WITH_CUSTOMER: the third party's, as asked for
    status: str = ""  # STATUS: the disposition code


@dataclass(frozen=True, slots=True)
class Ask:
    """A command on its way in: its receipt's id, who asks, and through what program."""

    receipt: str
    command: Command
    by: str = ""
    source: str = ""
