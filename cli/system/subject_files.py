"""The stored data of a person, as files to hand over."""

import json
import os
import shutil
from pathlib import Path
from typing import Any

from warmline.store.database.errors import Conflict
from warmline.store.reports.recording_files import RecordingFiles
from warmline.system import whole_file


def write(folder: Path, person: dict[str, Any], files: RecordingFiles) -> tuple[int, list[str]]:
    """Create a folder that only its owner can read, with person.json and a copy of each recording.

    Return how many recordings were copied, and the files that could not be copied. Raises Conflict if the folder cannot
    be created.
    """
    try:
        folder.mkdir(mode=0o700)
    except OSError as error:
        raise Conflict(
            "folder_not_created",
            "{folder} cannot be created: {why}; choose a folder that does not exist yet",
            folder=folder,
            why=error.strerror,
        ) from None
    file = folder / "person.json"
    try:
        whole_file.write(file, json.dumps(person, indent=2, ensure_ascii=False), 0o600)
    except OSError as error:
        folder.rmdir()
        raise Conflict(
            "person_not_written",
            "{file} cannot be written: {why}{hint}",
            file=file,
            why=error.strerror,
            hint=whole_file.way_out(error, folder),
        ) from None
    missing: list[str] = []
    recordings = [one for call in person["calls"] for one in call["recordings"]]
    kept = [one for one in recordings if one["status"] == "kept"]
    for number, one in enumerate(kept, 1):
        copy = folder / _name(number, one["path"])
        try:
            with files.open(one["path"]) as recording, open(_new(copy), "wb") as stream:
                shutil.copyfileobj(recording, stream)
        except OSError:
            copy.unlink(missing_ok=True)
            missing.append(one["path"])
    return len(kept) - len(missing), missing


def _name(number: int, path: str) -> str:
    return f"{number:04}-{Path(path).name}"


def _new(path: Path) -> int:
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
