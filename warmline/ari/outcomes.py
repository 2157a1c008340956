"""The results of a call, of a recording, and of the time without a connection."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from warmline.ari.channel import Channel
from warmline.core.model.dial_outcome import DialOutcome as DialOutcome


@dataclass(frozen=True, slots=True)
class Called:
    """The result of `call`: only an answered one has a channel. `cause` is Asterisk's hang-up cause, or 0.

    `seconds` is the time from the call to the result.
    `machine` says whether an answering machine has answered, if `call` had `detect_machine`; None if that is not sure.
    """

    outcome: DialOutcome
    why: str = ""
    cause: int = 0
    answered_by: Channel | None = None
    seconds: float = 0.0
    machine: bool | None = None

    def __bool__(self) -> bool:
        """Return whether a party answered."""
        return self.answered_by is not None

    @property
    def channel(self) -> Channel:
        """Return the channel of the party who answered. Raises ValueError if there is none."""
        if self.answered_by is None:
            raise ValueError(f"no party answered ({self.outcome.value}): check `if called:` before `called.channel`")
        return self.answered_by


@dataclass(frozen=True, slots=True)
class Recorded:
    """A finished recording: its name in Asterisk's folder of recordings, and its length.

    `silent` says whether no voice was heard. Asterisk measures it only if `record` had `silence`; else it is None.
    """

    name: str
    seconds: int
    silent: bool | None


@dataclass(frozen=True, slots=True)
class Reconnected:
    """The connection was lost and is back. Events of the time between are missing.

    `gone` are the channels that ended in that time. `restarted` says that Asterisk itself was started again.
    """

    gone: tuple[Channel, ...]
    restarted: bool


@dataclass(frozen=True, slots=True)
class UnknownEvent:
    """An event whose type or form this version of Warmline does not know, as Asterisk sent it."""

    type: str
    fields: Mapping[str, Any]
