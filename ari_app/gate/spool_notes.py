"""Gives the notes of this machine's spool to the app, and deletes each once the app has written it."""

import json
import logging
import re
from pathlib import Path

from ari_app.gate.gate_connection import RefusedError
from warmline.store.agi import callback_notes
from warmline.store.agi.spool import LARGEST
from warmline.system.whole_file import to_disk

FOLDERS = ("", callback_notes.FOLDER)  # in the spool
NAME = re.compile(rf"(?:{callback_notes.FOLDER}/)?[0-9A-Za-z]{{1,64}}\.json")
MOST = 100  # notes of an answer

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
        name = place.removeprefix("/")
        if method != "DELETE" or not self._spool or not NAME.fullmatch(name):
            raise RefusedError(404, "the gate has no such note")
        file = Path(self._spool, name)
        try:
            file.unlink(missing_ok=True)
            if file.parent.exists():
                to_disk(file.parent)
        except OSError as problem:
            raise RefusedError(503, f"{problem.filename} cannot be removed: {problem.strerror}") from None
        return 204, b""

    def _read(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for folder in FOLDERS if self._spool else ():
            for file in sorted(Path(self._spool, folder).glob("[!.]*.json"))[:MOST]:
                name = str(file.relative_to(self._spool))
                try:
                    if NAME.fullmatch(name) and file.stat().st_size <= LARGEST:
                        found[name] = file.read_text(errors="replace")
                except OSError as problem:
                    log.warning("%s cannot be read: %s; the app does not get it", file, problem.strerror)
        return found
