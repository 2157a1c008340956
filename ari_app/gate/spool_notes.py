"""Gives the notes of this machine's spool to the app, and deletes each once the app has written it.

It also deletes the sound files of texts that scripts have said, when the records of a person are erased.

The notes of failed scripts are lines of a file that scripts write to. It is renamed first, so that only what the app
has got is deleted.
"""

import json
import logging
import os
import re
from contextlib import suppress
from itertools import islice
from pathlib import Path

from ari_app.gate.gate_connection import RefusedError
from warmline.store.agi import callback_notes, failed_scripts
from warmline.store.agi.spool import LARGEST
from warmline.system import gate_protocol, speech_sweep
from warmline.system.whole_file import to_disk

FOLDERS = ("", callback_notes.FOLDER)  # in the spool
NAME = re.compile(rf"(?:{callback_notes.FOLDER}/)?[0-9A-Za-z]{{1,64}}\.json")
FAILED = failed_scripts.NAME
SENT = f"{FAILED}.sent"  # the file with those notes that the app deletes next

log = logging.getLogger("warmline.gate")


class SpoolNotes:
    """The notes in the folder `spool`; without a folder there are none."""

    def __init__(self, spool: str) -> None:
        self._spool = spool

    def answer(self, method: str, place: str) -> tuple[int, bytes]:
        """Answer GET with the oldest notes by their names, and DELETE of one; `place` follows the path of the notes.

        Raises RefusedError.
        """
        if (method, place) == ("GET", ""):
            return 200, json.dumps(self._read()).encode()
        if (method, gate_protocol.NOTES + place) == ("DELETE", gate_protocol.SPEECH):
            return self._delete_speech()
        slash, name = place[:1], place[1:]
        if slash != "/" or method != "DELETE" or not self._spool or not (NAME.fullmatch(name) or name == FAILED):
            raise RefusedError(404, "the gate has no such note")
        file = Path(self._spool, SENT if name == FAILED else name)
        try:
            file.unlink(missing_ok=True)
            if file.parent.exists():
                to_disk(file.parent)
        except OSError as problem:
            raise RefusedError(503, f"{problem.filename} cannot be removed: {problem.strerror}") from None
        return 204, b""

    def _delete_speech(self) -> tuple[int, bytes]:
        """Delete the sound files of all texts. Raises RefusedError."""
        try:
            if self._spool:
                speech_sweep.sweep(self._spool, everything=True)
        except OSError as problem:
            raise RefusedError(503, f"{problem.filename} cannot be removed: {problem.strerror}") from None
        return 204, b""

    def _read(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for folder in FOLDERS if self._spool else ():
            files = sorted(Path(self._spool, folder).glob("[!.]*.json"))
            usable = (file for file in files if NAME.fullmatch(str(file.relative_to(self._spool))))
            texts = ((file, text) for file in usable if (text := _text(file)) is not None)
            oldest = islice(texts, gate_protocol.NOTES_MOST)
            found |= {str(file.relative_to(self._spool)): text for file, text in oldest}
        if self._spool and (lines := self._failed_scripts()):
            found[FAILED] = lines  # the last one, after notes that matter more
        return found

    def _failed_scripts(self) -> str:
        """Return all notes of failed scripts. Only those that are set aside can be deleted; others come again."""
        sent, older, newest = (Path(self._spool, name) for name in (SENT, failed_scripts.OLDER, FAILED))
        for file in (older, newest):
            if not sent.exists():
                with suppress(OSError):
                    file.replace(sent)
        return "\n".join(text for file in (sent, older, newest) if (text := _lines(file)))


def _lines(file: Path) -> str:
    """Return the notes of failed scripts in a file, "" without one."""
    try:
        with open(os.open(file, os.O_RDONLY | failed_scripts.OPEN), errors="replace") as opened:
            return opened.read(2 * failed_scripts.LARGEST)
    except FileNotFoundError:
        return ""
    except OSError as problem:
        log.warning("%s cannot be read: %s; the app does not get it", file, problem.strerror)
        return ""


def _text(file: Path) -> str | None:
    """Return a note; None if it cannot be read, which keeps no other one back."""
    try:
        return file.read_text(errors="replace") if file.stat().st_size <= LARGEST else None
    except OSError as problem:
        log.warning("%s cannot be read: %s; the app does not get it", file, problem.strerror)
        return None
