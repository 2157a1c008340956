"""Writes notes that the app reads: a call that it could not accept. `warmline.store.agi.spool` reads them."""

# ruff: noqa: PTH103, PTH104, PTH108, PTH118 -- pathlib costs an AGI script 5 ms, json as much

import os
import time

from warmline.agi import AGI, new_id
from warmline.core.model import ids
from warmline.system import settings


def leave(channel: AGI, call: str, number: str, dialled: str, reason: str) -> None:
    """Write a note of this call to the spool in the settings. Raises SettingsError, OSError."""
    reason = channel.get_variable("WARMLINE_REASON") or reason  # complete, while an argument has lost its ( and )
    goto = channel.get_variable("WARMLINE_GOTO")
    put(settings.load().spool, call, time.time_ns() // 1000, number, dialled, reason, goto)
    channel.verbose(f"warmline: in the dialplan: {reason}")


def put(spool: str, call: str, at: int, number: str, dialled: str, reason: str, goto: str = "") -> None:
    """Write the note as one JSON file named after the call's ULID, or a new one if `call` is not a ULID.

    `at` is in microseconds UTC. Readers see the whole file or none, even after a power cut. Raises OSError.
    """
    call = call if ids.is_ulid(call) else new_id()
    texts = {"call": call, "number": number, "dialled": dialled, "reason": reason, "goto": goto}
    pairs = [f'"at": {at}', *(f'"{name}": {_quoted(text)}' for name, text in texts.items())]
    write(spool, call, ("{" + ", ".join(pairs) + "}\n").encode(errors="replace"))


def write(folder: str, name: str, data: bytes) -> None:
    """Write `data` to the file NAME.json in a folder, which is created if it does not exist. Raises OSError."""
    os.makedirs(folder, mode=0o770, exist_ok=True)
    unfinished = os.path.join(folder, f".{name}.new")
    file = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o660)
    try:
        while data:  # a disk that is nearly full takes a part
            data = data[os.write(file, data) :]
        os.fsync(file)
    except OSError:
        os.unlink(unfinished)
        raise
    finally:
        os.close(file)
    os.rename(unfinished, os.path.join(folder, f"{name}.json"))
    _sync_folder(folder)


def _quoted(text: str) -> str:
    """Return the text as a JSON string of at most 1000 characters."""
    plain = (letter if letter >= " " and letter not in '"\\' else f"\\u{ord(letter):04x}" for letter in text[:1000])
    return '"' + "".join(plain) + '"'


def _sync_folder(path: str) -> None:
    folder = os.open(path, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
