"""The notes of scripts with a person's number, which wait in the spool while the app is stopped."""

from pathlib import Path

import msgspec

from warmline.store.agi.callback_notes import FOLDER
from warmline.store.agi.spool import LARGEST
from warmline.store.privacy.subject_access import digits


def find(spool: str | Path, number: str) -> list[Path]:
    """Return the notes about calls and callbacks with this number (digits only), in order of their names.

    A file that cannot be opened counts, because it may have the number.
    """
    folders = (Path(spool), Path(spool, FOLDER))
    return [file for folder in folders for file in sorted(folder.glob("[!.]*.json")) if _has(file, number)]


def delete(notes: list[Path]) -> tuple[str, ...]:
    """Delete notes, also those that the app deletes at the same time; return those that remain."""
    left = []
    for file in notes:
        try:
            file.unlink(missing_ok=True)
        except OSError:
            left.append(str(file))
    return tuple(left)


def _has(file: Path, number: str) -> bool:
    try:
        with file.open("rb") as stream:
            note = msgspec.json.decode(stream.read(LARGEST))
    except FileNotFoundError:
        return False
    except OSError:
        return True
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False  # the app renames it to *.bad
    return isinstance(note, dict) and digits(note.get("number", "")) == number
