"""Writes notes that the app reads: a call that it could not accept. `warmline.store.agi.spool` reads them."""

# ruff: noqa: PTH103, PTH104, PTH108, PTH118 -- pathlib costs an AGI script 5 ms, json as much

import os
import time

from warmline.agi import AGI, new_id
from warmline.core.model import ids
from warmline.system import settings

TIME_DIGITS = 16  # of a time in microseconds, until the year 2286


def leave_note(channel: AGI, call: str, number: str, dialled_number: str, reason: str) -> None:
    """Write a note of this call to the spool in the settings. Raises SettingsError, OSError."""
    reason = channel.get_variable("WARMLINE_REASON") or reason  # complete, while an argument has lost its ( and )
    goto = channel.get_variable("WARMLINE_GOTO")
    folder, now_us = settings.load(servers=False).spool, time.time_ns() // 1000
    if opted_out := channel.get_variable("WARMLINE_OPTED_OUT"):  # a lead, who was dialled by the app
        time_texts = [channel.get_variable(name) for name in ("WARMLINE_ANSWERED", "WARMLINE_MESSAGE_AT")]
        answered_us, message_us = (
            int(text) if text and text.isdecimal() and len(text) == TIME_DIGITS else 0 for text in time_texts
        )
        put_lead_note(
            folder,
            call,
            now_us,
            number=dialled_number,
            reason=reason,
            answered_us=answered_us,
            message_us=message_us,
            opted_out=opted_out == "Y",
        )
    else:
        put_note(folder, call, now_us, number=number, dialled_number=dialled_number, reason=reason, goto=goto)
    channel.verbose(f"warmline: in the dialplan: {reason}")


def put_note(
    spool: str, call: str, time_us: int, number: str, dialled_number: str, reason: str, goto: str = ""
) -> None:
    """Write the note as one JSON file named after the call's ULID, or a new one if `call` is not a ULID.

    `at` is in microseconds UTC. Readers see the whole file or none, even after a power cut. Raises OSError.
    """
    _write_note(spool, call, f'"at": {time_us}', number=number, dialled=dialled_number, reason=reason, goto=goto)


def put_lead_note(
    spool: str,
    call: str,
    time_us: int,
    number: str,
    reason: str,
    answered_us: int = 0,
    message_us: int = 0,
    *,
    opted_out: bool,
) -> None:
    """Write the note of a lead who answered without the app, in the same way; 0 is an unknown time. Raises OSError."""
    json_fields = f'"at": {time_us}, "answered": {answered_us}, "message_at": {message_us}'
    json_fields += f', "opted_out": {"true" if opted_out else "false"}'
    _write_note(spool, call, json_fields, number=number, reason=reason)


def _write_note(spool: str, call: str, json_fields: str, **texts: str) -> None:
    call = call if ids.is_ulid(call) else new_id()
    members = [json_fields, *(f'"{name}": {_to_json_string(text)}' for name, text in {"call": call, **texts}.items())]
    write_file(spool, call, ("{" + ", ".join(members) + "}\n").encode(errors="replace"))


def write_file(folder: str, name: str, content: bytes) -> None:
    """Write `data` to the file NAME.json in a folder, which is created if it does not exist. Raises OSError."""
    os.makedirs(folder, mode=0o770, exist_ok=True)
    temporary_path = os.path.join(folder, f".{name}.new")
    file_number = os.open(temporary_path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o660)
    try:
        while content:  # a disk that is nearly full takes a part
            content = content[os.write(file_number, content) :]
        os.fsync(file_number)
    except OSError:
        os.unlink(temporary_path)
        raise
    finally:
        os.close(file_number)
    os.rename(temporary_path, os.path.join(folder, f"{name}.json"))
    _sync_folder(folder)


def _to_json_string(text: str) -> str:
    """Return the text as a JSON string of at most 1000 characters."""
    letters = (letter if letter >= " " and letter not in '"\\' else f"\\u{ord(letter):04x}" for letter in text[:1000])
    return '"' + "".join(letters) + '"'


def _sync_folder(path: str) -> None:
    folder_number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(folder_number)
    finally:
        os.close(folder_number)
