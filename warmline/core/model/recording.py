"""The row of one recorded file."""

from dataclasses import dataclass

from warmline.core.messages.values.server_action import MAIN
from warmline.core.rules.recording_rules import Track

WAV = "wav"  # the format in which every file is written
SERVER_GONE = "its server is not in the settings any more"
UNMEASURED = f"{SERVER_GONE}, and its file could not be measured"  # the cause of a failed recording, without a size


@dataclass(frozen=True, kw_only=True)
class Recording:
    """A recorded file. `length` in milliseconds; times in microseconds, UTC; `status` running, kept or failed."""

    id: str  # its name below the recordings folder, without .wav
    call: str
    server: str = MAIN  # the Asterisk that writes the file
    kind: Track
    reason: str
    agent: str
    asked: int
    started: int | None = None
    stopping: bool = False
    muted: bool | None = None  # silence is wanted; None: started by an app that did not record this
    muting: bool = False  # requested, until Asterisk confirms it
    mute_asks: int = 0  # how many requests have no answer yet
    mute_receipts: tuple[str, ...] = ()  # the commands that wait for that
    ended: int | None = None
    status: str = "running"
    cause: str = ""
    path: str = ""
    bytes: int = 0
    length: int = 0
    sha256: str = ""
    format: str = WAV  # the format to which it is converted
    converted_path: str = ""
    converted_bytes: int = 0
    converted_sha256: str = ""
    notice: str = ""  # of recording_notice: played, failed; or empty if the campaign has none
