"""Recordings: the requests for them, and their results."""

from dataclasses import dataclass, field

from warmline.core.messages.values.server_action import MAIN_SERVER, ServerAction


@dataclass(frozen=True, slots=True)
class MuteRecording(ServerAction):
    """Write silence to a recording until it is unmuted; its length includes the silence. Proof: ActionDone."""

    name: str
    on: bool


@dataclass(frozen=True, slots=True)
class CreateSnoopLeg(ServerAction):
    """Make a leg that hears what `to` hears and says. Proof: LegArrived of `leg`.

    `whisper` is who hears this leg: none, out (only `to`), or both (also the parties that hear `to`).
    """

    leg: str
    to: str
    whisper: str


@dataclass(frozen=True, slots=True)
class StartRecording(ServerAction):
    """Record a bridge to `name`. Proof: RecordingStarted. After a failure, the call continues without a recording."""

    name: str
    bridge: str


@dataclass(frozen=True, slots=True)
class StopRecording(ServerAction):
    """End a recording and keep it. Proof: RecordingFinished."""

    name: str


@dataclass(frozen=True, slots=True)
class MeasureRecording(ServerAction):
    """Read the finished file: length, size, hash. Proof: RecordingMeasured."""

    name: str


@dataclass(frozen=True, slots=True)
class ConvertRecording(ServerAction):
    """Make the measured file's other format, next to it. Proof: RecordingConverted."""

    name: str
    format: str


@dataclass(frozen=True, slots=True)
class RecordingStarted:
    name: str
    server: str = MAIN_SERVER


@dataclass(frozen=True, slots=True)
class RecordingFinished:
    """Asterisk has written the last sample. `found`: some time before the app noticed it."""

    name: str
    found: bool = False


@dataclass(frozen=True, slots=True)
class RecordingFailed:
    name: str
    cause: str


@dataclass(frozen=True, slots=True)
class RecordingMeasured:
    """The finished file on disk. `length` in milliseconds; all values are 0 or empty if there is no file.

    `mended`: Asterisk had not closed the file, and it was repaired. `fault`: why it cannot be heard; "" if it can.
    `age`: milliseconds since it was last written.
    """

    name: str
    path: str
    bytes: int
    length: int
    sha256: str
    mended: bool = False
    fault: str = ""
    age: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class RecordingConverted:
    """The converted file on disk. If the conversion failed, `cause` says why, and the rest is 0 or empty."""

    name: str
    path: str = ""
    bytes: int = 0
    sha256: str = ""
    cause: str = ""
