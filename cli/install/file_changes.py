"""One change to a file system, done and taken back: a folder, a file, a link, or lines at the end of a user's file.

Each is whole or not there, whenever the process may be killed; done or taken back twice is once.
"""

import hashlib
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path

FOLDER, FILE, LINES, LINK = "folder", "file", "lines", "link"
ENDING = ".warmline-new"  # of a file that is being written


@dataclass(frozen=True, slots=True)
class FileChange:
    """`text`: a file's contents, the lines that are added, a link's target. `before`: a file's SHA-256 without them.

    `user` and `group` own what is new (-1: whoever makes it).
    """

    kind: str
    path: str
    text: str = ""
    mode: int = 0o644
    user: int = -1
    group: int = -1
    before: str = ""


def lines(path: Path, text: str) -> FileChange:
    """Lines at the end of a file that is there; they begin on a line of their own. Raises OSError."""
    now = path.read_bytes()
    start = "" if not now or now.endswith(b"\n") else "\n"
    return FileChange(LINES, str(path), f"{start}\n{text}", before=_hash(now))


def do(change: FileChange) -> None:
    """Make it so; what is so already stays. Raises OSError."""
    path = Path(change.path)
    match change.kind:
        case "folder":
            path.mkdir(exist_ok=True)  # the record's own is there already
            _give(path, change)
        case "link":
            path.symlink_to(change.text)
        case "file":
            _write(path, change.text.encode(), change)
        case "lines":
            now = path.read_bytes()
            if _hash(now) != change.before:
                raise OSError(0, "was changed meanwhile; start again", change.path)
            _write(path, now + change.text.encode(), None)


def undo(change: FileChange) -> str:
    """Take it back; what is in the way, if the user has made it his own since. Raises OSError."""
    path = Path(change.path)
    path.with_name(path.name + ENDING).unlink(missing_ok=True)
    if not os.path.lexists(path):
        return ""
    match change.kind:
        case "folder":
            if not any(path.iterdir()):
                path.rmdir()
        case "link" if path.is_symlink() and str(path.readlink()) == change.text:
            path.unlink()
        case "link":
            return f"{path} leads elsewhere now: it stays"
        case "file" if path.read_bytes() == change.text.encode():
            path.unlink()
        case "file":
            return f"{path} was changed since: it stays"
        case "lines":
            return _cut(path, change)
    return ""


def diff(change: FileChange) -> Iterator[str]:
    """The change as the lines of a diff; the contents of a user's file are only its end. Raises OSError."""
    if change.kind == FOLDER:
        yield f"+ folder {change.path}"
    elif change.kind == LINK:
        yield f"+ link {change.path} -> {change.text}"
    else:
        path = Path(change.path)
        before = path.read_text(errors="replace") if path.exists() else ""
        after = before + change.text if change.kind == LINES else change.text
        known = change.path if path.exists() else "/dev/null"
        yield from unified_diff(before.splitlines(), after.splitlines(), known, change.path, lineterm="")


def rewrite(path: Path, contents: bytes) -> None:
    """The file that is there with other contents: mode, owner and links to it stay. Raises OSError."""
    _write(path, contents, None)


def _cut(path: Path, change: FileChange) -> str:
    now, ours = path.read_bytes(), change.text.encode()
    if _hash(now) == change.before or ours not in now:
        return "" if _hash(now) == change.before else f"{path}: our lines were changed since: they stay"
    if now.count(ours) > 1:
        return f"{path} has our lines more than once: they stay"
    _write(path, now.replace(ours, b""), None)
    return ""


def _give(folder: Path, change: FileChange) -> None:
    """Its mode and owner; never by a link, which the owner of the folder above could have put there."""
    opened = os.open(folder, os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        os.fchmod(opened, change.mode)
        os.fchown(opened, change.user, change.group)
    finally:
        os.close(opened)


def _write(path: Path, contents: bytes, new: FileChange | None) -> None:
    """The whole file at once, under the name it has; one that is there keeps mode, owner and links to it."""
    path = path.resolve()
    beside = path.with_name(path.name + ENDING)
    beside.unlink(missing_ok=True)
    with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(contents)
        file.flush()
        os.fsync(file.fileno())
    if new:
        beside.chmod(new.mode)
        os.chown(beside, new.user, new.group, follow_symlinks=False)
    else:
        shutil.copystat(path, beside)
        os.utime(beside)  # by its time Asterisk knows that a file was changed: one password is as long as another
        was = path.stat()
        os.chown(beside, was.st_uid, was.st_gid, follow_symlinks=False)
    beside.replace(path)


def _hash(contents: bytes) -> str:
    return hashlib.sha256(contents).hexdigest()
