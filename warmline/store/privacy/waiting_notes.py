"""The notes of scripts in the spool with a person's number: those that wait, were rejected, or were never finished."""

import os
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec

from warmline.core.messages.values.callback import CANCELLED, PENDING
from warmline.store.agi import failed_scripts
from warmline.store.agi.callback_notes import FOLDER
from warmline.store.agi.spool import held
from warmline.store.database.database import StoreError
from warmline.store.database.errors import Conflict
from warmline.store.privacy.subject_access import SubjectRecords, digits
from warmline.store.privacy.waiting_records import ErasedWaiting
from warmline.system import speech_sweep

PERSONAL = ("number", "comments")
UNFINISHED, ERASED = ".new", ".erased"  # endings of files that a script, or an erasure, has not finished
WRITTEN_WITHIN = 2.0  # seconds; a script writes a note within milliseconds, unless it was killed
IMPORTED_WITHIN = 5.0
LOOK = 0.02  # seconds between two looks at a file that is being written

LINES = (failed_scripts.NAME, failed_scripts.OLDER)  # files in which each line is a note, of another call

Content = dict[str, Any] | bytes | list[bytes]


def content_of(name: str, data: bytes) -> Content:
    """Return the content of a file: the fields of a note, the lines of notes of failed scripts, or other bytes."""
    if name in LINES:
        return data.split(b"\n")
    try:
        note = msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return data
    return note if isinstance(note, dict) else data


def about(file: Path, content: Content, person: SubjectRecords) -> list[dict[str, Any]]:
    """Return what a file has about a person, each with its `file`."""
    if isinstance(content, list):
        return [{"file": str(file)} | _shown(line) for line in content if _is_about(line, person)]
    if _erased(file, content, person) == content:
        return []
    fields = content if isinstance(content, dict) else {"text": content.decode(errors="replace")}
    return [{"file": str(file)} | fields]


class WaitingNotes:
    """The notes in a spool."""

    def __init__(self, spool: str | Path) -> None:
        self._folders = Path(spool), Path(spool, FOLDER)

    def find(self, person: SubjectRecords) -> list[dict[str, Any]]:
        """Return the person's notes, as they are; a note that is not valid JSON as `text`. Raises StoreError.

        Of the notes of failed scripts, only the lines with their number are returned.
        """
        found = []
        for file, content in self._all():
            found += about(file, content, person)
        return found

    def erase(self, person: SubjectRecords) -> ErasedWaiting:
        """Erase number and comments in the person's notes, and cancel their callbacks. The notes stay.

        Of a note that is not valid JSON, only the name stays. A note of a failed script is deleted, and so are the
        sounds of all texts that scripts have said. Raises Conflict if
        the app copies notes at this time, and StoreError.
        """
        erased, left = 0, list[str]()
        with held(self._folders[0], alone=True, within=IMPORTED_WITHIN) as is_free:
            if not is_free:
                raise Conflict(
                    "spool_in_use",
                    "the app copies the notes in {spool} into the database; try again in a moment",
                    spool=self._folders[0],
                )
            self._tidy()
            try:
                speech_sweep.sweep(self._folders[0], everything=True)  # a text may name the person
            except OSError as error:
                left.append(str(error.filename))
            for file, content in self._all(unreadable=lambda file: left.append(str(file))):
                without = _erased(file, content, person)
                if without != content:
                    try:
                        _replace(file, _data(without))
                        erased += 1
                    except OSError:
                        left.append(str(file))
        return ErasedWaiting(erased, tuple(left))

    def _tidy(self) -> None:
        """Delete what an erasure that was killed has left."""
        for folder in self._folders:
            for file in folder.glob(f".*{ERASED}"):
                with suppress(OSError):
                    file.unlink()

    def _all(self, unreadable: Callable[[Path], None] = lambda _: None) -> Iterator[tuple[Path, Content]]:
        """Yield each file with its content, after scripts have finished theirs. Raises StoreError."""
        try:
            for file in [file for folder in self._folders for file in _files(folder)]:
                try:
                    content = _read(file)
                except OSError:
                    unreadable(file)
                else:
                    if content is not None:
                        yield file, content
        except OSError as error:
            raise StoreError(
                "spool_unreadable",
                "folder {spool} cannot be read: {why}; run the command as root or as the user of the app",
                spool=error.filename,
                why=error.strerror,
            ) from None


