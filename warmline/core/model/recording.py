"""The row of one recorded file."""

from dataclasses import dataclass

from warmline.core.messages.values.server_action import MAIN_SERVER
from warmline.core.moment import Moment
from warmline.core.rules.recording_rules import Track

WAV = "wav"  # the format in which every file is written
SERVER_GONE_CAUSE = "its server is not in the settings any more"
TOLERATED_LACK_MS = (
    1000  # milliseconds that a file may be shorter than its time: Asterisk begins and ends it in between
)
ASTERISK_DIED_CAUSE = "Asterisk died while it was written"
CUT_OFF_CAUSE = f"{ASTERISK_DIED_CAUSE}: up to 2 s are missing at its end"
CUT_OFF_LACK_MS = 2000
UNMEASURED_CAUSE = (
    f"{SERVER_GONE_CAUSE}, and its file could not be measured"  # the cause of a failed recording, without a size
)


@dataclass(frozen=True, kw_only=True)
class Recording:
    """A recorded file. `length` in milliseconds; times in microseconds, UTC; `status` running, kept or failed."""

    id: str  # its name below the recordings folder, without .wav
    call: str
    server: str = MAIN_SERVER  # the Asterisk that writes the file
    kind: Track
    reason: str
    agent: str
    asked: Moment
    started: Moment | None = None
    stopping: bool = False
    muted: bool | None = None  # silence is wanted; None: started by an app that did not record this
    muting: bool = False  # requested, until Asterisk confirms it
    mute_asks: int = 0  # how many requests have no answer yet
    mute_receipts: tuple[str, ...] = ()  # the commands that wait for that
    ended: Moment | None = None
    status: str = "running"
    end_found: bool = False  # it ended some time before `ended`
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


def compute_missing_ms(started_us: int | None, ended_us: int | None, length_ms: int, cause: str) -> int:
    """Return how many milliseconds a file is shorter than its time; 0 if it is not, or not by more than is usual.

    The silence of a muted recording is in its length.
    """
    if started_us is None or ended_us is None:
        return 0
    missing_ms = (ended_us - started_us) // 1000 - length_ms
    tolerated_ms = TOLERATED_LACK_MS + (CUT_OFF_LACK_MS if CUT_OFF_CAUSE in cause else 0)
    return missing_ms if missing_ms > tolerated_ms else 0


def describe_missing(missing_ms: int) -> str:
    """Return what a row says of milliseconds that are missing; "" if none are."""
    return f"{missing_ms / 1000:.1f} s are missing: the file is shorter than its time" if missing_ms else ""
