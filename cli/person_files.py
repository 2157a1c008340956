"""What is kept of a person, as files to hand over."""

import json
import os
import shutil
from pathlib import Path
from typing import Any

from warmline.store.refusals import Conflict


def write(folder: Path, person: dict[str, Any]) -> tuple[int, list[str]]:
    """A new folder that its owner alone can read: person.json, and a copy of each recording.

    Returns how many were copied, and the files that could not be. Raises Conflict if the folder cannot be made.
    """
    try:
        folder.mkdir(mode=0o700)
        with open(os.open(folder / "person.json", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            json.dump(person, file, indent=2, ensure_ascii=False)
    except OSError as error:
        raise Conflict(f"{folder} cannot be made: {error.strerror}; name a folder that is not there yet") from None
    missing: list[str] = []
    recordings = [one for call in person["calls"] for one in call["recordings"]]
    kept = [one for one in recordings if one["status"] == "kept"]
    for one in kept:
        try:
            shutil.copyfile(one["path"], folder / f"{one['call']}-{Path(one['path']).name}")
        except OSError:
            missing.append(one["path"])
    return len(kept) - len(missing), missing