def _files(folder: Path) -> list[Path]:
    """Return the regular files, oldest first by name, when no script is writing any more. Raises OSError."""
    until = time.monotonic() + WRITTEN_WITHIN
    while True:
        try:
            files = sorted(file for file in folder.iterdir() if file.is_file() and not file.is_symlink())
        except FileNotFoundError:
            return []
        if time.monotonic() > until or not any(_is_being_written(file) for file in files):
            return files
        time.sleep(LOOK)


def _is_being_written(file: Path) -> bool:
    try:
        return file.suffix == UNFINISHED and time.time() - file.stat().st_mtime < WRITTEN_WITHIN
    except OSError:
        return False


def _read(file: Path) -> Content | None:
    """Return the content; None if the file is not there any more. Raises OSError."""
    try:
        number = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except FileNotFoundError:
        return None
    with open(number, "rb") as stream:
        if not stat.S_ISREG(os.fstat(number).st_mode):
            return None
        data = stream.read()
    return content_of(file.name, data)


def _erased(file: Path, content: Content, person: SubjectRecords) -> Content:
    """Return the content without the person; the same content if it is not about them."""
    if isinstance(content, list):
        return [line for line in content if not _is_about(line, person, cut=True)]
    if isinstance(content, bytes):
        return b"" if _mentions(content.decode(errors="replace"), person, cut=file.suffix == UNFINISHED) else content
    named = {name for name, value in content.items() if _mentions(_text(value), person)}
    if not named and content.get("call") not in person.calls:
        return content
    without = content | dict.fromkeys(named | (set(PERSONAL) & set(content)), "")
    if file.parent.name == FOLDER and content.get("state", PENDING) == PENDING:
        without |= {"state": CANCELLED, "ended": time.time_ns() // 1000}
    return without


def _data(content: Content) -> bytes:
    """Return the content of a file."""
    if isinstance(content, dict):
        return msgspec.json.encode(content) + b"\n"
    return content if isinstance(content, bytes) else b"\n".join(content)


def _is_about(line: bytes, person: SubjectRecords, *, cut: bool = False) -> bool:
    """Return whether the note of a failed script has the number; with `cut`, also if a full disk has cut it there."""
    note = failed_scripts.parsed(line)
    texts = note[1:] if note else (line.decode(errors="replace"),)
    return any(_mentions(text, person, cut=cut and not note) for text in texts)


def _shown(line: bytes) -> dict[str, Any]:
    note = failed_scripts.parsed(line)
    return note._asdict() if note else {"text": line.decode(errors="replace")}


def _text(value: object) -> str:
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()


def _mentions(text: str, person: SubjectRecords, *, cut: bool = False) -> bool:
    """Return whether a text has the number; with `cut`, also if it ends within the number."""
    last = digits(text.rpartition('"')[2])
    return bool(person.mention.search(text)) or (cut and bool(last) and person.number.startswith(last))


def _replace(file: Path, data: bytes) -> None:
    """Write a file again, with its owner and mode, so that it is whole at each moment. Raises OSError."""
    was = file.lstat()
    beside = file.with_name(f".{file.name}{ERASED}")
    with suppress(FileNotFoundError):
        beside.unlink()
    try:
        with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
            os.fchmod(stream.fileno(), stat.S_IMODE(was.st_mode))
            if os.geteuid() == 0:
                os.fchown(stream.fileno(), was.st_uid, was.st_gid)
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(file)
    except OSError:
        with suppress(OSError):
            beside.unlink()
        raise
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
