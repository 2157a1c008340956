"""The words between the app and the gate at an Asterisk: a header, and the paths that the gate answers itself."""

import struct
from pathlib import Path

EPOCH_HEADER = "X-Warmline-Epoch"  # of the first request of each connection, and of the gate's refusal
PREFIX = "/warmline/"  # of paths that do not go to Asterisk
BEAT = f"{PREFIX}beat"  # PUT: the app works; DELETE: it ends
EPOCH = f"{PREFIX}epoch"  # GET: the highest epoch, also without one in the request
EPOCH_MOST = 10**15
EPOCH_FILE = "gate-epoch"  # of the gate's highest epoch, next to the folder of the setting spool
SCRIPTS = f"{PREFIX}scripts"  # GET with Upgrade: carries the scripts' FastAGI requests to the app
NOTES = f"{PREFIX}notes"  # GET: the notes of the spool; DELETE with a name below it: one of them is written elsewhere
SPEECH = f"{NOTES}/speech"  # DELETE: the sound files of all texts that scripts have said there
NOTES_MOST = 100  # notes of a folder in an answer
UPGRADE = "warmline-scripts"
OPENS, CARRIES, ENDS = 0, 1, 2  # kinds of frames: a request begins, its bytes, its end
FRAME = struct.Struct(">IBI")  # the request's number, the kind, and the bytes that follow
FRAME_MOST = 64 * 1024  # bytes that follow


def epoch_file(spool: str) -> Path:
    """Return the path of the file with the epoch of this machine's gate."""
    return Path(spool).absolute().with_name(EPOCH_FILE)


class EpochAnswerError(ValueError):
    """The text is not an epoch."""


def epoch_of(text: str) -> int:
    """Return the epoch in a text of digits. Raises EpochAnswerError."""
    if not (text.isascii() and text.isdigit()) or len(text) > 16 or int(text) > EPOCH_MOST:
        raise EpochAnswerError(f"{text[:40]!r} is not an epoch; allowed: 0 to {EPOCH_MOST}")
    return int(text)


class ScriptFrameError(ValueError):
    """The bytes are not frames."""


class Frames:
    """Splits a stream of bytes into frames."""

    def __init__(self) -> None:
        self._unread = b""

    def take(self, data: bytes) -> "list[tuple[int, int, bytes]]":
        """Return the frames that are whole now: number, kind and bytes of each. Raises ScriptFrameError."""
        self._unread += data
        found = []
        while len(self._unread) >= FRAME.size:
            number, kind, length = FRAME.unpack_from(self._unread)
            if kind not in (OPENS, CARRIES, ENDS) or length > FRAME_MOST:
                raise ScriptFrameError(f"a frame of kind {kind} with {length} bytes; allowed: 0 to {FRAME_MOST}")
            if len(self._unread) < FRAME.size + length:
                break
            found.append((number, kind, self._unread[FRAME.size : FRAME.size + length]))
            self._unread = self._unread[FRAME.size + length :]
        return found


def framed(number: int, kind: int, data: bytes = b"") -> bytes:
    """Return a frame, or several if the data are longer than one may be."""
    pieces = [data[at : at + FRAME_MOST] for at in range(0, len(data), FRAME_MOST)] or [b""]
    return b"".join(FRAME.pack(number, kind, len(piece)) + piece for piece in pieces)
